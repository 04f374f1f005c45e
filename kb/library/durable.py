"""Files that are whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def create(target: Path, data: bytes) -> None:
    """Write a new file and see it safely on disk before returning.

    Raises:
        FileExistsError: There is one already; it is left as it is.
        OSError: It cannot be written; nothing is left behind.
    """
    aside = target.with_name(f".{secrets.token_hex(8)}.ny")
    try:
        with aside.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.link(aside, target)  # unlike a rename it never replaces a file
    finally:
        aside.unlink(missing_ok=True)
    sync(target.parent)


def replace(target: Path, data: bytes) -> None:
    """Write a file in place of what was there, if anything, and see it safely on disk.

    Raises:
        OSError: It cannot be written; what was there is left as it is.
    """
    aside = target.with_name(f".{secrets.token_hex(8)}.ny")
    try:
        with aside.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    sync(target.parent)


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


def sync(folder: Path) -> None:
    """See the names in a folder safely on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
