"""From the outcomes of a plan to the documents of an index, and remarks about them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
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
from kb.corrections import Register
from kb.errors import UserError
from kb.model import Document, Fact, FactCorrection
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
        weighed: What documents change in one another.
        elsewhere: What is hidden in the duplicates of a document.
        doubts: What is doubtful about documents that were put in.
        remarks: Problems with the corrections of these.
        doubtful: Those of them whose date is in doubt.
        words: A word of some of them, for the check to search for.
    """

    plan: BuildPlan
    deriver: Processor
    before: Manifest
    is_whole: bool
    documents: dict[str, Fingerprint]
    duplicates: dict[str, Duplicate]
    weighed: Mapping[str, SeriesResult]
    elsewhere: Mapping[str, tuple[FactCorrection, ...]]
    doubts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, plan: BuildPlan, deriver: Processor, before: Manifest, *, is_whole: bool) -> Update:
        """Work out from a completed plan which documents are shown, and how."""
        documents, duplicates = plan.shown(before.documents)
        elsewhere = _hidden_in_duplicates(plan.register, duplicates)
        weighed = parse.weigh_neighbours(plan.series[path] for path in sorted(documents))
        for path, entry in documents.items():
            digest = _digest(weighed[path]) if path in weighed else ""
            hidden = _digest(elsewhere[path]) if path in elsewhere else ""
            if (digest, hidden) != (entry.weighed, entry.hidden):
                documents[path] = msgspec.structs.replace(entry, weighed=digest, hidden=hidden)
        update = cls(
            plan=plan,
            deriver=deriver,
            before=before,
            is_whole=is_whole,
            documents=documents,
            duplicates=duplicates,
            weighed=weighed,
            elsewhere=elsewhere,
        )
        update._withhold_unfit()
        return update

    @cached_property
    def gone(self) -> frozenset[str]:
        """What the new generation no longer holds."""
        return frozenset(self.before.documents.keys() - self.documents.keys())

    @cached_property
    def to_add(self) -> tuple[str, ...]:
        """What must be put into the index."""
        return self._candidates()

    def _candidates(self) -> tuple[str, ...]:
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
        """Whether text has been removed, so that no file may still contain it."""
        old = self.before.documents
        replaced = old.keys() & self.to_add
        return bool(self.gone) or any(
            path not in self.documents
            or old[path].sha256 != self.documents[path].sha256
            or self._hidings(path)
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
                # Its corrections, and what they hide, are gone with it.
                self._drop(path, "Filen saknas i mappen, och med den det som är rättat i den.")
                continue
            try:
                with logs.document(path):
                    document = self.deriver.document(self.plan.job(path))
                if unfit := corrections.unfit_hidings(document, self._hidings(path)):
                    self._withhold(path, unfit)
                    continue
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

    def _withhold_unfit(self) -> None:
        """Withhold the documents in which something to be hidden is not found."""
        for path in self._candidates():
            if hidings := self._hidings(path):
                try:
                    document = self.deriver.document(self.plan.job(path))
                except Exception:  # `fresh` meets it too, and says so
                    continue
                if unfit := corrections.unfit_hidings(document, hidings):
                    self._withhold(path, unfit)

    def _withhold(self, path: str, unfit: Sequence[FactCorrection]) -> None:
        """Withhold a document from readers until an editor has checked what it is to hide."""
        headings = ", ".join(f"”{fact.value}”" for fact in unfit)
        reason = (
            f"{headings} ska vara dolt, men texten har inget sådant avsnitt. Ingen läsare ser "
            "anteckningen förrän någon har valt en annan rubrik, eller ångrat, under Rättningar."
        )
        # Tried at every build: with another reading it may fit again.
        self.plan.fail(path, reason, again=True, withheld=True)
        del self.documents[path]

    def _hidings(self, path: str) -> tuple[FactCorrection, ...]:
        """Return what is to be hidden in a document: by its sidecar, or that of a duplicate."""
        return (*_hidings_of(self.plan.register, path), *self.elsewhere.get(path, ()))

    def _finished(self, document: Document) -> Document:
        """Return a document as people have corrected it, and record remarks about it."""
        path, register = document.id, self.plan.register
        for correction in repair.unfit(document.source, register.by_path.get(path, ())):
            why = f"Rättningen av ”{correction.original}” passar inte: ordet står inte i texten."
            self.remarks.append(Remark(path, why))
        minutes = parse.with_neighbours(document.minutes, self.weighed.get(path))
        document = replace(document, minutes=minutes)
        said = register.facts.get(path, ())
        known = {fact.subject for fact in said}
        said = (*said, *(fact for fact in self._hidings(path) if fact.subject not in known))
        document, misfits = corrections.apply(document, said)
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
        """Return `blank` filled in; remarks about unchanged documents are kept."""
        stayed = self.documents.keys() - self.to_add
        said = {path: why for path, why in self.before.doubts.items() if path in stayed}
        remarks = [Remark(problem.path, problem.reason) for problem in self.plan.register.problems]
        for path, duplicate in self.duplicates.items():
            if duplicate.corrected:
                why = (
                    "Av rättningarna används bara vad som ska döljas: dokumentet säger detsamma "
                    f"som ”{duplicate.first}”."
                )
                remarks.append(Remark(path, why))
        remarks += (remark for remark in self.before.remarks if remark.path in stayed)
        return msgspec.structs.replace(
            blank,
            documents=self.documents,
            duplicates=self.duplicates,
            failures=tuple(self.plan.failures[path] for path in sorted(self.plan.failures)),
            doubts=said | self.doubts,
            remarks=tuple(sorted([*remarks, *self.remarks], key=lambda remark: remark.path)),
            alone=self.purges,
        )


def _made_of(entry: Fingerprint) -> tuple[str, ...]:
    return entry.content, entry.said, entry.weighed, entry.hidden


def _digest(decides: SeriesResult | Sequence[FactCorrection]) -> str:
    return hashlib.blake2b(msgspec.msgpack.encode(decides), digest_size=16).hexdigest()


def _hidings_of(register: Register, path: str) -> tuple[FactCorrection, ...]:
    return tuple(fact for fact in register.facts.get(path, ()) if fact.fact is Fact.HIDDEN)


def _hidden_in_duplicates(
    register: Register, duplicates: Mapping[str, Duplicate]
) -> dict[str, tuple[FactCorrection, ...]]:
    """Return what is hidden in duplicates, by the path of the document that is shown for them."""
    found: dict[str, tuple[FactCorrection, ...]] = {}
    for path in sorted(register.facts.keys() & duplicates.keys()):
        if hidings := _hidings_of(register, path):
            first = duplicates[path].first
            found[first] = (*found.get(first, ()), *hidings)
    return found
