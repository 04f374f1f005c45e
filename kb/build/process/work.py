"""The work on one original: read, repaired, parsed; each stage only if it would come out anew."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import msgspec

from kb import articles, layout, logs, parse, read, repair
from kb.build.doubts import words_digest
from kb.build.process.store import ProcessedDocument, ProcessedStore
from kb.build.stages import reader_of
from kb.errors import AwaitsRecognition, UserError, because
from kb.library import Original
from kb.model import Correction, Damage, Document, RepairedText, SourceText

_log = logging.getLogger(__name__)

_BREAKS = re.compile(r"[\s\u00ad\u2010\u2011-]+")
"""What may stand inside a word that is set apart or broken at a line's end."""


@dataclass(frozen=True, slots=True)
class ProcessingJob:
    """An original to work on.

    Attributes:
        original: The original, as it was before it is read.
        known: Digest of its bytes, if they have not changed since it was taken.
        own: What people have corrected of its words.
        missing: Whether the file is gone, so that only what was derived before can be used.
    """

    original: Original
    known: str | None = None
    own: tuple[Correction, ...] = ()
    missing: bool = False


@dataclass(frozen=True, slots=True)
class ProcessingOutcome:
    """What came of a job; the document itself is in the store.

    Attributes:
        job: The job.
        sha256: Digest of the original's bytes.
        content: Digest of the derived document: the same if nothing of it has changed.
        words: Digest of the words of its text.
        damaged: Whether a page of it is damaged, so that readings decided elsewhere may hold.
        waits: Whether some of it waits for text recognition.
        kept: What other documents are weighed by.
        failure: Why there is none, in Swedish; empty if there is one.
        again: Whether a failure may pass by itself.
    """

    job: ProcessingJob
    sha256: str = ""
    content: str = ""
    words: str = ""
    damaged: bool = False
    waits: bool = False
    kept: parse.SeriesInput | None = None
    failure: str = ""
    again: bool = False


def text_cache(index: Path) -> read.Cache:
    """Return the texts that are kept beside the index, so that no scan is recognised twice."""
    return read.Cache(index / layout.TEXTS)


@dataclass(frozen=True, slots=True)
class Processor:
    """Does the work; can be sent to another process.

    Attributes:
        index: The index folder, in which derived documents and extracted texts are kept.
        elsewhere: What people have decided that damaged words read in any document.
        versions: Version by stage.
        afresh: Whether to use nothing that was derived before, but extracted texts.
    """

    index: Path
    elsewhere: Mapping[str, str]
    versions: Mapping[str, str]
    afresh: bool = False

    @property
    def store(self) -> ProcessedStore:
        """Where derived documents are kept."""
        return ProcessedStore(self.index / layout.DERIVED)

    def outcome(self, job: ProcessingJob) -> ProcessingOutcome:
        """Derive a document and keep it; what is wrong with its original is part of the outcome.

        Raises:
            OSError: The document cannot be kept.
        """
        with logs.document(job.original.path):
            return self._outcome(job)

    def _outcome(self, job: ProcessingJob) -> ProcessingOutcome:
        try:
            derived = self._derive(job)
        except UserError as error:
            waiting = isinstance(error, AwaitsRecognition)
            _log.log(logging.INFO if waiting else logging.WARNING, "not taken in: %s", error)
            passing = isinstance(error.__cause__, OSError)
            return ProcessingOutcome(job, failure=str(error), waits=waiting, again=passing)
        except OSError:
            raise
        except Exception as error:  # one bad document must not cost the others
            _log.exception("could not be understood")
            reason = f"Internt fel ({type(error).__name__}), se loggen."
            return ProcessingOutcome(job, failure=reason, again=True)
        source = derived.repaired.source
        document = msgspec.msgpack.encode((derived.repaired, derived.minutes))
        return ProcessingOutcome(
            job=job,
            sha256=source.sha256,
            content=hashlib.blake2b(document, digest_size=16).hexdigest(),
            words=words_digest(source.text),
            damaged=is_damaged(derived.repaired),
            waits=read.waits(source),
            kept=parse.keep(source.path, derived.minutes),
        )

    def document(self, job: ProcessingJob) -> Document:
        """Return the document of a job, derived before or now.

        Raises:
            UserError: It cannot be read; the message says why.
            OSError: It cannot be kept.
        """
        derived = self._derive(job)
        return Document(derived.repaired, derived.minutes)

    def _derive(self, job: ProcessingJob) -> ProcessedDocument:
        path = job.original.path
        sha256 = job.known or _digest(job.original.file)
        kept = None if self.afresh and not job.missing else self.store.get(sha256)
        reader = f"{self.versions[reader_of(path)]}{PurePosixPath(path).suffix.lower()}"
        if kept and (job.missing or self._is_read(kept, reader)):
            source = replace(kept.repaired.source, path=path)
        else:
            kept = None
            source = read.read_original(job.original.file, path, text_cache(self.index))
        if articles.is_article(path):
            repaired, minutes = articles.understand(source)
            derived = ProcessedDocument(reader, "", self.versions["articles"], repaired, minutes)
            if derived != kept:
                self.store.put(source.sha256, derived)
            return derived
        if kept and kept.repair == self._repair_stamp(kept.repaired, job.own):
            repaired = replace(kept.repaired, source=source)
        else:
            repaired = repair.repair(source, job.own, self.elsewhere)
        parser = self.versions["parser"]
        if kept and kept.parser == parser and kept.repaired == repaired:
            minutes = kept.minutes
        else:
            minutes = parse.parse(repaired)
        stamp = self._repair_stamp(repaired, job.own)
        derived = ProcessedDocument(reader, stamp, parser, repaired, minutes)
        if derived != kept:
            self.store.put(source.sha256, derived)
        return derived

    @staticmethod
    def _is_read(kept: ProcessedDocument, reader: str) -> bool:
        """Tell whether reading an original again would give the same text."""
        return kept.reader == reader and not _can_read_more(kept.repaired.source)

    def _repair_stamp(self, repaired: RepairedText, own: tuple[Correction, ...]) -> str:
        """Return what decides how a text is repaired, beside the text."""
        touching: list[tuple[str, str]] = []
        if self.elsewhere and is_damaged(repaired):
            # More than those that hold do no harm, so where a word is broken is not asked.
            text = _BREAKS.sub("", repaired.source.text)
            touching = [
                (word, reading)
                for word, reading in sorted(self.elsewhere.items())
                if _BREAKS.sub("", word) in text
            ]
        said = msgspec.msgpack.encode((own, touching))
        return f"{self.versions['repair']}/{hashlib.blake2b(said, digest_size=16).hexdigest()}"


def is_damaged(repaired: RepairedText) -> bool:
    """Tell whether any page of a text is damaged."""
    judged = (repaired.quality, *repaired.page_quality)
    return any(quality.damage is not Damage.NONE for quality in judged)


def _can_read_more(source: SourceText) -> bool:
    """Tell whether text recognition has been installed since a text was read without it."""
    return read.waits(source) and read.text_recognition() is not None


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise UserError(f"Filen går inte att öppna: {because(error)}.") from error
