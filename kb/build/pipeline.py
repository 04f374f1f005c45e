"""The one place that joins the rooms: originals in, a checked generation of the index out."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from kb import articles, corrections, knowledge, parse, read, repair
from kb.build import generations, pending, settling
from kb.build.generations import Failure, Generation, Manifest, Remark
from kb.build.pending import PendingFacts
from kb.build.plan import BuildPlan
from kb.build.process import Processor, outcomes, text_cache
from kb.build.update import Update
from kb.errors import Busy, OperatorError, UserError
from kb.knowledge import DocumentFacts, KnowledgeBase, name_decisions
from kb.library import Library, Original
from kb.model import Correction, Document
from kb.search.engine import Engine, EngineKind
from kb.search.query import Query
from kb.search.whoosh_engine import WhooshKind
from kb.swedish import analysis

ENGINE: EngineKind = WhooshKind()
"""The engine in use."""

_SERIES = "series.msgpack"
"""What documents are weighed by against each other: `parse.Kept` by library path."""

_Series = dict[str, parse.SeriesInput]

_INDEX = ("analyzer", "engine", "knowledge")
"""Rooms whose change makes every document be put in anew."""

_MANY = 2_000
"""Documents from which writing an index is worth several processes, and joining what they say
takes so long that new ones are searched for before it."""

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the path at hand."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: The generation now in use.
        documents: How many documents it holds.
        failures: Originals that are not in it, and why.
        doubtful: Paths of documents, of those put into the index, whose date is in doubt.
        remarks: Corrections that could not be used, and why.
        duplicates: Originals that say what another one says, and that one's path.
        seconds: Wall-clock time until what it did could be searched for.
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


def versions() -> dict[str, str]:
    """Return the version of every room that decides what an index holds."""
    return {
        "reader": read.VERSION,
        "repair": repair.VERSION,
        "parser": parse.VERSION,
        "articles": articles.VERSION,
        "corrections": corrections.VERSION,
        "knowledge": knowledge.VERSION,
        "analyzer": analysis.VERSION,
        "engine": ENGINE.version,
    }


def engine_folder(generation: Path) -> Path:
    """Return where a generation keeps its engine's files."""
    return generation / "engine"


def open_engine(generation: Generation) -> Engine:
    """Open a generation for searching."""
    return ENGINE.open(engine_folder(generation.folder))


def open_knowledge(generation: Generation) -> KnowledgeBase:
    """Open what is known of a generation's documents."""
    return KnowledgeBase(generation.folder / knowledge.FILE)


def understand(original: Original, own: Sequence[Correction] = ()) -> Document:
    """Read, repair and parse one original, given what people have corrected of its words.

    Raises:
        UserError: It cannot be read; the message says why.
    """
    repaired = repair.repair(read.read_original(original.file, original.path), own)
    return Document(repaired, parse.parse(repaired))


def texts(index: Path) -> read.Cache:
    """Return the texts that are kept beside the index, so that no scan is recognised twice."""
    return text_cache(index)


def build(
    library: Path, index: Path, progress: Progress | None = None, *, full: bool = False
) -> BuildReport:
    """Bring the index of `library` up to date, and then what its documents say together.

    In a large library the second takes longer, so new documents can be searched for before.
    For arguments and errors see `_build`.
    """
    report = _build(library, index, progress, full=full)
    with suppress(Busy):  # whoever builds now joins it as well
        if joined := _join(library, index):
            report = replace(report, generation=joined)
    return report


def _join(library: Path, index: Path) -> Generation | None:
    """Join what the generation in use has left waiting, in a generation of its own."""
    before = generations.current(index)
    if before is None or not pending.load(before.folder):
        return None
    with generations.new_generation(index) as folder:
        old = generations.current(index)
        if old is None or not (waits := pending.load(old.folder)):
            return None
        with closing(_known(folder, old.folder, waits)) as known:
            known.finish(name_decisions.load(library))
        engine_folder(folder).mkdir()
        generations.link(engine_folder(old.folder), engine_folder(folder))
        shutil.copy2(old.folder / _SERIES, folder / _SERIES)
        manifest = msgspec.structs.replace(old.manifest(), built=dt.datetime.now(dt.UTC))
        return generations.publish(index, folder, manifest)


def _known(folder: Path, old: Path | None, waits: PendingFacts) -> knowledge.KnowledgeStore:
    """Return what is to be known in `folder`: what was known in `old`, and what has waited."""
    store = knowledge.KnowledgeStore(
        folder / knowledge.FILE, old / knowledge.FILE if old else None, waits.gone
    )
    for own in waits.added:
        store.add(own)
    return store


def _build(
    library: Path, index: Path, progress: Progress | None = None, *, full: bool = False
) -> BuildReport:
    """Bring the index of `library` up to date beside the old one, and switch to it.

    Only originals that are new or have changed are read, and of the others only what a
    changed version or correction touches is done again. What is done is kept, so that a build
    that was broken off goes on where it was. Memory is bounded by the workers (see
    `kb.build.process.pool`), the engine's batch, and what is held of every document while all are
    joined
    (`kb.knowledge.store`); README, Measured, has figures.

    Args:
        library: The originals.
        index: The index folder.
        progress: Told how many originals have been worked on.
        full: Whether to do everything anew; only extracted texts are used again.

    Raises:
        UserError: The library or the index folder cannot be used, or another build runs.
        OperatorError: The new index failed its check; the old one stays in use.
    """
    started = time.perf_counter()
    with generations.new_generation(index) as folder, ExitStack() as files:
        old = generations.current(index)
        before = old.manifest() if old else _nothing()
        originals = Library(library).originals()
        being_written = settling.unsettled(index)
        originals = list(settling.settled(library, originals, before, being_written))
        if not originals and before.documents and not full:
            raise UserError(
                f"Biblioteksmappen ”{library}” är tom, men indexet har {len(before.documents)} "
                "dokument. Är mappen ansluten? Om den ska vara tom: kb build --full"
            )
        # After the list: a correction made meanwhile makes the index older than it, not reverse.
        register = corrections.gather(Library(library))
        agreed = register.agreed()
        now = msgspec.structs.replace(
            _nothing(),
            versions=versions(),
            elsewhere=repair.spreading(agreed) if agreed else {},
            text_recognition=read.text_recognition(),
            decided=name_decisions.digest(library),
        )
        series = _series(old.folder) if old else {}
        plan = BuildPlan.of(originals, register, before, series, now, full=full)
        _derive(plan, Processor(index, now.elsewhere, afresh=full), progress)
        is_whole = old is None or full or not _same_index(before, now)
        update = Update.of(plan, Processor(index, now.elsewhere), before, is_whole=is_whole)
        engine = engine_folder(folder)
        engine.mkdir()
        changed = None if is_whole else old
        waits = (pending.load(changed.folder) if changed else PendingFacts()).after(update.outdated)
        joins_later = changed and update.to_add and not update.purges and _is_large(before)
        added: list[DocumentFacts] = []
        if changed and joins_later:
            known = None
            fresh = pending.noting(update.fresh(), added)
        else:
            known = files.enter_context(
                closing(_known(folder, changed.folder if changed else None, waits))
            )
            fresh = known.noting(update.fresh())
        if changed is None:
            ENGINE.build(engine, fresh, _processes(len(update.to_add)))
        else:
            generations.link(engine_folder(changed.folder), engine)
            if update.outdated or update.to_add:
                with ENGINE.writer(engine) as writer:
                    for path in update.outdated:
                        writer.remove(path)
                    for document in fresh:
                        writer.add(document)
                    writer.commit(purge=update.purges)
        manifest = update.manifest(now)
        same = msgspec.structs.replace(manifest, built=before.built, alone=before.alone) == before
        if changed and same and not waits:
            generation = changed
        else:
            if known:
                known.finish(name_decisions.load(library))
            elif changed:
                generations.link_file(changed.folder / knowledge.FILE, folder / knowledge.FILE)
                pending.save(folder, waits.after((), added))
            _check(engine, update)
            (folder / _SERIES).write_bytes(msgspec.msgpack.encode(plan.series))
            generation = generations.publish(index, folder, manifest)
        _forget(index, manifest)
        if progress:
            progress(len(plan.jobs), len(plan.jobs), "")
    return BuildReport(
        generation,
        len(manifest.documents),
        manifest.failures,
        tuple(update.doubtful),
        manifest.remarks,
        {path: own.first for path, own in manifest.duplicates.items()},
        time.perf_counter() - started,
        len(update.to_add),
        len(update.gone),
    )


def _is_large(before: Manifest) -> bool:
    """Tell whether joining what all documents say takes longer than anybody likes to wait."""
    return len(before.documents) >= _MANY


def _processes(documents: int) -> int:
    """Return how many processes an index of so many documents is best written with."""
    return os.cpu_count() or 1 if documents >= _MANY else 1


def _nothing() -> Manifest:
    """Return what an index that holds nothing is made of."""
    return Manifest({}, dt.datetime.now(dt.UTC), {})


def _series(generation: Path) -> dict[str, parse.SeriesInput]:
    """Return what the documents of a generation were weighed by."""
    try:
        return msgspec.msgpack.decode((generation / _SERIES).read_bytes(), type=_Series)
    except (FileNotFoundError, msgspec.DecodeError):  # all are looked at once more
        return {}


def _same_index(before: Manifest, now: Manifest) -> bool:
    """Tell whether an index can be changed instead of made anew."""
    return all(before.versions.get(room) == now.versions[room] for room in _INDEX)


def _derive(plan: BuildPlan, deriver: Processor, progress: Progress | None) -> None:
    """Do the jobs of a plan."""
    total = len(plan.jobs)
    if progress and total:
        progress(0, total, plan.jobs[0].original.path)
    with closing(outcomes(deriver, plan.jobs)) as coming:
        for done, outcome in enumerate(coming, 1):
            plan.note(outcome)
            if progress:
                progress(done, total, outcome.job.original.path)


def _check(engine_files: Path, update: Update) -> None:
    """Open the finished engine and see that it holds what it should, and that it can be found."""
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
    """Delete what was derived from originals that are gone: they leave no text behind."""
    held = (*manifest.documents.values(), *manifest.duplicates.values())
    digests = frozenset(own.sha256 for own in held)
    Processor(index, {}).store.keep_only(digests)
    texts(index).keep_only(digests)
