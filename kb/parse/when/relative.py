"""Days relative to another day: "nästa torsdag", "samma tid nästa vecka", "den 31:a"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kb.parse.text.phrases import PACKAGE, weekdays
from kb.parse.when.dates import exists
from kb.swedish.tables import rows

_NUMBERS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta")
_DAY = re.compile(
    r"(?<![\w.,:/-])(?:den\s+)?(?P<day>[0-3]?\d)(?::?[ae]\b|:(?:te|de|dje)\b)(?!\s*[^\W\d_]{3}\w*\s+\d{4})"
)

_DAY_HINT = re.compile(r"\d(?::?[ae]\b|:[td])")


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day relative to that of the meeting.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        weeks: Number of weeks between.
        weekday: The weekday, Monday 0, if stated.
        day: The day of the month, if that is all that is stated.
    """

    start: int
    end: int
    weeks: int = 0
    weekday: int | None = None
    day: int | None = None

    def after(self, base: dt.date) -> dt.date | None:
        """Return the day, counted from `base`."""
        if self.day is not None:
            return _next_day(base, self.day)
        if self.weekday is None:
            return base + dt.timedelta(weeks=self.weeks)
        if self.weeks:
            monday = base - dt.timedelta(days=base.weekday())
            return monday + dt.timedelta(weeks=self.weeks, days=self.weekday)
        return base + dt.timedelta(days=(self.weekday - base.weekday() - 1) % 7 + 1)


def _next_day(base: dt.date, day: int) -> dt.date | None:
    year, month = base.year, base.month
    for _ in range(3):
        if exists(year, month, day) and dt.date(year, month, day) > base:
            return dt.date(year, month, day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def find_relative(text: str, start: int, end: int) -> Iterator[RelativeDay]:
    """Yield the days in `text[start:end]` that are relative to another day."""
    for match in _pattern().finditer(text, start, end):
        pattern = next(name for name, value in match.groupdict().items() if value)
        _, weeks = _table()[int(pattern[1:])]
        words = match.group().casefold().split()
        weekday = next((d for d in map(weekdays().exact, words) if d is not None), None)
        if weeks == "#":
            weeks = next((_number(word) for word in words if _number(word)), "1")
        yield RelativeDay(match.start(), match.end(), int(weeks), weekday)
    for match in _DAY.finditer(text, start, end):
        day = int(match["day"])
        if 1 <= day <= 31:
            yield RelativeDay(match.start("day"), match.end(), day=day)


def maybe_relative(text: str, words: Iterable[str]) -> bool:
    """Tell, by a cheap test, whether a sentence of these `words` may state such a day."""
    return not _hints().isdisjoint(words) or bool(_DAY_HINT.search(text))


@cache
def _hints() -> frozenset[str]:
    days = (row[0] for row in rows(PACKAGE, "weekdays.tsv") if len(row[0]) > 3)
    plain = ["vecka", "veckor", *days]
    return frozenset([*plain, *map(str.capitalize, plain)])


def _number(word: str) -> str:
    if word.isdecimal():
        return word
    return str(_NUMBERS.index(word) + 1) if word in _NUMBERS else ""


def _table() -> tuple[tuple[str, ...], ...]:
    return rows(PACKAGE, "relative_days.tsv")


@cache
def _pattern() -> re.Pattern[str]:
    days = "|".join(row[0] for row in rows(PACKAGE, "weekdays.tsv") if len(row[0]) > 3)
    numbers = "|".join(_NUMBERS)
    kinds = []
    for at, row in enumerate(_table()):
        written = re.escape(row[0]).replace(r"\ ", r"\s+")
        written = written.replace("@", f"(?:{days})").replace(r"\#", f"(?:{numbers}|\\d)")
        kinds.append(f"(?P<r{at}>{written})")
    return re.compile(r"\b(?:" + "|".join(kinds) + r")\b", re.IGNORECASE)
