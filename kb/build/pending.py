"""What changed documents add while it waits to be joined.

Joining looks at everything, so it takes longer the larger a library is. A document that is new
must be found by search before that: its generation goes into use with what was known before, and
with a note of what has yet to be joined, so that nothing is lost if the joining is broken off.
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
        gone: Documents of what is known that are no longer there, or come anew.
        added: What new and changed documents add.
    """

    gone: frozenset[str] = frozenset()
    added: tuple[DocumentFacts, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.added)

    def after(self, outdated: Iterable[str], added: Iterable[DocumentFacts] = ()) -> PendingFacts:
        """Return what waits when some documents have gone or come anew since."""
        gone = frozenset(outdated)
        stayed = (facts for facts in self.added if facts.path not in gone)
        return PendingFacts(self.gone | gone, (*stayed, *added))


def load(generation: Path) -> PendingFacts:
    """Return what waits in a generation; nothing if all is joined."""
    try:
        return msgspec.msgpack.decode((generation / layout.PENDING).read_bytes(), type=PendingFacts)
    except FileNotFoundError:
        return PendingFacts()


def save(generation: Path, waiting: PendingFacts) -> None:
    """Note what waits in a generation that is being built."""
    (generation / layout.PENDING).write_bytes(msgspec.msgpack.encode(waiting))
