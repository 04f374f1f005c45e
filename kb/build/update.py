"""From what is known of the originals to the documents of an index, and what is said of them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import msgspec

from kb import articles, corrections, logs, parse, repair
from kb.build import stages
from kb.build.doubts import doubts
from kb.build.manifest import Duplicate, Fingerprint, Manifest, Remark
from kb.build.plan import BuildPlan
from kb.build.process import Processor
from kb.build.stages import Stage, Stale
from kb.errors import UserError
from kb.model import Document, Fact
from kb.parse import SeriesResult
from kb.swedish import tokenize

_log = logging.getLogger(__name__)

SAMPLE = 20
"""New documents that a check of a new generation searches for."""


@dataclass
class Update:
    """The step from one generation to the next.

    Attributes:
        plan: The library.
        deriver: Gives the documents.
        before: What the old generation was made of.
        is_whole: Whether all documents are put into a new index.
        documents: What the new generation holds.
        duplicates: Originals that say what one of these says.
        weighed: What documents change in each other.
        doubts: What is doubtful about documents that were put in.
        remarks: What is wrong with the corrections of these.
        doubtful: Those of them whose date is in doubt.
        words: A word of some of them, to look for.
    """

    plan: BuildPlan
    deriver: Processor
    before: Manifest
    is_whole: bool
    documents: dict[str, Fingerprint]
    duplicates: dict[str, Duplicate]
    weighed: Mapping[str, SeriesResult]
    doubts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, plan: BuildPlan, deriver: Processor, before: Manifest, *, is_whole: bool) -> Update:
        """Decide what of a plan that has been carried out is shown, and how."""
        documents, duplicates = plan.shown(before.documents)
        weighed = parse.weigh_neighbours(plan.series[path] for path in sorted(documents))
        for path, entry in documents.items():
            digest = _digest(weighed[path]) if path in weighed else ""
            if digest != entry.weighed:
                documents[path] = msgspec.structs.replace(entry, weighed=digest)
        return cls(plan, deriver, before, is_whole, documents, duplicates, weighed)

    @cached_property
    def gone(self) -> frozenset[str]:
        """What the new generation no longer holds."""
        return frozenset(self.before.documents.keys() - self.documents.keys())

    @cached_property
    def to_add(self) -> tuple[str, ...]:
        """What must be put into the index."""
        if self.is_whole:
            return tuple(sorted(self.documents))
        return tuple(sorted(path for path in self.documents if self._differs(path)))

    @cached_property
    def _changed(self) -> tuple[Stage, ...]:
        return stages.changed(self.before.versions, self.deriver.versions)

    @property
    def outdated(self) -> frozenset[str]:
        """What must be taken out of the index."""
        return self.gone | (self.before.documents.keys() & self.to_add)

    @property
    def purges(self) -> bool:
        """Whether text has been removed, so that it must not stay in files unseen."""
        old, register = self.before.documents, self.plan.register
        replaced = old.keys() & self.to_add
        return bool(self.gone) or any(
            path not in self.documents
            or old[path].sha256 != self.documents[path].sha256
            or any(one.fact is Fact.HIDDEN for one in register.facts.get(path, ()))
            for path in replaced
        )

    def _differs(self, path: str) -> bool:
        old, new = self.before.documents.get(path), self.documents[path]
        if old is None or _made_of(old) != _made_of(new):
            return True
        corrected = path in self.plan.register.facts
        return corrected and any(stage.stale is Stale.CORRECTED for stage in self._changed)

    def fresh(self) -> Iterator[Document]:
        """Yield the documents to put in; one that can no longer be read is left out."""
        for path in self.to_add:
            if path in self.plan.missing and self._was_corrected(path):
                # What people have corrected or hidden in it is gone with it.
                self._drop(path, "Filen saknas i mappen, och med den det som är rättat i den.")
                continue
            try:
                with logs.document(path):
                    document = self.deriver.document(self.plan.job(path))
            except UserError as error:
                _log.warning("%s is left out: %s", path, error)
                self._drop(path, str(error))
            except OSError:
                raise
            except Exception as error:
                _log.exception("%s could not be understood", path)
                self._drop(path, f"Internt fel ({type(error).__name__}), se loggen.")
            else:
                yield self._finished(document)

    def _was_corrected(self, path: str) -> bool:
        before = self.before.documents.get(path) or self.before.duplicates.get(path)
        return bool(before and before.said)

    def _drop(self, path: str, reason: str) -> None:
        self.plan.fail(path, reason, again=True)
        del self.documents[path]

    def _finished(self, document: Document) -> Document:
        """Return a document as people have corrected it, and note what is to be said of it."""
        path, register = document.id, self.plan.register
        for correction in repair.unfit(document.source, register.by_path.get(path, ())):
            why = f"Rättningen av ”{correction.original}” passar inte: ordet står inte i texten."
            self.remarks.append(Remark(path, why))
        minutes = parse.with_neighbours(document.minutes, self.weighed.get(path))
        document = replace(document, minutes=minutes)
        document, misfits = corrections.apply(document, register.facts.get(path, ()))
        self.remarks += (Remark(path, why) for why in misfits)
        if document.minutes.date.is_doubtful:
            self.doubtful.append(path)
        # An article is of no meeting, so it lacks no date and no municipality.
        if not articles.is_article(path) and (doubtful := tuple(doubts(document))):
            self.doubts[path] = doubtful
        if len(self.words) < SAMPLE:
            words = (token.text for token in tokenize.tokenize(document.repaired.text))
            self.words += [word for word in [max(words, key=len, default="")] if word]
        return document

    def manifest(self, blank: Manifest) -> Manifest:
        """Return `blank` filled in: of documents that stayed as they were, what was said stays."""
        stayed = self.documents.keys() - self.to_add
        said = {path: why for path, why in self.before.doubts.items() if path in stayed}
        remarks = [Remark(own.path, own.reason) for own in self.plan.register.problems]
        for path, own in self.duplicates.items():
            if own.corrected:
                why = f"Rättningarna används inte: dokumentet säger detsamma som ”{own.first}”."
                remarks.append(Remark(path, why))
        remarks += (own for own in self.before.remarks if own.path in stayed)
        return msgspec.structs.replace(
            blank,
            documents=self.documents,
            duplicates=self.duplicates,
            failures=tuple(self.plan.failures[path] for path in sorted(self.plan.failures)),
            doubts=said | self.doubts,
            remarks=tuple(sorted([*remarks, *self.remarks], key=lambda own: own.path)),
            alone=self.purges,
        )


def _made_of(entry: Fingerprint) -> tuple[str, str, str]:
    return entry.content, entry.said, entry.weighed


def _digest(weighed: SeriesResult) -> str:
    return hashlib.blake2b(msgspec.msgpack.encode(weighed), digest_size=16).hexdigest()
