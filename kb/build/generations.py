"""Generations of the index: built aside, checked, then switched to in one rename.

An index folder holds generations (`g-…`) and a file `CURRENT` that names the one
in use, as LevelDB does with its manifest. Only replacing that file switches; a
build that dies at any point leaves the old generation in use. One that is damaged is not
used: the one before it is, if it is whole.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import msgspec

from kb import durable, layout
from kb.build import checksums
from kb.build.manifest import Manifest
from kb.errors import Busy, UserError, because

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 1.0  # seconds; another process may only be testing whether the lock is held


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation on disk."""

    folder: Path

    @property
    def name(self) -> str:
        """The generation's name, new for every build."""
        return self.folder.name

    def manifest(self) -> Manifest:
        """Read the manifest.

        Raises:
            OSError: It is missing.
            msgspec.DecodeError: It is damaged, or another version's.
        """
        return msgspec.json.decode((self.folder / layout.MANIFEST).read_bytes(), type=Manifest)

    def is_whole(self) -> bool:
        """Tell whether a quick check finds it undamaged."""
        return _is_whole(self, checksums.look(self.folder))

    def sound_manifest(self) -> Manifest | None:
        """Read the manifest of a generation that may be damaged; None if the manifest itself is."""
        if not {layout.MANIFEST, layout.CHECKSUMS}.isdisjoint(checksums.damaged(self.folder)):
            return None
        try:
            return self.manifest()
        except (OSError, msgspec.DecodeError, ValueError):
            return None

    def is_there(self) -> bool:
        """Tell whether it was finished and has not been deleted."""
        return any((self.folder / name).is_file() for name in (layout.MANIFEST, layout.CHECKSUMS))


@lru_cache(maxsize=8)
def _is_whole(generation: Generation, look: tuple[tuple[str, int, int], ...]) -> bool:
    """Check a generation, once for each state of its files."""
    if checksums.damaged(generation.folder):
        return False
    try:
        generation.manifest()
    except (OSError, msgspec.DecodeError, ValueError):  # such as one of a later version
        return False
    return True


def named(index: Path) -> Generation | None:
    """Return the generation that was switched to last, damaged or not; None if there is none."""
    try:
        name = (index / layout.POINTER).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    generation = Generation(index / name)
    is_one = name.startswith(layout.GENERATION) and Path(name).name == name
    return generation if is_one and generation.is_there() else None


def current(index: Path) -> Generation | None:
    """Return the generation in use: the last one that is whole, or None if none is."""
    last = named(index)
    if last and last.is_whole():
        return last
    return next((one for one in all_of(index) if one != last and one.is_whole()), None)


def is_damaged(index: Path) -> bool:
    """Tell whether the generation that was switched to last cannot be used, or named."""
    last = named(index)
    return not last.is_whole() if last else bool(all_of(index))


def all_of(index: Path) -> list[Generation]:
    """Return every finished generation, damaged or not, the newest first."""
    found = map(Generation, index.glob(f"{layout.GENERATION}*"))
    return sorted((one for one in found if one.is_there()), key=lambda one: one.name, reverse=True)


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Lock the index, delete leftovers, and yield an empty folder to build a generation in.

    The lock is released with the process that holds it, so a dead builder's can be taken.

    Raises:
        Busy: Another build is running.
        UserError: The folder cannot be written to.
    """
    lock = filelock.FileLock(index / layout.BUILD_LOCK, timeout=_PATIENCE)
    folder = None
    try:
        durable.private_folder(index)
        lock.acquire()
    except filelock.Timeout as error:
        pid = holder(index)
        who = f" (process {pid})" if pid else ""
        raise Busy(f"En annan indexering pågår redan{who}. Försök igen när den är klar.") from error
    except OSError as error:
        raise UserError(
            f"Indexmappen ”{index}” går inte att skriva i: {because(error)}."
        ) from error
    try:
        (index / layout.BUILD_HOLDER).write_text(str(os.getpid()), "ascii")
        _sweep(index)
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        folder = index / f"{layout.GENERATION}{stamp}-{secrets.token_hex(3)}"
        _make_private(index)
        folder.mkdir(mode=durable.PRIVATE_FOLDER)
        yield folder
    finally:
        if folder and named(index) != Generation(folder):
            shutil.rmtree(folder, ignore_errors=True)  # it was not finished
        lock.release()


def holder(index: Path) -> int | None:
    """Return the id of the process that builds in this folder right now, or None."""
    if not (index / layout.BUILD_LOCK).exists():
        return None
    try:
        with filelock.FileLock(index / layout.BUILD_LOCK, timeout=0):
            return None
    except filelock.Timeout:
        try:
            return int((index / layout.BUILD_HOLDER).read_text("ascii"))
        except (OSError, ValueError):  # it has only just started
            return None
    except OSError:
        return None


def publish(
    index: Path, folder: Path, manifest: Manifest, old: Generation | None = None
) -> Generation:
    """Make the finished generation in `folder` the one in use, and durable.

    Args:
        index: The index folder.
        folder: The generation.
        manifest: What it is made of.
        old: A generation that files of it are linked from.
    """
    (folder / layout.MANIFEST).write_bytes(msgspec.json.encode(manifest))
    checksums.write(folder, old.folder if old else None)
    for path in [*folder.rglob("*"), folder]:
        path.chmod(durable.PRIVATE_FOLDER if path.is_dir() else durable.PRIVATE_FILE)
        durable.sync(path)
    pointer = index / f"{layout.POINTER}.new"
    pointer.write_text(folder.name, "ascii")
    durable.sync(pointer)
    pointer.replace(index / layout.POINTER)
    durable.sync(index)
    _sweep(index)
    return Generation(folder)


def _make_private(index: Path) -> None:
    """Restrict an index, which contains the documents, to this account."""
    for folder in (index, *(path for path in index.iterdir() if path.is_dir())):
        with suppress(OSError):  # owned by another account, or a share without modes
            folder.chmod(durable.PRIVATE_FOLDER)


def link(old: Path, new: Path) -> None:
    """Link the files of the folder `old` into the empty folder `new`.

    Files are written once and then only deleted, so a link is as good as a copy; locks, which
    are held for one folder, stay where they are.
    """
    for file in old.iterdir():
        if file.is_file() and not file.name.endswith("LOCK"):
            link_file(file, new / file.name)


def link_file(old: Path, new: Path) -> None:
    """Link a file of a generation into another."""
    try:
        os.link(old, new)
    except OSError:  # the file system has no links
        shutil.copy2(old, new)


def _sweep(index: Path) -> None:
    """Delete leftovers of unfinished builds, and generations no longer needed.

    The one in use stays, and the one before it, which another process may be about to open,
    unless it contains what has been removed.
    """
    now = current(index)
    keep = {now.name} if now else set()
    finished = sorted(
        {file.parent.name for file in index.glob(f"{layout.GENERATION}*/{layout.MANIFEST}")} - keep
    )
    if now is None or not now.manifest().alone:
        keep.update(finished[-1:])
    for folder in index.glob(f"{layout.GENERATION}*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
