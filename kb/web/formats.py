"""Dates and numbers the Swedish way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

THIN_SPACE = "\u202f"
"""Narrow no-break space: groups digits without letting a line break between them."""


def number(value: int) -> str:
    """Return a number grouped by thousands: 1234 → "1 234"."""
    return f"{value:,}".replace(",", THIN_SPACE)


def long_date(date: dt.date) -> str:
    """Return a date for prose: "14 mars 2024"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def weekday_date(date: dt.date) -> str:
    """Return a date with its weekday: "torsdag 14 mars 2024"."""
    return f"{WEEKDAYS[date.weekday()]} {long_date(date)}"


def clock(time: dt.time, end: dt.time | None = None) -> str:
    """Return a time of day, or a range: "kl. 9.00", "kl. 9.00–12.00"."""
    start = f"kl. {time.hour}.{time.minute:02}"
    return f"{start}–{end.hour}.{end.minute:02}" if end else start


def moment(at: dt.datetime) -> str:
    """Return a moment in local time: "14 mars 2024 kl. 9.00"."""
    local = at.astimezone()
    return f"{long_date(local.date())} {clock(local.time())}"


def span(seconds: float) -> str:
    """Return a duration in words: "2 minuter"."""
    if seconds < 60:
        return "mindre än en minut"
    for unit, one, many in ((86_400, "dygn", "dygn"), (3600, "timme", "timmar")):
        if seconds >= unit:
            count = round(seconds / unit)
            return f"{count} {one if count == 1 else many}"
    count = round(seconds / 60)
    return f"{count} minut{'' if count == 1 else 'er'}"


def percent(share: float) -> str:
    """Return a share 0-1 in whole per cent: "87 %"."""
    return f"{round(share * 100)}\u00a0%"


def file_size(size: int) -> str:
    """Return a number of bytes for people: "4,8 kB"."""
    if size < 1000:
        return f"{size}\u00a0byte"
    if size < 1_000_000:
        return f"{size / 1000:.1f}\u00a0kB".replace(".", ",")
    return f"{size / 1_000_000:.1f}\u00a0MB".replace(".", ",")


def enumeration(words: list[str]) -> str:
    """Join words as in a sentence: "a, b och c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


MOST_NAMED = 9
"""Names shown in a list of hits; a network of forty municipalities would fill the page."""


def abridged(names: Sequence[str], first: Collection[str] = ()) -> str:
    """Join names as in a sentence, abridging long lists: "a, b, c … och 31 till".

    Args:
        names: The names.
        first: Those that are always shown, since they were searched for.
    """
    if len(names) <= MOST_NAMED + 1:
        return enumeration(list(names))
    told = sorted(names, key=lambda name: name not in first)[:MOST_NAMED]
    return f"{', '.join(told)} och {len(names) - MOST_NAMED} till"


def capitalized(text: str) -> str:
    """Return text with its first letter capitalised and the rest unchanged."""
    return text[:1].upper() + text[1:]
