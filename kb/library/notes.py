"""Notes beside what lies in the inbox and the bin: one folder a thing, named by when it came."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

NOTE = "om.json"
"""Name of the note in such a folder."""


def now() -> dt.datetime:
    """Return the time, UTC, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def new_key(at: dt.datetime, random_bytes: int = 4) -> str:
    """Return a name that nothing else has; names are in the order of their times."""
    since = time.time_ns() // 1000 - int(at.timestamp()) * 1_000_000  # microseconds
    within = min(max(since, 0), 0xFFFFF)
    return f"{at:%Y%m%dT%H%M%S}-{within:05x}{secrets.token_hex(random_bytes)}"


def latest_first(folder: Path, kind: type[T]) -> list[T]:
    """Return what the notes below `folder` say; a thing without its note is left out."""
    notes = sorted(folder.glob(f"*/{NOTE}"), reverse=True)
    return [msgspec.json.decode(note.read_bytes(), type=kind) for note in notes]
