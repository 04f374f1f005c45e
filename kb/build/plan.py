"""What a build has to do: which originals have changed, and what stands for what."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec

from kb.build import stages
from kb.build.manifest import Duplicate, Failure, Fingerprint, Manifest
from kb.build.process import ProcessingJob, ProcessingOutcome
from kb.build.stages import Stage
from kb.corrections import Register
from kb.library import Original
from kb.parse import SeriesInput


@dataclass
class BuildPlan:
    """The originals of a library, and what is known of each.

    Attributes:
        originals: The originals by path.
        register: What people have corrected.
        jobs: What must be derived anew, or looked at whether it must.
        known: What came of originals that have been looked at.
        failures: Originals that could not be taken in.
        series: What documents are weighed by against each other.
        missing: Originals whose files are gone, and that are kept in the index.
    """

    originals: dict[str, Original]
    register: Register
    jobs: list[ProcessingJob]
    known: dict[str, Fingerprint] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    series: dict[str, SeriesInput] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        originals: Iterable[Original],
        register: Register,
        before: Manifest,
        series: Mapping[str, SeriesInput],
        now: Manifest,
        missing: frozenset[str] = frozenset(),
        full: bool,
    ) -> BuildPlan:
        """Compare a library with what the last build saw.

        Args:
            originals: The library.
            register: What people have corrected in it.
            before: What the generation in use was made of.
            series: What its documents were weighed by.
            now: What the new one is to be made of; its documents are not looked at.
            missing: Those of the originals whose files are gone, and that are kept.
            full: Whether to look at all anew.
        """
        plan = cls({own.path: own for own in originals}, register, [], missing=missing)
        seen = _entries(before)
        stale = _Stale(before, now, register.facts.keys())
        for path, original in plan.originals.items():
            entry = seen.get(path)
            if original.unusable:
                plan.fail(path, original.unusable)
            elif full or entry is None or not _is_same(entry, original) or stale(path, entry):
                plan._add_job(original, entry)
            elif isinstance(entry, Failure):
                plan.failures[path] = entry
            elif path in series:
                plan.known[path] = entry
                plan.series[path] = series[path]
            else:
                plan._add_job(original, entry)
        return plan

    def _add_job(self, original: Original, entry: Fingerprint | Failure | None) -> None:
        known = None
        if entry and entry.sha256 and _is_same_file(entry, original):
            known = entry.sha256
        own = self.register.by_path.get(original.path, ())
        self.jobs.append(ProcessingJob(original, known, own, original.path in self.missing))

    def job(self, path: str) -> ProcessingJob:
        """Return the job of deriving a document that has been looked at."""
        own = self.register.by_path.get(path, ())
        sha256 = self.known[path].sha256
        return ProcessingJob(self.originals[path], sha256, own, path in self.missing)

    def note(self, outcome: ProcessingOutcome) -> None:
        """Remember what came of a job."""
        own = outcome.job.original
        if outcome.failure:
            self.fail(own.path, outcome.failure, waiting=outcome.waits, again=outcome.again)
            return
        if outcome.kept:
            self.series[own.path] = outcome.kept
        self.known[own.path] = Fingerprint(
            size=own.size,
            modified=own.modified,
            sha256=outcome.sha256,
            corrected=own.corrected,
            content=outcome.content,
            said=self._said(own.path),
            words=outcome.words,
            damaged=outcome.damaged,
            waits=outcome.waits,
        )

    def fail(
        self,
        path: str,
        reason: str,
        *,
        waiting: bool = False,
        again: bool = False,
        withheld: bool = False,
    ) -> None:
        """Remember that an original could not be taken in, or may not be."""
        known = self.known.pop(path, None)
        own = self.originals[path]
        self.failures[path] = Failure(
            path=path,
            reason=reason,
            size=own.size,
            modified=own.modified,
            corrected=own.corrected,
            waiting=waiting,
            again=again,
            withheld=withheld,
            sha256=known.sha256 if known and withheld else "",
        )

    def _said(self, path: str) -> str:
        said = self.register.by_path.get(path, ()), self.register.facts.get(path, ())
        if said == ((), ()):
            return ""
        return hashlib.blake2b(msgspec.msgpack.encode(said), digest_size=16).hexdigest()

    def shown(self, before: Container[str]) -> tuple[dict[str, Fingerprint], dict[str, Duplicate]]:
        """Return the originals to be shown, and those that say what one of them says.

        Args:
            before: Those that have been shown up to now; they go first, so that addresses hold.
        """
        first: dict[str, str] = {}
        documents: dict[str, Fingerprint] = {}
        duplicates: dict[str, Duplicate] = {}
        for path in sorted(self.known, key=lambda path: (path not in before, path)):
            entry = self.known[path]
            other = first.setdefault(entry.words, path) if entry.words else path
            if other == path:
                documents[path] = (
                    Fingerprint(**_values(entry)) if isinstance(entry, Duplicate) else entry
                )
            else:
                duplicates[path] = Duplicate(**_values(entry), first=other)
        return documents, duplicates


@dataclass(frozen=True)
class _Stale:
    """Tells whether something else than its file has changed that may concern an original."""

    before: Manifest
    now: Manifest
    fact_paths: Collection[str]

    @cached_property
    def changed(self) -> tuple[Stage, ...]:
        """The stages of another version."""
        return stages.changed(self.before.versions, self.now.versions)

    @cached_property
    def recognises(self) -> bool:
        """Whether text recognition has come or changed."""
        now = self.now.text_recognition
        return now is not None and now != self.before.text_recognition

    @cached_property
    def decided(self) -> bool:
        """Whether what is decided elsewhere has changed."""
        return self.now.elsewhere != self.before.elsewhere

    def __call__(self, path: str, entry: Fingerprint | Failure) -> bool:
        if isinstance(entry, Failure):
            return entry.again or self._concerned(path) or (entry.waiting and self.recognises)
        return (
            self._concerned(path)
            or not entry.content
            or (entry.waits and self.recognises)
            or (entry.damaged and self.decided)
        )

    def _concerned(self, path: str) -> bool:
        """Tell whether a stage that worked on an original has changed."""
        corrected = path in self.fact_paths
        return any(stages.concerns(stage, path, corrected=corrected) for stage in self.changed)


def _values(entry: Fingerprint) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Fingerprint.__struct_fields__}


def _entries(manifest: Manifest) -> dict[str, Fingerprint | Failure]:
    failures = {failure.path: failure for failure in manifest.failures}
    return {**manifest.documents, **manifest.duplicates, **failures}


def _is_same_file(entry: Fingerprint | Failure, original: Original) -> bool:
    return (entry.size, entry.modified) == (original.size, original.modified)


def _is_same(entry: Fingerprint | Failure, original: Original) -> bool:
    return _is_same_file(entry, original) and entry.corrected == original.corrected
