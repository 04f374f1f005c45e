"""One entry of a sidecar: a person's reading of a word."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from typing import Any

from kb.model import Correction

LONGEST = 200
"""Characters of a correctable word, as it stands and as it reads."""


def decode(entry: object) -> Correction:
    """Read one entry; raises ValueError with a Swedish message."""
    if not isinstance(entry, dict):
        raise ValueError("den är ingen tabell")
    original, corrected = entry.get("original"), entry.get("corrected")
    if not isinstance(original, str) or not isinstance(corrected, str):
        raise ValueError("”original” och ”corrected” ska vara text inom citattecken")
    by, at = who_and_when(entry)
    return tidy(Correction(original, corrected, place(entry), by, at))


def place(entry: Mapping[str, object]) -> int | None:
    """Return the place of an entry in the text; raises ValueError with a Swedish message."""
    start = entry.get("start")
    if start is not None and (not isinstance(start, int) or isinstance(start, bool) or start < 0):
        raise ValueError("”start” ska vara ett heltal")
    return start


def who_and_when(entry: Mapping[str, object]) -> tuple[str, dt.datetime | None]:
    """Return the author and time of an entry; raises ValueError with a Swedish message."""
    by, at = entry.get("by", ""), entry.get("at")
    if not isinstance(by, str):
        raise ValueError("”by” ska vara text inom citattecken")
    if isinstance(at, dt.date) and not isinstance(at, dt.datetime):
        at = dt.datetime.combine(at, dt.time())
    if at is not None and not isinstance(at, dt.datetime):
        raise ValueError("”at” ska vara en tid som 2026-03-14T09:30:00Z")
    if at and at.tzinfo is None:
        at = at.astimezone()  # written by hand: by the clock on the wall
    return by, at


def encode(correction: Correction) -> dict[str, Any]:
    """Return the entry of `correction`."""
    entry = {
        "original": correction.original,
        "corrected": correction.corrected,
        "start": correction.start,
        "by": correction.by,
        "at": correction.at,
    }
    return {name: value for name, value in entry.items() if value is not None}


def tidy(correction: Correction) -> Correction:
    """Return `correction` normalised; raises ValueError with a Swedish message."""
    corrected = unicodedata.normalize("NFC", " ".join(correction.corrected.split()))
    if not corrected or not correction.original.strip():
        raise ValueError("skriv vad ordet ska läsas som")
    if max(len(corrected), len(correction.original)) > LONGEST:
        raise ValueError(f"ett ord kan ha högst {LONGEST} tecken")
    if any(unicodedata.category(character).startswith("C") for character in corrected):
        raise ValueError("ordet innehåller osynliga styrtecken")
    return Correction(
        correction.original, corrected, correction.start, correction.by, correction.at
    )


def subject(entry: object) -> tuple[object, object]:
    """Return the word and place that an entry is about, whether or not it is valid."""
    return (entry.get("original"), entry.get("start")) if isinstance(entry, dict) else (None, None)
