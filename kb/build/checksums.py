"""Checksums of a generation's files.

A file beside them holds size, time and digest of each. The check is cheap: a large file whose
size and time are as recorded is trusted; small files, and those whose time differs, are read.
`deep` reads all, and finds what a failing disk has changed silently.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from kb import layout

_log = logging.getLogger(__name__)

_SMALL = 1 << 20
"""Bytes of a file that is read whenever a generation is opened."""


class FileSum(msgspec.Struct, frozen=True, array_like=True):
    """What a file was when it was written."""

    size: int
    modified: int
    digest: str


class _Age(msgspec.Struct):
    """What a manifest says of its generation's checksums."""

    summed: bool = False


_Sums = dict[str, FileSum]


def write(folder: Path, old: Path | None = None) -> None:
    """Record the checksums of the files in `folder`; those linked from `old` are not read again."""
    known = (_read(old) if old else None) or {}
    sums = {path: _sum(folder / path, known.get(path)) for path in _files(folder)}
    noted = msgspec.json.encode(sums)
    (folder / layout.CHECKSUMS).write_bytes(_digest(noted).encode() + b"\n" + noted)


def damaged(folder: Path, *, deep: bool = False) -> tuple[str, ...]:
    """Return the files in `folder` that are missing or not as they were written."""
    marked = (layout.DAMAGED,) if (folder / layout.DAMAGED).exists() else ()
    sums = _read(folder)
    if sums is None:
        return marked if _is_older(folder) else (*marked, layout.CHECKSUMS)
    wrong = (path for path, noted in sums.items() if not _is_same(folder / path, noted, deep))
    found = (*marked, *wrong)
    if found:
        _log.error("%s is damaged: %s", folder, ", ".join(found))
    return found


def mark(folder: Path) -> None:
    """Mark a generation as damaged, so that it is never opened again.

    Raises:
        OSError: It cannot be noted.
    """
    (folder / layout.DAMAGED).touch()


def look(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what identifies the state of a folder, without reading its files."""
    found = []
    for file in folder.rglob("*"):
        with suppress(OSError):
            stat = file.stat()
            found.append((str(file), stat.st_size, stat.st_mtime_ns))
    return tuple(sorted(found))


def _is_older(folder: Path) -> bool:
    """Tell whether a generation was made by a version that recorded no checksums."""
    try:
        manifest = (folder / layout.MANIFEST).read_bytes()
        summed = msgspec.json.decode(manifest, type=_Age).summed
    except (OSError, msgspec.DecodeError, ValueError):
        return False
    return not summed and not (folder / layout.CHECKSUMS).exists()


def _is_same(file: Path, noted: FileSum, deep: bool) -> bool:
    try:
        stat = file.stat()
        if stat.st_size != noted.size:
            return False
        believed = stat.st_mtime_ns == noted.modified and stat.st_size > _SMALL
        return (believed and not deep) or _digest_of(file) == noted.digest
    except OSError:
        return False


def _read(folder: Path) -> _Sums | None:
    """Return the checksums of a generation; None if none are usable."""
    try:
        digest, _, noted = (folder / layout.CHECKSUMS).read_bytes().partition(b"\n")
        sums = msgspec.json.decode(noted, type=_Sums)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    return sums if digest.decode("ascii", "replace") == _digest(noted) else None


def _sum(file: Path, known: FileSum | None) -> FileSum:
    stat = file.stat()
    if known and (known.size, known.modified) == (stat.st_size, stat.st_mtime_ns):
        return known
    return FileSum(stat.st_size, stat.st_mtime_ns, _digest_of(file))


def _files(folder: Path) -> Iterator[str]:
    """Yield the files of a generation; locks are no part of it."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.endswith("LOCK") and file.name != layout.CHECKSUMS:
            yield file.relative_to(folder).as_posix()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _digest_of(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
