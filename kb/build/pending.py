"""Facts of changed documents that are pending joining.

Joining looks at everything, so it takes longer the larger a library is. A document that is new
must be found by search before that: its generation goes into use with what was known before, and
with a list of what has yet to be joined, so that nothing is lost if joining is interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kb import layout
from kb.knowledge.document_facts import DocumentFacts


class PendingFacts(msgspec.Struct, frozen=True):
    """What is to be joined with what is known already.

    Attributes:
        gone: Joined documents that have been removed or replaced.
        added: What new and changed documents add.
    """

    gone: frozenset[str] = frozenset()
    added: tuple[DocumentFacts, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.added)

    def after(self, outdated: Iterable[str], added: Iterable[DocumentFacts] = ()) -> PendingFacts:
        """Return what is pending when some documents have been removed or replaced since."""
        gone = frozenset(outdated)
        stayed = (facts for facts in self.added if facts.path not in gone)
        return PendingFacts(self.gone | gone, (*stayed, *added))


def load(generation: Path) -> PendingFacts:
    """Return what is pending in a generation; nothing if all is joined."""
    try:
        return msgspec.msgpack.decode((generation / layout.PENDING).read_bytes(), type=PendingFacts)
    except FileNotFoundError:
        return PendingFacts()


def save(generation: Path, waiting: PendingFacts) -> None:
    """Record what is pending in a generation that is being built."""
    (generation / layout.PENDING).write_bytes(msgspec.msgpack.encode(waiting))
