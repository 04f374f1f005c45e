"""Reading what not everybody may read: the log, receipts, inbox, bin, originals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb import corrections
from kb.actions.desk import Desk
from kb.actions.permissions import Right
from kb.errors import NotFoundError
from kb.library import inbox, log, receipts, trash
from kb.library.inbox import Held
from kb.library.receipts import Sending
from kb.library.trash import Removed
from kb.model import Fact


def events(desk: Desk) -> list[log.Event]:
    """Return the log, oldest first; raises `NotAllowedError`."""
    desk.require(Right.SEE_LOG)
    return list(log.events(desk.folder))


def held(desk: Desk) -> list[Held]:
    """Return what is in the inbox, latest first; raises `NotAllowedError`."""
    desk.require(Right.SEE_SENDINGS)
    return inbox.held(desk.folder)


def sending(desk: Desk, key: str) -> Sending:
    """Return the receipt of files sent in together.

    Raises:
        NotFoundError: It is not kept.
        NotAllowedError: The person may not.
    """
    desk.require(Right.SEE_SENDINGS)
    found = receipts.find(desk.folder, key)
    if found is None:
        raise NotFoundError("Kvittot finns inte.")
    return found


def removed(desk: Desk) -> list[Removed]:
    """Return what is in the bin, latest first; raises `NotAllowedError`."""
    desk.require(Right.SEE_BIN)
    return trash.removed(desk.folder)


def original(desk: Desk, doc_id: str, same: Iterable[str] = ()) -> Path:
    """Return the file of an original.

    Args:
        desk: Who reads, and where.
        doc_id: Its library path.
        same: Originals that say the same: what is hidden in one of them is in this one too.

    Raises:
        NotFoundError: There is none.
        NotAllowedError: Something in it is hidden, and the person may not see that.
    """
    desk.require(Right.READ)
    file = desk.original(doc_id)
    if hides(desk, (doc_id, *same)):
        desk.require(Right.SEE_HIDDEN)
    return file


def hides(desk: Desk, paths: Iterable[str]) -> bool:
    """Tell whether something is hidden in one of these originals."""
    files = filter(None, map(desk.library.locate, paths))
    return any(fact.fact is Fact.HIDDEN for file in files for fact in corrections.load(file).facts)
