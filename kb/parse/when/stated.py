"""Where minutes state their date: rules in descending order of reliability."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from kb.parse.text.cues import cues, split_words
from kb.parse.text.front import front_date
from kb.parse.text.labels import Label
from kb.parse.text.lines import TextLine
from kb.parse.text.phrases import kinds, meeting_words
from kb.parse.text.reading import ParsedText
from kb.parse.what.header import Header
from kb.parse.when.dates import MONTHS, DateMention, exists, find_months
from kb.parse.when.filename import date_in_name, words_in_name, year_in_name

SURE = 0.95
CLEAR = 0.8
LIKELY = 0.6
FAINT = 0.4

_TOP = 25
"""Lines from the top within which a date by itself, or with the meeting, is that of the minutes."""

_FOOT = 12
"""Lines from the end within which minutes are signed."""

_OF_ANYTHING = frozenset(("datum", "dag", "datum och tid", "tid och datum", "dag och tid"))
"""Labels that may state other dates when they stand below the head."""

_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<![\d-])20[0-4]\d(?![\d-])")


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as stated.

    Attributes:
        date: The date.
        confidence: Reliability of the place where it stands, 0-1.
        reason: A Swedish sentence that says where it stands.
        mention: The words, unless they are the file's name.
        of_meeting: Whether it dates the meeting, not the publication of the minutes.
    """

    date: dt.date
    confidence: float
    reason: str
    mention: DateMention | None = None
    of_meeting: bool = True


@dataclass(frozen=True, slots=True)
class Sources:
    """The input of the rules."""

    reading: ParsedText
    header: Header
    labels: Mapping[int, Label]

    @property
    def path(self) -> str:
        """Path of the original."""
        return self.reading.repaired.source.path


def find_stated(sources: Sources) -> StatedDate | None:
    """Return the date by its most reliable statement."""
    return next(filter(None, (rule(sources) for rule in _RULES)), None)


def find_statements(sources: Sources) -> list[StatedDate]:
    """Return every explicit statement of the date."""
    found = [made for rule in (_in_head, _in_front) if (made := rule(sources))]
    first = {day: (mention, label) for day, mention, label in reversed(_labelled(sources))}
    for day, (mention, label) in first.items():
        found.append(StatedDate(day, SURE, f"Datumet står på raden ”{label.text}”.", mention))
    return found


def find_month(sources: Sources) -> tuple[dt.date, str] | None:
    """Return the first day of the month the minutes are of, where no day is stated, and why."""
    reading, header = sources.reading, sources.header
    titles = " ".join(reading.lines[at].text for at in sorted(header.lines))
    for text in (titles, header.title or "", words_in_name(sources.path)):
        if found := find_months(text):
            _, year, month = found[0]
            when = f"{MONTHS[month - 1]} {year}"
            return dt.date(year, month, 1), f"Bara månaden är känd: {when}."
    return None


def _in_head(sources: Sources) -> StatedDate | None:
    header = sources.header
    if header.date is None or header.date.date is None:
        return None
    where = f"på raden ”{header.date_label}”" if header.date_label else "i rubriken"
    return StatedDate(header.date.date, SURE, f"Datumet står {where}.", header.date)


def _in_front(sources: Sources) -> StatedDate | None:
    field = sources.header.front.get("date")
    mention = front_date(sources.reading.repaired.text, field) if field else None
    if mention and mention.date:
        return StatedDate(
            mention.date, SURE, "Datumet står i filens huvud.", mention, of_meeting=False
        )
    return None


def _on_each_page(sources: Sources) -> StatedDate | None:
    """Labelled below the head, as on every page: "Sammanträdesdatum: 2024-11-27"."""
    found = _labelled(sources)
    common = Counter(day for day, _, _ in found).most_common(2)
    if not common or (len(common) == 2 and common[0][1] == common[1][1]):
        return None
    day, mention, label = next(each for each in found if each[0] == common[0][0])
    return StatedDate(day, SURE, f"Datumet står på raden ”{label.text}”.", mention)


def _labelled(sources: Sources) -> list[tuple[dt.date, DateMention, Label]]:
    """Return every date that stands by its label, below the head."""
    return [
        (mention.date, mention, label)
        for label in sources.labels.values()
        if "date" in label.fields and label.text.casefold() not in _OF_ANYTHING
        for mention in sources.reading.dates_in(label.value, label.line.end)[:1]
        if mention.date
    ]


def _without_year(sources: Sources) -> StatedDate | None:
    """Day and month in the head, the year elsewhere."""
    mention = sources.header.date
    if mention is None:
        return None
    possible = []
    for year, where in _years(sources):
        if exists(year, mention.month, mention.day):
            day = dt.date(year, mention.month, mention.day)
            agrees = mention.weekday in (None, day.weekday())
            reason = f"Dag och månad står i rubriken, året {where}."
            stated = StatedDate(day, CLEAR, reason, replace(mention, year=year))
            if agrees:
                return stated
            possible.append(stated)
    return possible[0] if possible else None


def _years(sources: Sources) -> Iterator[tuple[int, str]]:
    """Yield the years the minutes may be of, the likeliest first, and where they stand."""
    reading, header = sources.reading, sources.header
    for at in sorted(header.lines):
        if at < _TOP and (found := _YEAR.search(reading.lines[at].text)):
            yield int(found.group()), "på en annan rad"
    field = header.front.get("date") or header.front.get("title")
    mention = front_date(reading.repaired.text, field) if field else None
    if mention and mention.year:
        yield mention.year, "i filens huvud"
    if named := year_in_name(sources.path):
        yield named, "i filens namn"
    texts = Counter(each.year for each in reading.dates if each.year)
    for year, _ in texts.most_common(2):
        yield year, "i texten"
    bare = Counter(_YEAR.findall(reading.text))
    for written, _ in bare.most_common(1):
        yield int(written), "i texten"


def _with_the_meeting(sources: Sources) -> StatedDate | None:
    """A line near the top about the meeting: "Protokoll fört vid höstmötet 2013-11-28"."""
    for line in sources.reading.lines[:_TOP]:
        mention = _dated(sources.reading, line)
        if mention and mention.date and _is_of_meeting(line.text):
            return StatedDate(mention.date, CLEAR, "Datumet står i inledningen.", mention)
    return None


def _dated(reading: ParsedText, line: TextLine) -> DateMention | None:
    return next((each for each in reading.dates_in(line.start, line.end) if each.date), None)


def _is_of_meeting(text: str) -> bool:
    words = _WORD.findall(text)
    if not any(kinds().exact(word) or meeting_words().exact(word) for word in words):
        return False
    said = split_words(text)
    return not any(any(cues(name).find(said)) for name in ("past_cues.txt", "other_meeting.txt"))


def _alone(sources: Sources) -> StatedDate | None:
    reading = sources.reading
    for line in reading.lines[:_TOP]:
        mention = _dated(reading, line)
        if mention and mention.date:
            alone = len(line.text) <= 2 * (mention.end - mention.start)
            if alone and line.text[-1] not in ".,":
                reason = "Datumet står för sig självt i början."
                return StatedDate(mention.date, LIKELY, reason, mention)
    return None


def _in_name(sources: Sources) -> StatedDate | None:
    named = date_in_name(sources.path)
    return StatedDate(named, LIKELY, "Datumet står bara i filens namn.") if named else None


def _signed(sources: Sources) -> StatedDate | None:
    """A place and a day at the end: "Göteborg 2024-02-28"."""
    for line in sources.reading.lines[-_FOOT:]:
        mention = _dated(sources.reading, line)
        if mention and mention.date and len(line.text) <= 40:
            reason = "Datumet står bara vid underskriften."
            return StatedDate(mention.date, FAINT, reason, mention)
    return None


_RULES: tuple[Callable[[Sources], StatedDate | None], ...] = (
    _in_head,
    _in_front,
    _on_each_page,
    _without_year,
    _with_the_meeting,
    _alone,
    _in_name,
    _signed,
)
