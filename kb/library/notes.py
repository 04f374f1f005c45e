"""Metadata of files in the inbox and the bin: one folder for each file, named by its time."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import shutil
import time
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

NOTE = "om.json"
"""Name of the metadata file in such a folder."""

_CUT_OFF = 3600.0
"""Seconds after which a folder without a note is incomplete for good."""

_log = logging.getLogger(__name__)


def now() -> dt.datetime:
    """Return the time, UTC, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def new_key(at: dt.datetime, random_bytes: int = 4) -> str:
    """Return a unique name; names sort by time."""
    since = time.time_ns() // 1000 - int(at.timestamp()) * 1_000_000  # microseconds
    within = min(max(since, 0), 0xFFFFF)
    return f"{at:%Y%m%dT%H%M%S}-{within:05x}{secrets.token_hex(random_bytes)}"


def beside_note(name: str) -> str:
    """Return the name that a file of that name has beside its metadata."""
    return f"_{name}" if name.casefold() == NOTE else name


def latest_first(folder: Path, kind: type[T]) -> list[T]:
    """Return the notes below `folder`; folders without a note are left out."""
    found = []
    for note in sorted(folder.glob(f"*/{NOTE}"), reverse=True):
        try:
            found.append(msgspec.json.decode(note.read_bytes(), type=kind))
        except FileNotFoundError:  # it has just gone
            continue
        except (OSError, msgspec.DecodeError) as error:  # a damaged one must not hide the others
            _log.error("%s cannot be used: %s", note, error)
    return found


def drop(place: Path) -> None:
    """Delete a file with its folder, the note first, so that a partial deletion is recognised.

    Raises:
        OSError: It cannot be deleted.
    """
    (place / NOTE).unlink(missing_ok=True)
    shutil.rmtree(place)


def sweep(folder: Path) -> None:
    """Delete incomplete folders below `folder`, which were never reported to anybody."""
    for place in folder.glob("*T*-*/"):
        try:
            is_old = time.time() - place.stat().st_mtime > _CUT_OFF
        except FileNotFoundError:
            continue
        if is_old and not (place / NOTE).exists():
            shutil.rmtree(place, ignore_errors=True)
