"""Dates as Swedish minutes write them.

A small grammar over the text, in descending order of reliability: figures with the year first
("2019-03-02", "20190302", "19-03-02"), a day with the name of a month ("den 24:e öktöber
2017", "2-3 juni", "andra mars"), figures with the day first ("7/2", "2/3-19", "2.3.2019",
"2/III 2019"), and six figures by themselves ("190302").
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kb.parse.text.phrases import PACKAGE, months, weekdays
from kb.swedish.tables import rows, words

_LETTERS = "OoIl|"
_MISREAD = str.maketrans(_LETTERS, "00111")
"""Letters that figures are misread as."""

_D = r"[\dOoIl|]"
_END = r"(?![^\W_]|-\d|\.\d)"
_ISO = re.compile(
    rf"(?<![\w/.-])(?<!\w-)(?P<y>(?:19|2[0Oo]){_D}{{2}})"
    rf"(?:(?P<sep>\s?[-/.–]\s?)(?P<m>{_D}{_D}|\d)(?:(?P=sep)|[-.](?=\d\d))(?P<d>{_D}{_D}|\d)"
    rf"| ?(?P<m8>\d\d) ?(?P<d8>\d\d))(?:\s?--?\s?\d\d(?!\d|-))?{_END}"
    rf"|(?<![\w/.-])(?P<y2>\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d){_END}"
)
_ORDINAL = r"(?:\s?:?\s?(?:[ae]|dje|de|te)\b)?\.?"
_DAY = rf"(?:[0-3OoIl|]\d|\d[OoIl|]|\d){_ORDINAL}"
_NAMED = re.compile(
    rf"(?<![\w.,:/])(?<!\d-)(?P<d>{_DAY})(?P<more>[ ]?(?:[-–]|till)[ ]?{_DAY}"
    rf"|(?:[ ]?,\s?{_DAY})*\s?(?:och|samt|&)\s?{_DAY})?"
    r"\s*(?P<m>[^\W\d_]{2,10})(?P<m2> [^\W\d_]{1,8}\b)?"
)
_MONTH_NAME = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[^\W\d_]*")
_ORDINAL_WORD = re.compile(r"(?<!\w)([^\W\d_]{5,12})\s+$")
_SHORT_YEAR = re.compile(r"\.?\s?[-–/’']\s?(?P<yy>[0-4]\d)\b(?![.:/]\d|-\d)")
_LONG_YEAR = re.compile(rf"\.?,?\s*[-–/]?\s*(?:år\s+)?(?P<y>(?:19|2[0Oo]){_D}{{2}})\b(?!-\d)")
_FIGURES = re.compile(
    r"(?<![\d/.,:-])(?P<d>[0-3]?\d)(?:\s?[-–]\s?[0-3]?\d)?\s?/\s?"
    r"(?:(?P<m>[01]?\d)|(?P<roman>[IVX]{1,4})\b)(?![\d/]|[.,]\d)"
    r"|(?<![\w/.,:-])(?P<d2>[0-3]?\d)(?P<sep>\.\s?|-|/)(?P<m2>[01]?\d|[IVX]{1,4})(?P=sep)"
    r"(?P<y2>(?:19|20)\d\d)(?!\d|-\d)"
)
_SIX = re.compile(
    r"(?P<y>[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)"
    r"(?=[.,;)]?(?:\s|$))(?!\s?(?:kr|st|tkr|kronor|euro|m2|kWh)\b)"
)
_FIGURE = re.compile(r"\d+")

_MONTH = re.compile(r"\b(?P<m>[^\W\d_]{3,9})\.?\s+(?P<y>20\d\d)\b")
_NUMBER = re.compile(rf"{_D}+")
_RANGE = re.compile(r"[ ]?(?:[-–]|till)[ ]?$")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,9})\.?(?:,?\s+de[nt]|,)?\s+$")
_AFTER = re.compile(r"\s*[(,]?\s*([^\W\d_]{3,9})\b(?!\.?,?\s*(?:de[nt]\s*)?\d)")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


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


def exists(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has this day."""
    return (
        1900 <= year <= 2100
        and 1 <= month <= 12
        and 1 <= day <= calendar.monthrange(year, month)[1]
    )


def find_dates(text: str) -> list[DateMention]:
    """Return the dates in `text` in order; where two overlap, the more reliable one."""
    taken: list[DateMention] = []
    spans: set[int] = set()
    starts = [*_starts(text)]
    found_by = [*(rule(text, starts) for rule in _IN_FIGURES)]
    found_by.insert(2, _in_words(text))  # trusted less than names of months, more than "7/2"
    for mentions in found_by:
        found = [each for each in mentions if spans.isdisjoint(range(each.start, each.end))]
        taken += found
        for mention in found:
            spans.update(range(mention.start, mention.end))
    ordered = sorted(taken, key=lambda date: date.start)
    return [_with_weekday(text, each) for each in _with_years(text, ordered)]


def _starts(text: str) -> Iterator[int]:
    """Yield where a date can begin: at a number, or at the letter its first figure became."""
    for match in _FIGURE.finditer(text):
        start = match.start()
        if start and text[start - 1] in _LETTERS:
            yield start - 1
        yield start


def find_months(text: str) -> list[tuple[int, int, int]]:
    """Return each "mars 2019" in `text` as (place, year, month)."""
    return [
        (match.start(), int(match["y"]), month)
        for match in _MONTH.finditer(text)
        if (month := months().like(match["m"]))
    ]


def _matches(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Yield the matches that begin at `starts`, none within another.

    Trying the patterns at numbers only spares them all the other letters of the text.
    """
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def _iso(text: str, starts: list[int]) -> Iterator[DateMention]:
    for match in _matches(_ISO, text, starts):
        y = match["y"] or "20" + match["y2"]
        m = match["m"] or match["m8"] or match["m2"]
        d = match["d"] or match["d8"] or match["d2"]
        year, month, day = map(_figure, (y, m, d))
        if exists(year, month, day):
            yield DateMention(match.start(), match.end(), day, month, year)


def _named(text: str, starts: list[int]) -> Iterator[DateMention]:
    for match in _matches(_NAMED, text, starts):
        end = match.end("m")
        month = months().like(match["m"])
        if month is None and match["m2"]:
            month, end = months().like(match["m"] + match["m2"]), match.end("m2")
        if month is None:
            continue
        year, end = _year(text, end)
        days = _days(match)
        for at, (start, stop, day) in enumerate(days):
            if exists(year or 2000, month, day):
                last = at == len(days) - 1
                yield DateMention(start, end if last else stop, day, month, year)


def _days(match: re.Match[str]) -> list[tuple[int, int, int]]:
    """Return the days before the name of a month: the first of a range, each of a list."""
    text, days = match.string, []
    begin, stop = match.start("d"), max(match.end("d"), match.end("more"))
    numbers = [each for each in _NUMBER.finditer(text, begin, stop) if not _letters(each)]
    for at, number in enumerate(numbers):
        if at and _RANGE.search(text, numbers[at - 1].end(), number.start()):
            continue  # the end of a range
        days.append((number.start(), number.end(), _figure(number.group())))
    return days


def _letters(number: re.Match[str]) -> bool:
    return not any(letter.isdigit() for letter in number.group())


def _in_words(text: str) -> Iterator[DateMention]:
    for match in _MONTH_NAME.finditer(text):
        before = _ORDINAL_WORD.search(text, max(0, match.start() - 16), match.start())
        day = _ordinals().get(before.group(1).casefold()) if before else None
        month = months().like(match.group()) if day else None
        if before and day and month:
            year, end = _year(text, match.end())
            if exists(year or 2000, month, day):
                yield DateMention(before.start(1), end, day, month, year)


@cache
def _ordinals() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in rows(PACKAGE, "ordinals.tsv")}


def _figures(text: str, starts: list[int]) -> Iterator[DateMention]:
    for match in _matches(_FIGURES, text, starts):
        written = match["m"] or match["roman"] or match["m2"]
        month = _ROMAN.index(written) + 1 if written in _ROMAN else 0
        month = int(written) if written.isdigit() else month
        day = int(match["d"] or match["d2"])
        year, end = _year(text, match.end())
        if match["y2"]:
            year, end = int(match["y2"]), match.end()
        if exists(year or 2000, month, day):
            yield DateMention(match.start(), end, day, month, year, named=year is not None)


def _six(text: str, starts: list[int]) -> Iterator[DateMention]:
    for match in _matches(_SIX, text, starts):
        year, month, day = 2000 + int(match["y"]), int(match["m"]), int(match["d"])
        apart = match.start() == 0 or text[match.start() - 1] in " \t\n(:"
        if apart and exists(year, month, day):
            yield DateMention(match.start(), match.end(), day, month, year)


_IN_FIGURES: tuple[Callable[[str, list[int]], Iterator[DateMention]], ...] = (
    _iso,
    _named,
    _figures,
    _six,
)


def _year(text: str, end: int) -> tuple[int | None, int]:
    """Return the year that stands at `end`, if one does, and where it ends."""
    if stated := _LONG_YEAR.match(text, end):
        return _figure(stated["y"]), stated.end()
    if stated := _SHORT_YEAR.match(text, end):
        return 2000 + int(stated["yy"]), stated.end()
    return None, end


def _figure(written: str) -> int:
    return int(written.translate(_MISREAD))


def _with_years(text: str, ordered: list[DateMention]) -> list[DateMention]:
    """Give the first day of a range over two months the year of its last."""
    for at, (first, last) in enumerate(itertools.pairwise(ordered)):
        if first.year is None and last.year and last.start - first.end <= 8:
            turn = (last.month, last.day) < (first.month, first.day)
            year = last.year - turn
            if _RANGE.fullmatch(text, first.end, last.start) and exists(
                year, first.month, first.day
            ):
                ordered[at] = replace(first, year=year)
    return ordered


def _with_weekday(text: str, mention: DateMention) -> DateMention:
    before = _BEFORE.search(text, max(0, mention.start - 20), mention.start)
    weekday = _weekday(before.group(1)) if before else None
    if weekday is None and (after := _AFTER.match(text, mention.end, mention.end + 20)):
        weekday = _weekday(after.group(1))
    return mention if weekday is None else replace(mention, weekday=weekday)


def _weekday(word: str) -> int | None:
    """Return the weekday `word` names; a short one is not guessed, "man" being no Monday."""
    return weekdays().exact(word) if len(word) <= 4 else weekdays().like(word)


def swedish_date(date: dt.date) -> str:
    """Return `date` as prose writes it: "4 december 2020"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


MONTHS = words(PACKAGE, "months.tsv")[:12]
WEEKDAYS = words(PACKAGE, "weekdays.tsv")[:7]
