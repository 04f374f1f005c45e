"""Writes a generation from the one in use and an update, checks it, and switches to it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kb import layout, parse
from kb.build import generations, pending
from kb.build.generations import Generation
from kb.build.joining import FactsWriter, JoinedLater, JoinedNow
from kb.build.manifest import Manifest, blank
from kb.build.pending import PendingFacts
from kb.build.stages import ENGINE
from kb.build.update import Update
from kb.errors import OperatorError
from kb.model import Document
from kb.search.query import Query

_Series = dict[str, parse.SeriesInput]

_MANY = 2_000
"""Number of documents from which an index is written by several processes, and new documents are
made searchable before their facts are joined."""


def engine_folder(generation: Path) -> Path:
    """Return where a generation keeps its engine's files."""
    return generation / layout.ENGINE


@dataclass(frozen=True, slots=True)
class Basis:
    """What a build starts from.

    Attributes:
        manifest: What the index was made of; empty if there is none or that is not known.
        series: What its documents are weighed by.
        generation: The generation to link files from; None if all are written from scratch.
        is_damaged: Whether there was one, but what it held is not known.
    """

    manifest: Manifest
    series: _Series
    generation: Generation | None
    is_damaged: bool

    @property
    def is_new(self) -> bool:
        """Whether every document is put into a new index."""
        return self.generation is None

    @classmethod
    def of(cls, index: Path) -> Basis:
        """Read the state of an index; no file of a damaged generation is linked."""
        last = generations.named(index)
        if last is None:
            return cls(blank(), {}, None, generations.is_damaged(index))
        if last.is_whole():
            return cls(last.manifest(), _series(last.folder), last, False)
        return cls(last.sound_manifest() or blank(), {}, None, True)


def switch(
    *, library: Path, index: Path, folder: Path, basis: Basis, update: Update, now: Manifest
) -> tuple[Manifest, Generation]:
    """Write the new generation, check it and switch to it; keep the old one if nothing differs."""
    old = basis.generation
    waits = pending.load(old.folder) if old else PendingFacts()
    if old and not waits and not update.outdated and not update.to_add:
        manifest = update.manifest(now)
        before = basis.manifest
        same = msgspec.structs.replace(manifest, built=before.built, alone=before.alone)
        if same == before:
            return manifest, old
    waits = waits.after(update.outdated)
    with closing(_facts_writer(library, folder, basis, update, waits)) as facts:
        _write_engine(engine_folder(folder), old, update, facts.noting(update.fresh()))
        manifest = update.manifest(now)
        facts.finish()
    _check(engine_folder(folder), update)
    (folder / layout.SERIES).write_bytes(msgspec.msgpack.encode(update.plan.series))
    if basis.is_damaged:  # what was removed since the one before it is not known
        manifest = msgspec.structs.replace(manifest, alone=True)
    return manifest, generations.publish(index, folder, manifest, old)


def _facts_writer(
    library: Path, folder: Path, basis: Basis, update: Update, waits: PendingFacts
) -> FactsWriter:
    """Return how facts are written: joined at once, or later if new documents should not wait."""
    old = basis.generation
    if old and update.to_add and not update.purges and _is_large(basis.manifest):
        return JoinedLater(folder, old.folder, waits)
    return JoinedNow(folder, old.folder if old else None, waits, library)


def _write_engine(
    engine: Path, old: Generation | None, update: Update, fresh: Iterable[Document]
) -> None:
    """Write the engine's files: from scratch, or by changing the old ones."""
    engine.mkdir()
    if old is None:
        ENGINE.build(engine, fresh, _processes(len(update.to_add)))
        return
    generations.link(engine_folder(old.folder), engine)
    if update.outdated or update.to_add:
        with ENGINE.writer(engine) as writer:
            for path in update.outdated:
                writer.remove(path)
            for document in fresh:
                writer.add(document)
            writer.commit(purge=update.purges)


def _check(engine_files: Path, update: Update) -> None:
    """Open the finished engine and check that it holds the right documents and finds them."""
    engine = ENGINE.open(engine_files)
    try:
        wrong = update.documents.keys() ^ engine.ids()
        if wrong:
            raise OperatorError(
                f"the new index has too few or too many documents: {sorted(wrong)[:5]}"
            )
        for word in update.words:
            if not engine.search(Query(word)).total:
                raise OperatorError(f"the new index does not find {word!r}")
    finally:
        engine.close()


def _is_large(before: Manifest) -> bool:
    """Tell whether joining the facts of all documents takes too long to wait for."""
    return len(before.documents) >= _MANY


def _processes(documents: int) -> int:
    """Return how many processes write an index of so many documents."""
    return os.cpu_count() or 1 if documents >= _MANY else 1


def _series(generation: Path) -> _Series:
    """Return what the documents of a generation were compared by."""
    try:
        return msgspec.msgpack.decode((generation / layout.SERIES).read_bytes(), type=_Series)
    except (FileNotFoundError, msgspec.DecodeError):  # all are examined again
        return {}
