"""Files that are whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def create(target: Path, data: bytes) -> None:
    """Write a new file and see it safely on disk before returning.

    Raises:
        FileExistsError: There is one already; it is left as it is.
        OSError: It cannot be written; nothing is left behind.
    """
    with _written_aside(target, data) as aside:
        sync(aside)
        os.link(aside, target)  # unlike a rename it never replaces a file
    sync(target.parent)


def replace(target: Path, data: bytes) -> None:
    """Write a file in place of what was there, if anything, and see it safely on disk.

    What is replaced gives its permissions.

    Raises:
        OSError: It cannot be written; what was there is left as it is.
    """
    with _written_aside(target, data) as aside:
        sync(aside)
        if target.exists():
            shutil.copymode(target, aside)
        aside.replace(target)
    sync(target.parent)


def put(target: Path, data: bytes) -> None:
    """Write a file that can be made again: whole for all who read it, but not seen to disk.

    Raises:
        OSError: It cannot be written; what was there is left as it is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _written_aside(target, data) as aside:
        aside.replace(target)


@contextmanager
def _written_aside(target: Path, data: bytes) -> Iterator[Path]:
    """Give a file beside `target` with `data` in it; it is gone afterwards, whatever happens."""
    aside = target.with_name(f".{secrets.token_hex(8)}.ny")
    try:
        with aside.open("xb") as handle:
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
    handle = os.open(target, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            line = b"\n" + line
        if os.write(handle, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(path: Path) -> None:
    """See a file, or the names in a folder, safely on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
