"""Files that are whole or not there, whatever happens while they are written."""

from __future__ import annotations

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


def append(target: Path, line: bytes) -> None:
    """Add one line to a file and see it safely on disk before returning."""
    handle = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, line)
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
