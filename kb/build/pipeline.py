"""A build: originals in, a checked generation of the index out. The steps are in `_build`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from kb import corrections, layout, parse, read, repair
from kb.build import generations, joining, missing, settling, stages
from kb.build.generations import Generation
from kb.build.manifest import Failure, Manifest, Remark, blank
from kb.build.plan import BuildPlan
from kb.build.process import ProcessedStore, Processor, outcomes, text_cache
from kb.build.stages import ENGINE
from kb.build.update import Update
from kb.build.writing import Basis, engine_folder, switch
from kb.errors import Busy, UserError
from kb.knowledge import KnowledgeBase, name_decisions
from kb.library import Library, Original
from kb.model import Correction, Document
from kb.search.engine import Engine

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
        basis = Basis.of(index)
        now, plan = _plan(library, index, basis, full=full)
        processor = Processor(index, now.elsewhere, now.versions, afresh=full)
        _process(plan, processor, progress)
        if full or stages.needs_new_index(basis.manifest.versions, now.versions):
            basis = replace(basis, generation=None)
        understood = replace(processor, afresh=False)
        update = Update.of(plan, understood, basis.manifest, is_whole=basis.is_new)
        manifest, generation = switch(
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


def _plan(library: Path, index: Path, basis: Basis, *, full: bool) -> tuple[Manifest, BuildPlan]:
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
