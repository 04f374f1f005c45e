"""Whether the index can be trusted to show the library as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kb import generations, pipeline
from kb.errors import UserError
from kb.generations import Failure, Fingerprint, Manifest, Remark
from kb.library import Library, Original

_ROOMS = {
    "reader": "läsningen av filer",
    "repair": "lagningen av skadad text",
    "parser": "tolkningen av minnesanteckningar",
    "corrections": "rättningen av fakta",
    "analyzer": "den svenska ordanalysen",
    "engine": "sökmotorn",
}


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index beside its library.

    Attributes:
        problems: Swedish sentences about what is wrong, empty if all is well.
        command: The command that mends it, or None.
        originals: Files in the library.
        searchable: Documents in the index.
        failures: Originals that could not be taken in.
        built: When the index was built, UTC.
        remarks: Corrections that could not be used.
    """

    problems: tuple[str, ...]
    command: str | None
    originals: int = 0
    searchable: int = 0
    failures: tuple[Failure, ...] = ()
    built: dt.datetime | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def message(self) -> str | None:
        """What is wrong, in one paragraph."""
        return " ".join(self.problems) or None


def status(library: Path, index: Path) -> Status:
    """Compare the index with the library: versions, and files new, changed and gone."""
    command = f"kb build {library} --index {index}"
    try:
        seen = {original.path: original for original in Library(library).originals()}
    except UserError as error:
        return Status((str(error),), None)
    generation = generations.current(index)
    if generation is None:
        return Status(("Det finns inget index än.",), command, len(seen))
    manifest = generation.manifest()
    problems = (*_outdated_rooms(manifest), *_changed_files(manifest, seen))
    return Status(
        problems,
        command if problems else None,
        len(seen),
        len(manifest.documents),
        manifest.failures,
        manifest.built,
        manifest.remarks,
    )


def _outdated_rooms(manifest: Manifest) -> list[str]:
    rooms = [
        _ROOMS[room]
        for room, version in pipeline.versions().items()
        if manifest.versions.get(room) != version
    ]
    return [f"Indexet är byggt med en annan version av {', '.join(rooms)}."] if rooms else []


def _changed_files(manifest: Manifest, seen: dict[str, Original]) -> list[str]:
    known: dict[str, Fingerprint | Failure] = dict(manifest.documents)
    known |= {failure.path: failure for failure in manifest.failures}
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
