"""Generations of the index: built aside, checked, then switched to in one rename.

An index folder holds generations (`g-…`) and a file `CURRENT` that names the one
in use, as LevelDB does with its manifest. Only replacing that file switches; a
build that dies at any point leaves the old generation in use.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import msgspec

from kb import durable
from kb.errors import Busy, UserError, because

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINTER = "CURRENT"
_MANIFEST = "manifest.json"
_LOCK = ".lock"
_HOLDER = "holder"
_PATIENCE = 1.0  # seconds; somebody may only be looking whether the lock is held
_PREFIX = "g-"


class Fingerprint(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an original looked like when it was indexed, and what came of it.

    Attributes:
        size: Bytes.
        modified: Time of last change, in nanoseconds since 1970.
        sha256: Digest of its bytes.
        corrected: Size and time of last change of its sidecar.
        content: Digest of what was derived from it.
        said: Digest of what people have corrected in it.
        words: Digest of its words.
        damaged: Whether readings decided elsewhere may hold in it.
        waits: Whether some of it waits for text recognition.
        weighed: Digest of what other documents change in it.
    """

    size: int
    modified: int
    sha256: str
    corrected: tuple[int, int] | None = None
    content: str = ""
    said: str = ""
    words: str = ""
    damaged: bool = False
    waits: bool = False
    weighed: str = ""


class Duplicate(Fingerprint, frozen=True, kw_only=True):
    """An original that says what another one says; `first` is that one's library path."""

    first: str


class Failure(msgspec.Struct, frozen=True):
    """An original that could not be taken in, and why (Swedish, safe to show).

    If it is `waiting`, nothing is wrong with it: it is taken in once what it waits for is there.
    If it may pass by itself, the next build tries `again`.
    """

    path: str
    reason: str
    size: int
    modified: int
    corrected: tuple[int, int] | None = None
    waiting: bool = False
    again: bool = False


class Remark(msgspec.Struct, frozen=True):
    """Something about a file of the library that somebody should see to (Swedish, safe to show)."""

    path: str
    text: str


class Manifest(msgspec.Struct, frozen=True):
    """What a generation was made of.

    Attributes:
        versions: Version by room ("reader", "repair", "parser", "analyzer", "engine").
        built: When the build ended, UTC.
        documents: Fingerprint by library path.
        failures: Originals that are not in the index.
        remarks: Corrections that could not be used.
        duplicates: Originals that say what another one says, by library path.
        doubts: What is doubtful about a document, by library path (Swedish, safe to show).
        elsewhere: What people have decided that damaged words read in any document.
        text_recognition: The version of text recognition that was installed.
        decided: Digest of what people have decided about names.
        alone: Whether something was removed, so that no older generation may be kept.
    """

    versions: dict[str, str]
    built: dt.datetime
    documents: dict[str, Fingerprint]
    failures: tuple[Failure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    duplicates: dict[str, Duplicate] = {}
    doubts: dict[str, tuple[str, ...]] = {}
    elsewhere: dict[str, str] = {}
    text_recognition: str | None = None
    decided: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation on disk."""

    folder: Path

    @property
    def name(self) -> str:
        """The generation's name, new for every build."""
        return self.folder.name

    def manifest(self) -> Manifest:
        """Read the manifest."""
        return msgspec.json.decode((self.folder / _MANIFEST).read_bytes(), type=Manifest)


def current(index: Path) -> Generation | None:
    """Return the generation in use, or None if there is none that is whole."""
    try:
        name = (index / _POINTER).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = index / name
    if not name.startswith(_PREFIX) or not (folder / _MANIFEST).is_file():
        return None
    return Generation(folder)


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Give an empty folder to build a generation in, alone and swept of leftovers.

    The lock goes with the process that holds it, so a dead builder's is taken over.

    Raises:
        Busy: Another build is running.
        UserError: The folder cannot be written to.
    """
    lock = filelock.FileLock(index / _LOCK, timeout=_PATIENCE)
    folder = None
    try:
        index.mkdir(parents=True, exist_ok=True)
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
        (index / _HOLDER).write_text(str(os.getpid()), "ascii")
        _sweep(index)
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        folder = index / f"{_PREFIX}{stamp}-{secrets.token_hex(3)}"
        folder.mkdir()
        yield folder
    finally:
        now = current(index)
        if folder and (now is None or now.folder != folder):
            shutil.rmtree(folder, ignore_errors=True)  # it came to nothing
        lock.release()


def holder(index: Path) -> int | None:
    """Return the id of the process that builds in this folder right now, or None."""
    if not (index / _LOCK).exists():
        return None
    try:
        with filelock.FileLock(index / _LOCK, timeout=0):
            return None
    except filelock.Timeout:
        try:
            return int((index / _HOLDER).read_text("ascii"))
        except (OSError, ValueError):  # it has only just begun
            return None
    except OSError:
        return None


def publish(index: Path, folder: Path, manifest: Manifest) -> Generation:
    """Make the finished generation in `folder` the one in use, and durable."""
    (folder / _MANIFEST).write_bytes(msgspec.json.encode(manifest))
    for path in [*folder.rglob("*"), folder]:
        durable.sync(path)
    pointer = index / f"{_POINTER}.new"
    pointer.write_text(folder.name, "ascii")
    durable.sync(pointer)
    pointer.replace(index / _POINTER)
    durable.sync(index)
    _sweep(index)
    return Generation(folder)


def link(old: Path, new: Path) -> None:
    """Make the files of the folder `old` appear in the empty folder `new` too.

    Files are written once and then only deleted, so a link is as good as a copy; locks, which
    are held for one folder, stay where they are.
    """
    for file in old.iterdir():
        if file.is_file() and not file.name.endswith("LOCK"):
            link_file(file, new / file.name)


def link_file(old: Path, new: Path) -> None:
    """Make a file of a generation appear in another too."""
    try:
        os.link(old, new)
    except OSError:  # the file system has no links
        shutil.copy2(old, new)


def _sweep(index: Path) -> None:
    """Delete what is left of builds that came to nothing, and generations no longer of use.

    The one in use stays, and the one before it, which somebody may be about to open, unless
    it holds what has been removed.
    """
    now = current(index)
    keep = {now.name} if now else set()
    finished = sorted({file.parent.name for file in index.glob(f"{_PREFIX}*/{_MANIFEST}")} - keep)
    if now is None or not now.manifest().alone:
        keep.update(finished[-1:])
    for folder in index.glob(f"{_PREFIX}*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
