"""Atomic and durable file writes: a file is whole or not there.

A new file is written to a temporary name and linked to its name, which never replaces a file.
Where the file system has no hard links (SMB, exFAT) the name is reserved by an empty file, and
the finished one is moved over it: a machine that stops between the two leaves the empty file.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb import system

UNSUPPORTED = frozenset(
    getattr(errno, name)
    for name in ("EPERM", "EOPNOTSUPP", "ENOTSUP", "ENOSYS", "EINVAL", "EMLINK")
    if hasattr(errno, name)
)
"""Errors of file systems that lack hard links, permissions or synced folders; for hard links on
exFAT Linux returns EPERM."""

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
"""Modes of files and folders that only the program's account may read."""


def create(target: Path, data: bytes, *, private: bool = False) -> None:
    """Write a new file, synced to disk before this returns.

    Args:
        target: The file.
        data: What is to be in it.
        private: Whether only the program's account may read it.

    Raises:
        FileExistsError: There is one already; it is left as it is.
        OSError: It cannot be written; nothing is left behind.
    """
    with _written_aside(target, data, private=private) as aside:
        sync(aside)
        _name(aside, target)
    sync(target.parent)


def place(source: Path, target: Path) -> None:
    """Give a file the additional name `target`: linked, or copied with times and permissions.

    Raises:
        FileExistsError: There is a file there already; it is left as it is.
        OSError: It cannot be written; nothing is left behind.
    """
    if not _linked(source, target):
        create(target, source.read_bytes())
        with _unless_unsupported():
            shutil.copystat(source, target)


def _linked(source: Path, target: Path) -> bool:
    """Link a file, which never replaces another; return whether the file system has links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        return False
    return True


def _name(aside: Path, target: Path) -> None:
    """Give a finished file the name `target`, unless that name is taken."""
    if _linked(aside, target):
        return
    target.open("xb").close()
    try:
        aside.replace(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def replace(target: Path, data: bytes) -> None:
    """Write or replace a file, synced to disk before this returns.

    The permissions of a replaced file are kept.

    Raises:
        OSError: It cannot be written; what was there is left as it is.
    """
    with _written_aside(target, data) as aside:
        sync(aside)
        if target.exists():
            with _unless_unsupported():
                shutil.copymode(target, aside)
        aside.replace(target)
    sync(target.parent)


def put(target: Path, data: bytes) -> None:
    """Write a file that can be made again: atomically, but not synced to disk.

    It is derived from documents, so only the program's account may read it.

    Raises:
        OSError: It cannot be written; what was there is left as it is.
    """
    private_folder(target.parent)
    with _written_aside(target, data, private=True) as aside:
        aside.replace(target)


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the program's account alone.

    Raises:
        OSError: It cannot be made.
    """
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


@contextmanager
def _written_aside(target: Path, data: bytes, *, private: bool = False) -> Iterator[Path]:
    """Yield a temporary file beside `target` with `data` in it; it is always deleted afterwards."""
    aside = target.with_name(f".{secrets.token_hex(8)}.ny")
    try:
        mode = PRIVATE_FILE if private else 0o666
        with open(aside, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as handle:
            handle.write(data)
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def append(target: Path, line: bytes) -> None:
    """Append one line to a file, synced to disk before this returns.

    An incomplete last line, left when the machine stopped or the disk was full, is ended first,
    so that only that line is lost.

    Raises:
        OSError: It cannot be written.
    """
    with open(target, "a+b", buffering=0, opener=_private) as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = b"\n" + line
        if (file.write(line) or 0) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o640)


def sync(path: Path) -> None:
    """Sync a file, or the names in a folder, to disk."""
    if not path.is_dir():
        # Windows syncs only what is open for writing.
        handle = os.open(path, os.O_RDONLY if system.SYNCS_FOLDERS else os.O_RDWR)
    elif system.SYNCS_FOLDERS:
        handle = os.open(path, os.O_RDONLY)
    else:
        return
    try:
        with _unless_unsupported():
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _unless_unsupported() -> Iterator[None]:
    """Ignore what a file system does not support."""
    try:
        yield
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
