"""Dates and clock times as Swedish minutes write them.

A small grammar over the text, in falling order of trust: ISO dates, a day with the
name of a month ("den 24:e öktöber 2017", "2-3 juni"), figures ("7/2", "2/3-19").
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.parse.phrases import PACKAGE, months, weekdays
from kb.swedish.tables import words

_ISO = re.compile(
    r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.–]?)(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?![\d/-]|\.\d)"
    r"|(?<![\d/.-])(?P<y2>\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)(?![\d/-]|\.\d)"
)
_NAMED = re.compile(
    r"(?<![\d.,:/])(?P<d>[0-3]?\d)(?:\s?:?\s?[ae]\b)?\.?"
    r"(?:\s?[-–]\s?(?P<to>[0-3]?\d)(?:\s?:?\s?[ae]\b)?\.?)?"
    r"\s*(?P<m>[^\W\d_]{2,10})(?P<m2> [^\W\d_]{1,8}\b)?"
)
_SHORT_YEAR = re.compile(r"\.?\s?[-–/’']\s?(?P<yy>[0-4]\d)\b(?![.:]\d)")
_LONG_YEAR = re.compile(r"\.?,?\s*[-–/]?\s*(?P<y>(?:19|20)\d\d)\b")
_FIGURES = re.compile(r"(?<![\d/.,:-])(?P<d>[0-3]?\d)/(?P<m>[01]?\d)(?![\d/]|[.,]\d)")
_BEFORE = re.compile(r"([^\W\d_]{3,8})\.?(?:\s+de[nt])?\s+$")
_CLOCK = re.compile(
    r"(?:\b(?:klockan|k[l1I|]\.?|tiden\s+är|tid(?:en)?:)\s*)"
    r"(?P<h>[0-2]?\d)(?:[.:](?P<m>[0-5]\d))?"
    r"(?:\s*(?:[-–—]|till)\s*(?:k[l1]\.?\s*)?(?P<h2>[0-2]?\d)(?:[.:](?P<m2>[0-5]\d))?)?(?!\d)",
    re.IGNORECASE,
)
_BARE_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<h>[0-2]?\d)[.:](?P<m>[0-5]\d)"
    r"(?:\s*[-–—]\s*(?P<h2>[0-2]?\d)[.:](?P<m2>[0-5]\d))?(?![\d.:/-])"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text states it.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        day: Day of the month (the first, if a range is stated).
        month: 1-12.
        year: The year, if stated.
        weekday: The weekday, if stated, Monday 0.
        named: Whether it is more than bare figures ("7/2").
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    named: bool = True

    @property
    def date(self) -> dt.date | None:
        """The date, if the year is stated."""
        return None if self.year is None else dt.date(self.year, self.month, self.day)

    def after(self, base: dt.date) -> dt.date | None:
        """Return the date with its stated year, or else the first on or after `base`."""
        if self.year is not None:
            return self.date
        for year in range(base.year, base.year + 9):
            if exists(year, self.month, self.day):
                found = dt.date(year, self.month, self.day)
                if found >= base:
                    return found
        return None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as a text states it, with its end if one is stated."""

    start: int
    time: dt.time
    until: dt.time | None


def exists(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has this day."""
    return (
        1900 <= year <= 2100
        and 1 <= month <= 12
        and 1 <= day <= calendar.monthrange(year, month)[1]
    )


def find_dates(text: str) -> list[DateMention]:
    """Return the dates in `text` in order; where two overlap, the more trusted."""
    taken: list[DateMention] = []
    spans: set[int] = set()
    for rule in (_iso, _named, _figures):
        for mention in rule(text):
            if spans.isdisjoint(range(mention.start, mention.end)):
                taken.append(mention)
                spans.update(range(mention.start, mention.end))
    return sorted((_with_weekday(text, each) for each in taken), key=lambda date: date.start)


def _iso(text: str) -> Iterator[DateMention]:
    for match in _ISO.finditer(text):
        y, m, d = (
            match["y"] or "20" + match["y2"],
            match["m"] or match["m2"],
            match["d"] or match["d2"],
        )
        if exists(int(y), int(m), int(d)):
            yield DateMention(match.start(), match.end(), int(d), int(m), int(y))


def _named(text: str) -> Iterator[DateMention]:
    for match in _NAMED.finditer(text):
        end = match.end("m")
        month = months().like(match["m"])
        if month is None and match["m2"]:
            month, end = months().like(match["m"] + match["m2"]), match.end("m2")
        if month is None:
            continue
        year = None
        if stated := _LONG_YEAR.match(text, end):
            year, end = int(stated["y"]), stated.end()
        elif stated := _SHORT_YEAR.match(text, end):
            year, end = 2000 + int(stated["yy"]), stated.end()
        if exists(year or 2000, month, int(match["d"])):
            yield DateMention(match.start(), end, int(match["d"]), month, year)


def _figures(text: str) -> Iterator[DateMention]:
    for match in _FIGURES.finditer(text):
        day, month, year, end = int(match["d"]), int(match["m"]), None, match.end()
        if stated := _LONG_YEAR.match(text, end):
            year, end = int(stated["y"]), stated.end()
        elif stated := _SHORT_YEAR.match(text, end):
            year, end = 2000 + int(stated["yy"]), stated.end()
        if exists(year or 2000, month, day):
            yield DateMention(match.start(), end, day, month, year, named=year is not None)


def _with_weekday(text: str, mention: DateMention) -> DateMention:
    before = _BEFORE.search(text, max(0, mention.start - 16), mention.start)
    weekday = weekdays().like(before.group(1)) if before else None
    return mention if weekday is None else replace(mention, weekday=weekday)


def find_clocks(text: str, start: int, end: int, *, bare: bool = False) -> list[Clock]:
    """Return the clock times in `text[start:end]`.

    Args:
        text: The whole text.
        start: Where to begin.
        end: Where to stop.
        bare: Take "12.30" without "kl" before it as well.
    """
    found = [_clock(match) for match in _CLOCK.finditer(text, start, end)]
    if not found and bare:
        found = [_clock(match) for match in _BARE_CLOCK.finditer(text, start, end)]
    return [clock for clock in found if clock]


def _clock(match: re.Match[str]) -> Clock | None:
    hour, until = int(match["h"]), None
    if hour > 23:
        return None
    if match["h2"] and int(match["h2"]) <= 23:
        until = dt.time(int(match["h2"]), int(match["m2"] or 0))
    return Clock(match.start(), dt.time(hour, int(match["m"] or 0)), until)


def swedish_date(date: dt.date) -> str:
    """Return `date` as prose writes it: "4 december 2020"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


MONTHS = words(PACKAGE, "months.tsv")[:12]
WEEKDAYS = words(PACKAGE, "weekdays.tsv")[:7]
