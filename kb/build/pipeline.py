"""A build: originals in, a checked generation of the index out. The steps are in `_build`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from kb import corrections, layout, parse, read, repair
from kb.build import generations, joining, missing, pending, settling, stages
from kb.build.generations import Generation
from kb.build.joining import FactsWriter, JoinedLater, JoinedNow
from kb.build.manifest import Failure, Manifest, Remark, blank
from kb.build.pending import PendingFacts
from kb.build.plan import BuildPlan
from kb.build.process import ProcessedStore, Processor, outcomes, text_cache
from kb.build.stages import ENGINE
from kb.build.update import Update
from kb.errors import Busy, OperatorError, UserError
from kb.knowledge import KnowledgeBase, name_decisions
from kb.library import Library, Original
from kb.model import Correction, Document
from kb.search.engine import Engine
from kb.search.query import Query

_Series = dict[str, parse.SeriesInput]

_MANY = 2_000
"""Number of documents from which an index is written by several processes, and new documents are
made searchable before their facts are joined."""

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the path being worked on."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: The generation now in use.
        documents: How many documents it holds.
        failures: Originals that are not in it, and why.
        doubtful: Paths of documents put into the index whose date is doubtful.
        remarks: Corrections that could not be used, and why.
        duplicates: Paths of duplicates, and the path of the original each repeats.
        seconds: Wall-clock time until its changes were searchable.
        indexed: How many documents were put into the index, in place of older ones or not.
        removed: How many were taken out.
    """

    generation: Generation
    documents: int
    failures: tuple[Failure, ...]
    doubtful: tuple[str, ...]
    remarks: tuple[Remark, ...]
    duplicates: Mapping[str, str]
    seconds: float
    indexed: int
    removed: int


def engine_folder(generation: Path) -> Path:
    """Return where a generation keeps its engine's files."""
    return generation / layout.ENGINE


def open_engine(generation: Generation) -> Engine:
    """Open a generation for searching."""
    return ENGINE.open(engine_folder(generation.folder))


def open_knowledge(generation: Generation) -> KnowledgeBase:
    """Open what is known of a generation's documents."""
    return KnowledgeBase(generation.folder / layout.KNOWLEDGE)


def understand(original: Original, word_corrections: Sequence[Correction] = ()) -> Document:
    """Read, repair and parse one original, with people's corrections of its words.

    Raises:
        UserError: It cannot be read; the message says why.
    """
    repaired = repair.repair(read.read_original(original.file, original.path), word_corrections)
    return Document(repaired, parse.parse(repaired))


def texts(index: Path) -> read.Cache:
    """Return the extracted texts kept beside the index, so that no scan is recognised twice."""
    return text_cache(index)


def build(
    library: Path, index: Path, progress: Progress | None = None, *, full: bool = False
) -> BuildReport:
    """Bring the index of `library` up to date, then join the facts of its documents.

    In a large library joining takes longer, so new documents can be searched for before it.
    For arguments and errors see `_build`.
    """
    report = _build(library, index, progress, full=full)
    with suppress(Busy):  # the build that is running joins them as well
        if joined := _join(library, index):
            report = replace(report, generation=joined)
    return report


def _build(library: Path, index: Path, progress: Progress | None, *, full: bool) -> BuildReport:
    """Bring the index of `library` up to date beside the old one, and switch to it.

    Only originals that are new or have changed are read, and of the others only what a
    changed stage or correction affects is done again. Results are kept, so that an interrupted
    build continues where it stopped. Memory is bounded by the workers (see
    `kb.build.process.pool`), the engine's batch, and what is in memory of every document while all
    are joined (`kb.knowledge.store`).

    Args:
        library: The originals.
        index: The index folder.
        progress: Called as originals are worked on.
        full: Whether to do everything again; only extracted texts are used again.

    Raises:
        UserError: The library or the index folder cannot be used, or another build runs.
        OperatorError: The new index failed its check; the old one stays in use.
    """
    started = time.perf_counter()
    with generations.new_generation(index) as folder:
        basis = _Basis.of(index)
        now, plan = _plan(library, index, basis, full=full)
        processor = Processor(index, now.elsewhere, now.versions, afresh=full)
        _process(plan, processor, progress)
        if full or stages.needs_new_index(basis.manifest.versions, now.versions):
            basis = replace(basis, generation=None)
        understood = replace(processor, afresh=False)
        update = Update.of(plan, understood, basis.manifest, is_whole=basis.is_new)
        manifest, generation = _switch(
            library=library, index=index, folder=folder, basis=basis, update=update, now=now
        )
        _forget(index, manifest)
        if progress:
            progress(len(plan.jobs), len(plan.jobs), "")
    return BuildReport(
        generation=generation,
        documents=len(manifest.documents),
        failures=manifest.failures,
        doubtful=tuple(update.doubtful),
        remarks=manifest.remarks,
        duplicates={path: entry.first for path, entry in manifest.duplicates.items()},
        seconds=time.perf_counter() - started,
        indexed=len(update.to_add),
        removed=len(update.gone),
    )


@dataclass(frozen=True, slots=True)
class _Basis:
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
    def of(cls, index: Path) -> _Basis:
        """Read the state of an index; no file of a damaged generation is linked."""
        last = generations.named(index)
        if last is None:
            return cls(blank(), {}, None, generations.is_damaged(index))
        if last.is_whole():
            return cls(last.manifest(), _series(last.folder), last, False)
        return cls(last.sound_manifest() or blank(), {}, None, True)


def _plan(library: Path, index: Path, basis: _Basis, *, full: bool) -> tuple[Manifest, BuildPlan]:
    """Compare the library with the index; return what the new one is made of, and the plan."""
    before = basis.manifest
    originals = Library(library).originals()
    being_written = settling.unsettled(index)
    originals = list(settling.settled(library, originals, before, being_written))
    gone = missing.find(library, index, originals, before)
    if not originals and before.documents and not full and not gone.paths:
        raise UserError(
            f"Biblioteksmappen ”{library}” är tom, men indexet har {len(before.documents)} "
            "dokument. Är mappen ansluten? Om den ska vara tom: kb build --full"
        )
    # After listing: a correction made meanwhile then makes the index stale, not the reverse.
    register = corrections.gather(Library(library))
    agreed = register.agreed()
    now = msgspec.structs.replace(
        blank(),
        versions=stages.versions(),
        elsewhere=repair.spreading(agreed) if agreed else {},
        text_recognition=read.text_recognition(),
        decided=name_decisions.digest(library),
        missing=tuple(sorted(gone.asked)),
    )
    originals += missing.originals_of(library, before, gone.paths)
    plan = BuildPlan.of(
        originals=originals,
        register=register,
        before=before,
        series=basis.series,
        now=now,
        missing=gone.paths,
        full=full,
    )
    return now, plan


def _process(plan: BuildPlan, processor: Processor, progress: Progress | None) -> None:
    """Read, repair and parse what has changed."""
    total = len(plan.jobs)
    if progress and total:
        progress(0, total, plan.jobs[0].original.path)
    with closing(outcomes(processor, plan.jobs)) as coming:
        for done, outcome in enumerate(coming, 1):
            plan.note(outcome)
            if progress:
                progress(done, total, outcome.job.original.path)


def _switch(
    *, library: Path, index: Path, folder: Path, basis: _Basis, update: Update, now: Manifest
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
    library: Path, folder: Path, basis: _Basis, update: Update, waits: PendingFacts
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


def _forget(index: Path, manifest: Manifest) -> None:
    """Delete what was derived from originals that are gone, so that none of their text remains."""
    held = (*manifest.documents.values(), *manifest.duplicates.values())
    withheld = (failure.sha256 for failure in manifest.failures if failure.withheld)
    digests = frozenset((*(entry.sha256 for entry in held), *withheld))
    ProcessedStore(index / layout.DERIVED).keep_only(digests)
    versions = frozenset(map(read.extraction_version, read.READERS))
    texts(index).keep_only(digests, versions)


def _join(library: Path, index: Path) -> Generation | None:
    """Join the facts that the generation in use has left pending."""
    return joining.join_pending(library, index)


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
