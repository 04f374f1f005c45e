"""The one place that joins the rooms: originals in, a checked generation of the index out."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kb import corrections, generations, parse, read, repair
from kb.doubts import doubts, words_digest
from kb.errors import OperatorError, UserError, Waiting
from kb.generations import Duplicate, Failure, Fingerprint, Generation, Manifest, Remark
from kb.library import Library, Original
from kb.model import Correction, Document, SourceText
from kb.search.engine import Engine, EngineKind
from kb.search.query import Query
from kb.search.whoosh_engine import WhooshKind
from kb.swedish import analysis, tokenize

_log = logging.getLogger(__name__)

ENGINE: EngineKind = WhooshKind()
"""The engine in use."""

SAMPLE = 20
"""Documents that a check of a new generation searches for."""

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the path at hand."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: The generation now in use.
        documents: How many documents it holds.
        failures: Originals that are not in it, and why.
        doubtful: Paths of documents whose date is in doubt.
        remarks: Corrections that could not be used, and why.
        duplicates: Originals that say what another one says, and that one's path.
        seconds: Wall-clock time the build took.
    """

    generation: Generation
    documents: int
    failures: tuple[Failure, ...]
    doubtful: tuple[str, ...]
    remarks: tuple[Remark, ...]
    duplicates: Mapping[str, str]
    seconds: float


def versions() -> dict[str, str]:
    """Return the version of every room that decides what an index holds."""
    return {
        "reader": read.VERSION,
        "repair": repair.VERSION,
        "parser": parse.VERSION,
        "corrections": corrections.VERSION,
        "analyzer": analysis.VERSION,
        "engine": ENGINE.version,
    }


def engine_folder(generation: Path) -> Path:
    """Return where a generation keeps its engine's files."""
    return generation / "engine"


def open_engine(generation: Generation) -> Engine:
    """Open a generation for searching."""
    return ENGINE.open(engine_folder(generation.folder))


def understand(original: Original) -> Document:
    """Read, repair and parse one original.

    Raises:
        UserError: It cannot be read; the message says why.
    """
    return understand_text(read.read_original(original.file, original.path))


def understand_text(
    source: SourceText,
    own: Sequence[Correction] = (),
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """Repair and parse the text of one original.

    Args:
        source: The text.
        own: What people have corrected in it.
        elsewhere: What they have decided that damaged words read in any document.
    """
    repaired = repair.repair(source, own, elsewhere)
    return Document(repaired, parse.parse(repaired))


def texts(index: Path) -> read.Cache:
    """Return the texts that are kept beside the index, so that no scan is recognised twice."""
    return read.cache_in(index / "cache")


def build(library: Path, index: Path, progress: Progress | None = None) -> BuildReport:
    """Build the index of `library` anew beside the old one and switch to it.

    Raises:
        UserError: The library or the index folder cannot be used, or another build runs.
        OperatorError: The new index failed its check; the old one stays in use.
    """
    started = time.perf_counter()
    originals = Library(library).originals()
    # After the list: a correction made meanwhile makes the index older than it, never the reverse.
    register = corrections.gather(Library(library))
    with generations.new_generation(index) as folder:
        kept = texts(index)
        intake = _Intake(originals, register, kept, progress)
        engine_folder(folder).mkdir()
        ENGINE.build(engine_folder(folder), intake)
        _check(folder, intake)
        manifest = Manifest(
            versions(),
            dt.datetime.now(dt.UTC),
            intake.documents,
            tuple(intake.failures),
            tuple(intake.remarks),
            intake.duplicates,
            intake.doubts,
        )
        generation = generations.publish(index, folder, manifest)
        # What was removed leaves no text behind.
        both = (*intake.documents.values(), *intake.duplicates.values())
        kept.keep_only(frozenset(own.sha256 for own in both))
    return BuildReport(
        generation,
        len(intake.documents),
        manifest.failures,
        tuple(intake.doubtful),
        manifest.remarks,
        {path: own.first for path, own in intake.duplicates.items()},
        time.perf_counter() - started,
    )


@dataclass
class _Intake:
    """Yields the documents of a build one by one, and remembers how each went."""

    originals: list[Original]
    register: corrections.Register
    kept: read.Cache
    progress: Progress | None
    documents: dict[str, Fingerprint] = field(default_factory=dict)
    duplicates: dict[str, Duplicate] = field(default_factory=dict)
    doubts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(init=False)
    elsewhere: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.remarks = [Remark(own.path, own.reason) for own in self.register.problems]
        agreed = self.register.agreed()
        self.elsewhere = repair.spreading(agreed) if agreed else {}

    def __iter__(self) -> Iterator[Document]:
        for done, original in enumerate(self.originals):
            if self.progress:
                self.progress(done, len(self.originals), original.path)
            document = self._take(original)
            if document:
                yield document
        if self.progress:
            self.progress(len(self.originals), len(self.originals), "")

    def _take(self, original: Original) -> Document | None:
        own = self.register.by_path.get(original.path, ())
        try:
            source = read.read_original(original.file, original.path, self.kept)
            if self._is_duplicate(original, source):
                return None
            document = understand_text(source, own, self.elsewhere)
        except UserError as error:
            self._fail(original, str(error), waiting=isinstance(error, Waiting))
            return None
        except Exception as error:  # one bad document must not cost the others
            _log.exception("%s could not be understood", original.path)
            self._fail(original, f"Internt fel ({type(error).__name__}), se loggen.")
            return None
        if words := words_digest(source.text):
            self.said[words] = original.path
        self.documents[original.path] = Fingerprint(
            original.size, original.modified, document.source.sha256, original.corrected
        )
        for correction in repair.unfit(document.source, own):
            why = f"Rättningen av ”{correction.original}” passar inte: ordet står inte i texten."
            self.remarks.append(Remark(original.path, why))
        document, misfits = corrections.apply(document, self.register.facts.get(original.path, ()))
        self.remarks += (Remark(original.path, why) for why in misfits)
        if document.minutes.date.proposed:
            self.doubtful.append(original.path)
        if doubtful := tuple(doubts(document)):
            self.doubts[original.path] = doubtful
        if len(self.words) < SAMPLE:
            tokens = (token.text for token in tokenize.tokenize(document.repaired.text))
            self.words += [word for word in [max(tokens, key=len, default="")] if word]
        return document

    def _is_duplicate(self, original: Original, source: SourceText) -> bool:
        """Tell whether an earlier original says the same, in whatever type of file."""
        first = self.said.get(words_digest(source.text))
        if first is None:
            return False
        self.duplicates[original.path] = Duplicate(
            original.size, original.modified, source.sha256, original.corrected, first=first
        )
        if original.corrected:
            why = f"Rättningarna används inte: dokumentet säger detsamma som ”{first}”."
            self.remarks.append(Remark(original.path, why))
        return True

    def _fail(self, original: Original, reason: str, *, waiting: bool = False) -> None:
        self.failures.append(
            Failure(
                original.path,
                reason,
                original.size,
                original.modified,
                original.corrected,
                waiting,
            )
        )


def _check(folder: Path, intake: _Intake) -> None:
    """Open the finished engine and see that everything is in it and can be found."""
    engine = ENGINE.open(engine_folder(folder))
    try:
        missing = set(intake.documents) - engine.ids()
        if missing:
            raise OperatorError(
                f"the new index lacks {len(missing)} documents: {sorted(missing)[:5]}"
            )
        for word in intake.words:
            if not engine.search(Query(word)).total:
                raise OperatorError(f"the new index does not find {word!r}")
    finally:
        engine.close()
