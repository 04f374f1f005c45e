"""Meetings to come: announced in a sentence, or listed under a line that says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.model import Meeting
from kb.parse.bodies import find_body
from kb.parse.clocks import find_clocks
from kb.parse.cues import cues
from kb.parse.dates import DateMention
from kb.parse.lines import Line
from kb.parse.phrases import meeting_words
from kb.parse.reading import Reading, squeeze

_REACH = 90
"""Characters between the announcement and its date."""

_PLACE = re.compile(
    r"\s*(?:,\s*)?(?:i|på|hos)\s+((?:[A-ZÅÄÖ][\w-]*)(?:[ ,]+(?:[A-ZÅÄÖ][\w-]*|\d+))*)"
)
_YEAR = re.compile(r"\b(20\d\d)\b")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting announced, its year perhaps not stated; offsets of the repaired text."""

    mention: DateMention
    start: int
    end: int
    year: int | None
    time: dt.time | None
    place: str | None

    def on(self, base: dt.date | None) -> dt.date | None:
        """Return the day, the year worked out from `base`, the day of these minutes."""
        mention = self.mention
        if self.year is not None:
            try:
                return dt.date(self.year, mention.month, mention.day)
            except ValueError:
                return None
        return mention.after(base) if base else mention.date


def find_announced(reading: Reading) -> list[Announced]:
    """Return the meetings the text announces, in its order."""
    found = [*_in_sentences(reading), *_in_lists(reading)]
    unique: dict[int, Announced] = {}
    for each in found:
        held = unique.get(each.mention.start)
        if held is None or (held.place is None and each.place):
            unique[each.mention.start] = each
    return sorted(unique.values(), key=lambda each: each.mention.start)


def _in_sentences(reading: Reading) -> Iterator[Announced]:
    """Announced in passing, the date after it: "Vårt nästa möte är 21 nov kl 10.30"."""
    for sentence, _, said in reading.said:
        dates = reading.dates_in(sentence.start, sentence.end)
        if not dates:
            continue
        for cue in cues("coming_cues.txt", wild=_meets).find(said):
            place = sentence.start + cue.end
            after = [d for d in dates if 0 <= d.start - place <= _REACH]
            if not after:
                continue
            mention = after[0]
            stop = after[1].start if len(after) > 1 else sentence.end
            yield Announced(
                mention,
                sentence.start,
                sentence.end,
                mention.year,
                _time(reading, mention.end, min(stop, mention.end + 40)),
                _place(reading, mention.end, stop),
            )


def _meets(word: str) -> bool:
    return meeting_words().like(word) is not None or find_body(word) is not None


def _in_lists(reading: Reading) -> Iterator[Announced]:
    """Announced by a line with a date on each line below it: "Nätverksträffar 2021:"."""
    lines = reading.lines
    for line in lines:
        if reading.dates_in(line.start, line.end):
            continue
        dated = list(_dated(reading, line))
        if not dated:
            continue
        if not any(_many(word) for word in _WORD.findall(line.text[:80])[:8]):
            continue
        stated = _YEAR.search(line.text)
        year = int(stated.group(1)) if stated else None
        after = lines[dated[-1][0].index + 1 : dated[-1][0].index + 2]
        shared = _time(reading, after[0].start, after[0].end) if after else None
        for below, mention in dated:
            yield Announced(
                mention,
                below.start,
                below.end,
                mention.year or year,
                _time(reading, mention.end, below.end) or shared,
                _place(reading, mention.end, below.end),
            )


def _many(word: str) -> bool:
    meant = meeting_words().exact(word)
    return meant is not None and meant.many


def _dated(reading: Reading, heading: Line) -> Iterator[tuple[Line, DateMention]]:
    """Yield the lines right below `heading` that begin with a date."""
    for at in range(heading.index + 1, len(reading.lines)):
        line = reading.lines[at]
        dates = reading.dates_in(line.start, min(line.end, line.start + 20))
        if not dates or line.gap > 2:
            return
        yield line, dates[0]


def _time(reading: Reading, start: int, end: int) -> dt.time | None:
    clocks = find_clocks(reading.text, start, end, bare=True)
    return clocks[0].time if clocks else None


def _place(reading: Reading, start: int, end: int) -> str | None:
    clocks = find_clocks(reading.text, start, min(end, start + 20), bare=True)
    begin = start
    if clocks:
        begin = reading.text.find(" ", clocks[0].start + 4, end)
    match = _PLACE.match(reading.text, max(begin, start), end)
    return squeeze(match.group(1)).strip(" ,") if match else None


def to_meetings(
    reading: Reading, announced: Sequence[Announced], base: dt.date | None
) -> tuple[Meeting, ...]:
    """Return the announced meetings in order of time, each day once.

    Args:
        reading: The text.
        announced: What it announces.
        base: The likeliest date of the minutes; a meeting must lie after it.
    """
    days: dict[dt.date, Meeting] = {}
    for each in announced:
        day = each.on(base)
        if day is None or (base and not dt.timedelta(0) < day - base < dt.timedelta(days=730)):
            continue
        span = reading.source(each.start, each.end)
        held = days.get(day)
        if held is None:
            sure = 0.95 if each.mention.named else 0.85
            days[day] = Meeting(day, span, each.time, each.place, sure)
        else:
            days[day] = Meeting(
                day, held.span, held.time or each.time, held.place or each.place, held.confidence
            )
    return tuple(days[day] for day in sorted(days))
