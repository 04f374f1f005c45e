"""Which files of the library are still being written; a build leaves those as they were.

A file is settled when its size and time are the same in two scans. Only the watcher scans
twice, so it lists beside the index what is not settled, and every build respects that list until
it expires: a file that grows for an hour delays no other, and its indexed version stays
searchable.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from kb import durable, layout
from kb.build.manifest import Failure, Fingerprint, Manifest
from kb.library import Original


class _Unsettled(msgspec.Struct, frozen=True):
    """What is not settled, and until when (seconds since 1970) that is valid."""

    paths: list[str]
    until: float


class Settling:
    """Compares one scan of the library with the one before."""

    def __init__(self) -> None:
        self._last: dict[str, Original] = {}

    def look(self, originals: Iterable[Original]) -> frozenset[str]:
        """Return the paths that are new, gone or not the same as the last time."""
        before, self._last = self._last, {one.path: one for one in originals}
        return frozenset(
            path
            for path in before.keys() | self._last.keys()
            if before.get(path) != self._last.get(path)
        )


def say(index: Path, paths: Collection[str], seconds: float) -> None:
    """Make builds of `index` ignore changes of `paths` for so many seconds.

    Raises:
        OSError: It cannot be written.
    """
    if paths:
        said = _Unsettled(sorted(paths), time.time() + seconds)
        durable.put(index / layout.UNSETTLED, msgspec.json.encode(said))
    else:
        (index / layout.UNSETTLED).unlink(missing_ok=True)


def unsettled(index: Path) -> frozenset[str]:
    """Return the paths whose changes a build of `index` ignores now."""
    try:
        said = msgspec.json.decode((index / layout.UNSETTLED).read_bytes(), type=_Unsettled)
    except (OSError, msgspec.DecodeError):
        return frozenset()
    return frozenset(said.paths) if time.time() < said.until else frozenset()


def settled(
    library: Path, originals: Iterable[Original], manifest: Manifest, paths: Collection[str]
) -> Iterator[Original]:
    """Yield the originals with those of `paths` as the index knows them, or left out."""
    for original in originals:
        if original.path not in paths:
            yield original
    if not paths:
        return
    failures = {failure.path: failure for failure in manifest.failures}
    known: dict[str, Fingerprint | Failure] = {
        **manifest.documents,
        **manifest.duplicates,
        **failures,
    }
    for path in paths:
        if entry := known.get(path):
            yield Original(path, library / path, entry.size, entry.modified, entry.corrected)
