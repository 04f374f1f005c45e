"""Minutes with a planted wrong date that a careful reader could still notice.

An error (in the year, in day and month, in the month's name) is put into the stated date of a
document. The contradicting evidence is left in the document or planted with it: the weekday of
the true date, the next meeting, something that lies after the wrong date. The file's name keeps
its date only if it is the evidence. Without evidence nothing is planted. Evidence is found
independently of the parser.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from kb.lab.evaluate.minutes_gold import MinutesGold
from kb.swedish.tables import rows

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
    *("augusti", "september", "oktober", "november", "december"),
)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_NAMED = re.compile(
    r"(?P<d>\b\d{1,2})(?P<between>(?::?[ae])?\.?\s+)(?P<m>[a-z]{3,9})\.?(?:\s+(?P<y>\d{4}))?\b",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?<!\d)(?P<y>20\d\d|[0-4]\d)(?P<sep>[-/.]?)(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?!-?\d)"
)
_YEARS = (1, -1, -2, 10, -10)
"""By how much years are mistyped, in turn; the last two are a digit."""

_AHEAD = dt.timedelta(days=400)
"""No meeting is announced longer before."""

_NEXT = (
    "Nästa möte är den {d} {month} {y}.",
    "Nästa möte: {iso}",
    "Vi ses nästa gång {weekday} den {d} {month} {y}.",
    "Nästa träff blir {d}/{m} {y}.",
)
_UNTIL_NEXT = dt.timedelta(days=63)

_AROUND = dt.timedelta(days=90)
_FEWEST_AROUND = 3
"""Least number of other dates near the true one, with none near the wrong one, to be evidence."""


class Evidence(StrEnum):
    """The evidence against a planted date; the values are those of the table."""

    WEEKDAY = "veckodagen"
    FILE = "filens namn"
    NEXT = "nästa möte"
    DATES = "andra datum"
    ANACHRONISM = "senare tiders ting"


@dataclass(frozen=True, slots=True)
class Plant:
    """A document that states `wrong` although `evidence` in it contradicts that."""

    gold: MinutesGold
    path: str
    text: str
    wrong: dt.date
    evidence: frozenset[Evidence]


def plants(documents: Sequence[MinutesGold]) -> Iterator[Plant]:
    """Yield every contradiction that can be planted in `documents`; the same each time."""
    for gold in documents:
        if gold.date and gold.date_span:
            # The kind of error depends on the path only, not on the other documents.
            number = zlib.crc32(gold.path.encode())
            yield from _in_document(gold, gold.date, number)


def _in_document(gold: MinutesGold, true: dt.date, number: int) -> Iterator[Plant]:
    slip = _moved(true, true.year + _YEARS[number % len(_YEARS)])
    swapped = _moved(true, month=true.day, day=true.month)
    other = _moved(true, month=(true.month + 2 + number % 7) % 12 + 1)
    wrong = [day for day in dict.fromkeys((slip, swapped, other)) if day and day != true]
    told = [(day, text) for day in wrong if (text := restated(gold, day))]
    bare = "minnesanteckningar" + PurePosixPath(gold.path).suffix
    for day, text in told:
        if left := evidence(gold, day):
            yield Plant(gold, bare, text, day, left)
    if told:
        day, text = told[number % len(told)]
        if true in days_in(PurePosixPath(gold.path).stem.replace("_", " ")):
            yield Plant(gold, gold.path, text, day, frozenset({Evidence.FILE}))
        if day.weekday() != true.weekday() and (text := with_weekday(gold, day)):
            yield Plant(gold, bare, text, day, frozenset({Evidence.WEEKDAY}))
    if slip and (text := restated(gold, slip)):
        text = with_sentence(text, _next_meeting(true + _UNTIL_NEXT, number))
        yield Plant(gold, bare, text, slip, frozenset({Evidence.NEXT}))
    yield from _anachronism(gold, true, number, bare)


def _anachronism(gold: MinutesGold, true: dt.date, number: int, path: str) -> Iterator[Plant]:
    sentences = rows("kb.lab.evaluate", "anachronisms.tsv")
    first, sentence = sentences[number % len(sentences)]
    year = min(true.year, dt.date.fromisoformat(first).year - 1 - number % 3)
    early = _moved(true, year)
    text = gold.text if early == true else restated(gold, early) if early else None
    if early and text:
        told = frozenset({Evidence.ANACHRONISM})
        yield Plant(gold, path, with_sentence(text, sentence), early, told)


def _next_meeting(day: dt.date, number: int) -> str:
    return _NEXT[number % len(_NEXT)].format(
        d=day.day,
        m=day.month,
        y=day.year,
        month=_MONTHS[day.month - 1],
        weekday=_WEEKDAYS[day.weekday()],
        iso=day,
    )


def _moved(
    date: dt.date, year: int | None = None, month: int | None = None, day: int | None = None
) -> dt.date | None:
    try:
        return dt.date(year or date.year, month or date.month, day or date.day)
    except ValueError:
        return None


def restated(gold: MinutesGold, wrong: dt.date) -> str | None:
    """Return the text with its date stated as `wrong`, in the same form; None if it cannot be."""
    assert gold.date
    assert gold.date_span
    start = gold.date_span.start
    said = gold.date_span.slice(gold.text)
    for pattern in (_ISO, _NAMED):
        for match in pattern.finditer(said):
            if _day_of(match, gold.date.year) != gold.date:
                continue
            year = match["y"] or ""
            if not year and wrong.year != gold.date.year:
                return None
            new = {"y": str(wrong.year)[4 - len(year) :], "d": str(wrong.day)}
            if pattern is _ISO:
                new |= {"m": f"{wrong.month:02}", "d": f"{wrong.day:02}"}
            elif wrong.month != gold.date.month:
                name = _MONTHS[wrong.month - 1]
                new["m"] = name.capitalize() if match["m"][0].isupper() else name
            changed = said
            for part in sorted(new, key=match.start, reverse=True):
                if match[part]:
                    changed = changed[: match.start(part)] + new[part] + changed[match.end(part) :]
            return gold.text[:start] + changed + gold.text[gold.date_span.end :]
    return None


def with_weekday(gold: MinutesGold, wrong: dt.date) -> str | None:
    """Return the text with `wrong` stated after the weekday of the true date.

    None if that cannot be done, or if a weekday is there already.
    """
    text = restated(gold, wrong)
    assert gold.date
    assert gold.date_span
    at = gold.date_span.start
    before = gold.text[gold.text.rfind("\n", 0, at) + 1 : at]
    line = gold.text[at - len(before) : gold.date_span.end].casefold()
    if text is None or any(day in line for day in _WEEKDAYS):
        return None
    if before.endswith("den "):
        at -= len("den ")
    return f"{text[:at]}{_WEEKDAYS[gold.date.weekday()]} {text[at:]}"


def evidence(gold: MinutesGold, wrong: dt.date) -> frozenset[Evidence]:
    """Return the evidence in the document itself against `wrong`."""
    assert gold.date
    assert gold.date_span
    text, span = gold.text, gold.date_span
    line = text[text.rfind("\n", 0, span.start) + 1 : span.end].casefold()
    found = set()
    if _WEEKDAYS[gold.date.weekday()] in line and wrong.weekday() != gold.date.weekday():
        found.add(Evidence.WEEKDAY)
    for meeting in gold.meetings:
        with_year = str(meeting.date.year) in meeting.span.slice(text)
        if with_year and not dt.timedelta(0) <= meeting.date - wrong <= _AHEAD:
            found.add(Evidence.NEXT)
    others = days_in(text[: span.start]) + days_in(text[span.end :])
    same = [day for day in others if day == gold.date]
    year_alone = (wrong.month, wrong.day) == (gold.date.month, gold.date.day)
    near = {day for day in others if abs(day - gold.date) <= _AROUND}
    misplaced = year_alone and not any(abs(day - wrong) <= _AROUND for day in others)
    if len(same) > 1 or (same and year_alone) or (misplaced and len(near) >= _FEWEST_AROUND):
        found.add(Evidence.DATES)
    return frozenset(found)


def days_in(text: str) -> list[dt.date]:
    """Return the days that `text` names with their year."""
    found = [_day_of(match) for pattern in (_ISO, _NAMED) for match in pattern.finditer(text)]
    return [day for day in found if day]


def _day_of(match: re.Match[str], year: int | None = None) -> dt.date | None:
    stated = match["y"]
    month = match["m"].casefold()
    number = int(month) if month.isdecimal() else _month_named(month)
    whole = int(stated) + (2000 if len(stated) == 2 else 0) if stated else year
    try:
        return dt.date(whole, number, int(match["d"])) if whole and number else None
    except ValueError:
        return None


def _month_named(word: str) -> int | None:
    """Return the number of a month by its name, or by the beginning of it."""
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word[:8])), None)


def with_sentence(text: str, sentence: str) -> str:
    """Insert `sentence` as a separate paragraph, after the last line that ends a sentence."""
    ends = [match.end() for match in re.finditer(r"\.(?=[ \t]*\n)", text)]
    at = ends[-1] if ends else len(text.rstrip())
    return f"{text[:at]}\n\n{sentence}\n{text[at:]}"
