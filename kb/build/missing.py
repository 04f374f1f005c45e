"""Documents whose files are gone from the library, many at once: kept until somebody decides.

A network drive that is not connected looks like an empty folder. So when more than a few
documents, and more than a tenth of all, or all of a top folder, are gone at once, a build
keeps them in the index and asks. What is removed on the pages, or moved, is not missing.

The answer is stored beside the index, since the library may not be available. Paths
that it names are kept, or may go, for as long as their files are gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from kb import durable, layout
from kb.build.manifest import Fingerprint, Manifest
from kb.errors import UserError, because
from kb.library import Original, log, trash

FEW = 5
"""Documents that may go at once without a question."""

SHARE = 10
"""Share of all documents that may go at once without a question: one in this many."""


class MissingAnswer(StrEnum):
    """What to do with what is missing; the values are form values."""

    REMOVE = "ta-bort"
    KEEP = "behall"


class Answers(msgspec.Struct, frozen=True):
    """Paths that somebody has decided about."""

    keep: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()


class Missing(msgspec.Struct, frozen=True):
    """What is gone and stays in the index.

    Attributes:
        asked: What somebody has to decide about.
        kept: What somebody has decided to keep.
    """

    asked: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        """All of it."""
        return self.asked | self.kept


def find(
    library: Path, index: Path, originals: Collection[Original], manifest: Manifest
) -> Missing:
    """Compare a library with what the index holds; return what is missing."""
    known = {**manifest.documents, **manifest.duplicates}
    there = {original.path for original in originals}
    gone = {path: entry for path, entry in known.items() if path not in there}
    if not gone:
        return Missing()
    answers = _load(index)
    doubtful = frozenset(gone) & (frozenset(manifest.missing) | answers.keep)
    if len(gone) > FEW and len(gone) * SHARE > len(known):
        doubtful |= frozenset(gone)
    doubtful |= _of_whole_folders(library, known, gone)
    if not doubtful:
        return Missing()
    doubtful -= _removed(library) | _moved(gone, known, originals) | answers.remove
    return Missing(doubtful - answers.keep, doubtful & answers.keep)


def originals_of(library: Path, manifest: Manifest, paths: Iterable[str]) -> Iterator[Original]:
    """Yield missing originals as the index knows them."""
    known = {**manifest.documents, **manifest.duplicates}
    for path in sorted(paths):
        entry = known[path]
        yield Original(
            path=path,
            file=library / path,
            size=entry.size,
            modified=entry.modified,
            corrected=entry.corrected,
        )


def answer(index: Path, paths: Collection[str], what: MissingAnswer) -> None:
    """Save the decision about missing documents; the next build carries it out.

    Raises:
        UserError: It cannot be saved.
    """
    before, said = _load(index), frozenset(paths)
    if what is MissingAnswer.KEEP:
        now = Answers(before.keep | said, before.remove - said)
    else:
        now = Answers(before.keep - said, before.remove | said)
    try:
        durable.put(index / layout.MISSING_ANSWERS, msgspec.json.encode(now))
    except OSError as error:
        raise UserError(f"Svaret gick inte att spara: {because(error)}.") from error


def question(count: int) -> str:
    """Return in Swedish what is asked about so many missing documents."""
    notes = "1 anteckning" if count == 1 else f"{count} anteckningar"
    return f"{notes} saknas i mappen. Är den ansluten?"


def _load(index: Path) -> Answers:
    try:
        return msgspec.json.decode((index / layout.MISSING_ANSWERS).read_bytes(), type=Answers)
    except (OSError, msgspec.DecodeError, ValueError):
        return Answers()


def _of_whole_folders(
    library: Path, known: Collection[str], gone: Collection[str]
) -> frozenset[str]:
    """Return what is gone of top folders of which all is; one file alone is taken as removed."""
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for path in known:
        top, below, _ = path.partition("/")
        if below:
            folders[top].add(path)
    whole = (
        paths
        for top, paths in folders.items()
        if paths <= set(gone) and (len(paths) > 1 or not (library / top).is_dir())
    )
    return frozenset(path for paths in whole for path in paths)


def _removed(library: Path) -> frozenset[str]:
    """Return what people have removed on the pages or the command line."""
    events = log.events(library)
    emptied = {event.path for event in events if event.act is log.Act.REMOVE}
    return frozenset({one.path for one in trash.removed(library)} | emptied)


def _moved(
    gone: dict[str, Fingerprint], known: Collection[str], originals: Iterable[Original]
) -> frozenset[str]:
    """Return what seems to have been moved within the library, by size and time of change."""
    new = {(one.size, one.modified) for one in originals if one.path not in known}
    return frozenset(path for path, entry in gone.items() if (entry.size, entry.modified) in new)
