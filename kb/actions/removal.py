"""Documents removed, restored, and deleted for good."""

from __future__ import annotations

from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.errors import NotFoundError
from kb.library import trash
from kb.library.trash import Removed


def remove(desk: Desk, doc_id: str) -> Done[Removed]:
    """Move a document and its sidecar to the bin.

    Raises:
        NotFoundError: There is no such document.
        UserError: The person may not, or it cannot be moved.
    """
    desk.require(Right.REMOVE)
    desk.original(doc_id)
    removed = trash.remove(desk.library, doc_id, desk.person.name)
    return Done(removed, desk.rebuild())


def restore(desk: Desk, key: str) -> Done[str]:
    """Put a document back where it was; return its path.

    Args:
        desk: Who does it, and where.
        key: Its name in the bin, or the path it had.

    Raises:
        NotFoundError: It is not in the bin.
        UserError: The person may not, or something else is in its place now.
    """
    desk.require(Right.RESTORE)
    found = next((one for one in trash.removed(desk.folder) if key in (one.key, one.path)), None)
    if found is None:
        raise NotFoundError(f"”{key}” finns inte i papperskorgen.")
    path = trash.restore(desk.library, found.key, desk.person.name)
    return Done(path, desk.rebuild())


def empty_bin(desk: Desk) -> Done[int]:
    """Delete for good what is in the bin; return how many documents it was.

    Raises:
        UserError: The person may not.
    """
    desk.require(Right.EMPTY_BIN)
    return Done(trash.empty(desk.library, desk.person.name))
