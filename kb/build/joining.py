"""Facts aggregated across documents: joined while an index is written, or after it is in use.

Joining looks at every document, so it takes longer the larger a library is. In a large one,
new documents go into use before it, with a list of what has yet to be joined.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import msgspec

from kb import layout
from kb.build import generations, pending
from kb.build.generations import Generation
from kb.build.manifest import blank
from kb.build.pending import PendingFacts
from kb.knowledge import DocumentFacts, KnowledgeStore, facts_of, name_decisions
from kb.model import Document


class FactsWriter(Protocol):
    """Writes the facts of a generation's documents beside its index."""

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents, recording the facts of each."""
        ...

    def finish(self) -> None:
        """Write what was recorded."""
        ...

    def close(self) -> None:
        """Close files, finished or not."""
        ...


class JoinedNow:
    """Joins what documents say with what was known before.

    Args:
        folder: The generation that is being built.
        old: The generation whose facts are taken over; None for none.
        waits: What has changed since these were joined.
        library: Where the decisions about names are.
    """

    def __init__(self, folder: Path, old: Path | None, waits: PendingFacts, library: Path) -> None:
        self._library = library
        known = old / layout.KNOWLEDGE if old else None
        self._store = KnowledgeStore(folder / layout.KNOWLEDGE, known, waits.gone)
        for facts in waits.added:
            self._store.add(facts)

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents, recording the facts of each."""
        return self._store.noting(documents)

    def finish(self) -> None:
        """Join everything."""
        self._store.finish(name_decisions.load(self._library))

    def close(self) -> None:
        """Close the file, finished or not."""
        self._store.close()


class JoinedLater:
    """Takes over what is joined, and records what documents add, to be joined later.

    Args:
        folder: The generation that is being built.
        old: The generation whose facts are taken over.
        waits: What has changed since these were joined.
    """

    def __init__(self, folder: Path, old: Path, waits: PendingFacts) -> None:
        self._folder, self._old, self._waits = folder, old, waits
        self._added: list[DocumentFacts] = []

    def noting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield documents, recording the facts of each."""
        for document in documents:
            self._added.append(facts_of(document))
            yield document

    def finish(self) -> None:
        """Record what is to be joined."""
        generations.link_file(self._old / layout.KNOWLEDGE, self._folder / layout.KNOWLEDGE)
        pending.save(self._folder, self._waits.after((), self._added))

    def close(self) -> None:
        """Nothing is open."""


def join_pending(library: Path, index: Path) -> Generation | None:
    """Join what the generation in use has left pending, in a new generation.

    Raises:
        Busy: Another build is running.
    """
    before = generations.current(index)
    if before is None or not pending.load(before.folder):
        return None
    with generations.new_generation(index) as folder:
        old = generations.current(index)
        if old is None or not (waits := pending.load(old.folder)):
            return None
        with closing(JoinedNow(folder, old.folder, waits, library)) as facts:
            facts.finish()
        (folder / layout.ENGINE).mkdir()
        generations.link(old.folder / layout.ENGINE, folder / layout.ENGINE)
        shutil.copy2(old.folder / layout.SERIES, folder / layout.SERIES)
        manifest = msgspec.structs.replace(old.manifest(), built=blank().built)
        return generations.publish(index, folder, manifest, old)
