"""Files that are whole or not there, whatever happens while they are written.

A new file is written aside and linked to its name, which never replaces a file. Where the
file system has no hard links (SMB, exFAT) the name is taken by an empty file first, and the
finished one moved over it: a machine that stops between the two leaves the empty file.
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
"""What file systems answer that lack hard links, permissions or synced folders; Linux says
EPERM of hard links on exFAT."""

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
"""Modes of what only the program's account may read."""


def create(target: Path, data: bytes, *, private: bool = False) -> None:
    """Write a new file and see it safely on disk before returning.

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
    """Let a file be found at `target` too: linked, or copied with its times and permissions.

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
    """Let a finished file be found by the name `target`, unless something has that name."""
    if _linked(aside, target):
        return
    target.open("xb").close()
    try:
        aside.replace(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def replace(target: Path, data: bytes) -> None:
    """Write a file in place of what was there, if anything, and see it safely on disk.

    What is replaced gives its permissions.

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
    """Write a file that can be made again: whole for all who read it, but not seen to disk.

    It holds what was made of documents, so only the program's account may read it.

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
    """Give a file beside `target` with `data` in it; it is gone afterwards, whatever happens."""
    aside = target.with_name(f".{secrets.token_hex(8)}.ny")
    try:
        mode = PRIVATE_FILE if private else 0o666
        with open(aside, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as handle:
            handle.write(data)
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def append(target: Path, line: bytes) -> None:
    """Add one line to a file and see it safely on disk before returning.

    A line that was cut off there, because the machine stopped or the disk was full, is ended
    first, so that it costs no other.

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
    """See a file, or the names in a folder, safely on disk."""
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
    """Pass over what a file system cannot do at all."""
    try:
        yield
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
