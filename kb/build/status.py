"""Whether the index is current: compares it with the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kb import read
from kb.build import checksums, generations, missing, settling, stages
from kb.build.manifest import Failure, Fingerprint, Manifest, Remark
from kb.errors import UserError
from kb.library import Library, Original

_DAMAGED = "Indexet är skadat och lagas när det byggs om."


@dataclass(frozen=True, slots=True)
class FileTally:
    """Counts of the files in the library by their outcome; they add up to all of them.

    Attributes:
        searchable: Those the index holds.
        duplicates: Those with the same words as a searchable one.
        waiting: Those that are read once what they need is installed.
        failed: Those that cannot be read.
        withheld: Those that readers may not see until an editor has checked them.
        new: Those that no build has seen yet.
    """

    searchable: int = 0
    duplicates: int = 0
    waiting: int = 0
    failed: int = 0
    new: int = 0
    withheld: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        read = self.searchable + self.duplicates + self.withheld
        return read + self.waiting + self.failed + self.new


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index beside its library.

    Attributes:
        problems: Swedish sentences about what is wrong, empty if all is well.
        command: The command that fixes it, or None.
        originals: Files in the library.
        searchable: Documents in the index.
        failures: Originals that could not be taken in.
        built: When the index was built, UTC.
        remarks: Corrections that could not be used.
        tally: Counts of the files in the library by their outcome.
        duplicates: Paths of duplicates, and the path of the original each repeats.
        doubts: What is doubtful about a document, by path.
        new: Paths that no build has seen yet.
        gone: Documents still in the index whose file is no longer there.
        size: Bytes of the index.
        missing: Documents whose files are gone, kept until somebody decides.
    """

    problems: tuple[str, ...]
    command: str | None
    originals: int = 0
    searchable: int = 0
    failures: tuple[Failure, ...] = ()
    built: dt.datetime | None = None
    remarks: tuple[Remark, ...] = ()
    tally: FileTally = FileTally()
    duplicates: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    gone: int = 0
    size: int = 0
    missing: tuple[str, ...] = ()

    @property
    def withheld(self) -> Mapping[str, str]:
        """Why documents are withheld from readers until an editor has checked them, by path."""
        return {failure.path: failure.reason for failure in self.failures if failure.withheld}

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def message(self) -> str | None:
        """What is wrong, in one paragraph."""
        return " ".join(self.problems) or None


def status(library: Path, index: Path, unsettled: Collection[str] = ()) -> Status:
    """Compare the index with the library: versions, and files new, changed and gone.

    Args:
        library: The originals.
        index: The index folder.
        unsettled: Originals that are being written, compared as the index knows them.
    """
    command = f"kb build {library} --index {index}"
    try:
        seen = {original.path: original for original in Library(library).originals()}
    except UserError as error:
        return Status((str(error),), None)
    damage = (_DAMAGED,) if generations.is_damaged(index) else ()
    generation = generations.current(index)
    if generation is None:
        tally = FileTally(new=len(seen))
        problems = damage or ("Det finns inget index än.",)
        return Status(problems, command, len(seen), tally=tally, new=tuple(seen))
    manifest = generation.manifest()
    if unsettled:
        originals = settling.settled(library, seen.values(), manifest, unsettled)
        seen = {original.path: original for original in originals}
    gone = missing.find(library, index, tuple(seen.values()), manifest)
    lost = missing.originals_of(library, manifest, gone.paths)
    seen |= {original.path: original for original in lost}
    asked = (missing.question(len(gone.asked)),) if gone.asked else ()
    problems = (
        *damage,
        *asked,
        *_outdated(manifest),
        *_changed_files(manifest, seen),
        *_readable_now(manifest, seen.keys()),
    )
    return Status(
        problems=problems,
        command=command if len(problems) > len(asked) else None,
        originals=len(seen) - len(gone.paths),
        searchable=len(manifest.documents),
        failures=manifest.failures,
        built=manifest.built,
        remarks=manifest.remarks,
        tally=_tally(manifest, seen.keys() - gone.paths),
        duplicates={path: entry.first for path, entry in manifest.duplicates.items()},
        doubts=manifest.doubts,
        new=tuple(sorted(seen.keys() - _known(manifest).keys())),
        gone=len(manifest.documents.keys() - seen.keys()),
        missing=tuple(sorted(gone.asked)),
        size=_size(generation.folder),
    )


def verify(index: Path) -> tuple[str, ...]:
    """Read every file of every generation, and return those that are damaged.

    A generation with one is marked as damaged, so that it is not opened and the next build
    replaces it.
    """
    found = []
    for generation in generations.all_of(index):
        damaged = checksums.damaged(generation.folder, deep=True)
        found += [f"{generation.name}/{path}" for path in damaged]
        if damaged:
            with suppress(OSError):  # even if it cannot be marked, it is returned
                checksums.mark(generation.folder)
    return tuple(found)


def _size(folder: Path) -> int:
    """Return the bytes of all files in a folder; files deleted meanwhile count as 0."""
    total = 0
    for file in folder.rglob("*"):
        with suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total


def _known(manifest: Manifest) -> dict[str, Fingerprint | Failure]:
    failures = {failure.path: failure for failure in manifest.failures}
    return {**manifest.documents, **manifest.duplicates, **failures}


def _tally(manifest: Manifest, seen: Set[str]) -> FileTally:
    waiting = {failure.path for failure in manifest.failures if failure.waiting}
    withheld = {failure.path for failure in manifest.failures if failure.withheld}
    failed = {failure.path for failure in manifest.failures} - waiting - withheld
    return FileTally(
        searchable=len(seen & manifest.documents.keys()),
        duplicates=len(seen & manifest.duplicates.keys()),
        waiting=len(seen & waiting),
        failed=len(seen & failed),
        new=len(seen - _known(manifest).keys()),
        withheld=len(seen & withheld),
    )


def _outdated(manifest: Manifest) -> list[str]:
    labels = stages.labels(stages.changed(manifest.versions, stages.versions()))
    return [f"Indexet är byggt med en annan version av {', '.join(labels)}."] if labels else []


def _readable_now(manifest: Manifest, seen: Set[str]) -> list[str]:
    """Report what was pending text recognition, if that has been installed since."""
    waiting = {failure.path for failure in manifest.failures if failure.waiting}
    waiting |= {path for path, entry in manifest.documents.items() if entry.waits}
    count = len(waiting & seen)
    if not count or read.text_recognition() in (None, manifest.text_recognition):
        return []
    files = "fil" if count == 1 else "filer"
    return [f"Textigenkänning har installerats: {count} {files} som väntar kan läsas nu."]


def _changed_files(manifest: Manifest, seen: dict[str, Original]) -> list[str]:
    known = _known(manifest)
    both = known.keys() & seen.keys()
    new, gone = len(seen.keys() - known.keys()), len(known.keys() - seen.keys())
    changed = sum(
        (known[path].size, known[path].modified) != (seen[path].size, seen[path].modified)
        for path in both
    )
    corrected = sum(known[path].corrected != seen[path].corrected for path in both)
    counts = ((new, "nya"), (changed, "ändrade"), (gone, "borttagna"))
    parts = [f"{count} {word}" for count, word in counts if count]
    problems = []
    if parts:
        problems.append(f"Biblioteket har ändrats sedan indexet byggdes: {', '.join(parts)}.")
    if corrected:
        problems.append(f"Rättningarna av {corrected} dokument har ändrats sedan indexet byggdes.")
    return problems
