"""Coming meetings: announced in a sentence, or listed under a line that says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kb.model import Meeting, Span
from kb.parse.text.cues import Cue, SentenceWords, cues, split_words
from kb.parse.text.lines import LineMark, TextLine
from kb.parse.text.phrases import PACKAGE, meeting_words, weekdays
from kb.parse.text.reading import ParsedText, squeeze
from kb.parse.text.sieve import Sieve
from kb.parse.when.clocks import find_clocks
from kb.parse.when.dates import DateMention
from kb.parse.when.relative import RelativeDay, find_relative, maybe_relative
from kb.parse.who.bodies import find_body, proper_body, same_body
from kb.swedish.closed_list import vocabulary
from kb.swedish.tables import rows

_REACH = 90
"""Characters between the announcement and its date."""

_BACK = 40
"""Characters between a date and the announcement after it."""

_BELOW = 2
"""Lines below a heading within which its date stands."""

_LONGEST_BELOW = 250
_LONGEST_HEADING = 80
_HEADING_BEGINS = 40
_HEADING_WORDS = 8
_SHORTLY = 3
"""Most words between a word for a meeting and its verb."""

_JOINED = 25
"""Characters between the dates of a list."""

_SMALL = frozenset(
    ("och", "samt", "eller", "kl", "klockan", "den", "ca", "sen", "sedan", "först", "därefter")
)
"""Words that may stand between the dates of a list, as weekdays may."""

_PLACE = re.compile(
    r"\s*(?:,\s*)?(?:(?:i|på)\s+|(?=hos\s))"
    r"((?:(?:hos|sal|lokal|rum)\s+)?[A-ZÅÄÖ][\w-]*(?:[ ,]+(?:[A-ZÅÄÖ][\w-]*|\d+))*)"
)
_YEAR = re.compile(r"\b(20\d\d)\b")
_WORD = re.compile(r"[^\W\d_]+")

Day = DateMention | RelativeDay
"""The form of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMention:
    """A meeting announced, its year perhaps not stated; offsets of the repaired text."""

    mention: Day
    start: int
    end: int
    year: int | None
    time: dt.time | None
    place: str | None
    body: str | None = None

    def on(self, base: dt.date | None) -> dt.date | None:
        """Return the day; a missing year follows from `base`, the date of these minutes."""
        mention = self.mention
        if isinstance(mention, RelativeDay):
            return mention.after(base) if base else None
        if self.year is not None:
            try:
                return dt.date(self.year, mention.month, mention.day)
            except ValueError:
                return None
        return mention.after(base) if base else mention.date

    @property
    def confidence(self) -> float:
        """The confidence of the day, 0-1."""
        if isinstance(self.mention, RelativeDay):
            return 0.7
        return 0.95 if self.mention.named else 0.85


def find_announced(reading: ParsedText) -> list[MeetingMention]:
    """Return the meetings the text announces, in its order."""
    found = [*_in_sentences(reading), *_below_headings(reading), *_in_lists(reading)]
    unique: dict[int, MeetingMention] = {}
    for each in found:
        held = unique.get(each.mention.start)
        if held is None or (held.place is None and each.place):
            unique[each.mention.start] = each
    return sorted(unique.values(), key=lambda each: each.mention.start)


def _in_sentences(reading: ParsedText) -> Iterator[MeetingMention]:
    """Announced in passing: "Vårt nästa möte är 21 nov kl 10.30", "den 31:a för nästa möte"."""
    for sentence, text, said in reading.said:
        relative = maybe_relative(text, said.texts)
        days = _days(reading, sentence.start, sentence.end, relative=relative)
        if not days:
            continue
        for cue in (
            *cues("coming_cues.txt", wild=_meets).find(said),
            *(cue for cue in cues("coming_verbs.txt").find(said) if _of_meeting(said, cue)),
        ):
            place = sentence.start + cue.end
            after = [d for d in days if 0 <= d.start - place <= _REACH]
            for at in range(_run(reading, after)):
                stop = after[at + 1].start if at + 1 < len(after) else sentence.end
                yield replace(_announced(reading, after[at], sentence, stop), body=_body(said, cue))
        for cue in cues("coming_after.txt", wild=_meets).find(said):
            place = sentence.start + cue.start
            before = [d for d in days if 0 <= place - d.end <= _BACK]
            if before:
                yield _announced(reading, before[-1], sentence, place)


def _body(said: SentenceWords, cue: Cue) -> str | None:
    """Return the body that a cue names: "nästa Gemensamma utvecklingsgrupp"."""
    places = zip(said.texts, said.spans, strict=True)
    words = [word for word, (start, end) in places if cue.start <= start and end <= cue.end]
    return proper_body(words) if words else None


def _of_meeting(said: SentenceWords, cue: Cue) -> bool:
    """Tell whether a word for a meeting stands shortly before `cue`."""
    before = [
        word for word, (_, end) in zip(said.texts, said.spans, strict=True) if end < cue.start
    ]
    return any(map(_meets, before[-_SHORTLY:]))


def _days(reading: ParsedText, start: int, end: int, *, relative: bool) -> list[Day]:
    """Return the days stated in `start:end`, with `relative` also those relative to another day."""
    dates: list[Day] = [*reading.dates_in(start, end)]
    if not relative:
        return dates
    taken = {at for date in dates for at in range(date.start, date.end)}
    dates += [d for d in find_relative(reading.text, start, end) if d.start not in taken]
    return sorted(dates, key=lambda day: day.start)


def _run(reading: ParsedText, days: Sequence[Day]) -> int:
    """Return how many of `days`, from the first, form one list."""
    count = min(1, len(days))
    for day, following in pairwise(days):
        between = reading.text[day.end : following.start]
        words = [word.casefold() for word in _WORD.findall(between)]
        if len(between) > _JOINED or any(
            word not in _SMALL and weekdays().exact(word) is None for word in words
        ):
            break
        if "(" in between or "." in between.replace("kl.", "").strip(" .0123456789:"):
            break
        count += 1
    return count


def _announced(reading: ParsedText, day: Day, around: Span, stop: int) -> MeetingMention:
    return MeetingMention(
        mention=day,
        start=around.start,
        end=around.end,
        year=day.year if isinstance(day, DateMention) else None,
        time=_time(reading, day.end, min(stop, day.end + 40)),
        place=_place(reading, day.end, stop),
    )


def _meets(word: str) -> bool:
    return meeting_words().like(word) is not None or find_body(word) is not None


@cache
def _heads() -> Sieve:
    """Words that lines above a coming meeting begin with."""
    words = vocabulary(row[0].split()[0] for row in rows(PACKAGE, "coming_headings.txt"))
    return Sieve(words.phrase)


def _may_announce(text: str) -> bool:
    """Tell, by a cheap test, whether a line may begin as those above a coming meeting."""
    return bool(_heads().places(_WORD.findall(text[:_HEADING_BEGINS])[:2]))


def _below_headings(reading: ParsedText) -> Iterator[MeetingMention]:
    """Announced by a heading, the day right below it: "Nästa möte", "Tisdag nästa vecka"."""
    for line in reading.lines:
        if len(line.text) > _LONGEST_HEADING or not _may_announce(line.text):
            continue
        if reading.dates_in(line.start, line.end):
            continue
        said = split_words(line.text)
        if not 1 < len(said.texts) <= _HEADING_WORDS:
            continue
        heads = cues("coming_headings.txt", wild=_meets).find(said)
        if not any(cue.start == 0 or said.spans[0][1] == cue.start - 1 for cue in heads):
            continue
        for below in reading.lines[line.index + 1 : line.index + 1 + _BELOW]:
            if (
                below.mark in (LineMark.HASH, LineMark.PARAGRAPH)
                or len(below.text) > _LONGEST_BELOW
            ):
                break
            days = _days(reading, below.start, below.end, relative=True)
            around = Span(below.start, below.end)
            for at in range(_run(reading, days)):
                stop = days[at + 1].start if at + 1 < len(days) else below.end
                yield _announced(reading, days[at], around, stop)
            if days:
                yield from _more(reading, below)
                break


def _more(reading: ParsedText, first: TextLine) -> Iterator[MeetingMention]:
    """Yield the days on the lines right below the first of a list: "11/11 kl. 19 hos Lars"."""
    for line, day in _dated(reading, first):
        if line.gap > 1 or line.mark is not first.mark:
            return
        yield _announced(reading, day, Span(line.start, line.end), line.end)


def _in_lists(reading: ParsedText) -> Iterator[MeetingMention]:
    """Announced by a line with a date on each line below it: "Nätverksträffar 2021:"."""
    lines = reading.lines
    for line in lines:
        if not _several().places(_WORD.findall(line.text[:80])[:8]):
            continue
        stated = _YEAR.search(line.text)
        year = int(stated.group(1)) if stated else None
        dates = reading.dates_in(line.start, line.end)
        if dates:  # the dates stand on the line itself: "Mötestider: 14/1, 11/2"
            colon = reading.text.rfind(":", line.start, dates[0].start)
            before = reading.text[line.start : dates[0].start]
            many = len(dates) > 1 and len(before.split()) <= _HEADING_WORDS and "." not in before
            if many or (colon >= 0 and not _WORD.search(reading.text, colon, dates[0].start)):
                yield from _listed(reading, dates, Span(line.start, line.end), year, None)
            continue
        dated = list(_dated(reading, line))
        if not dated:
            continue
        after = lines[dated[-1][0].index + 1 : dated[-1][0].index + 2]
        shared = _time(reading, after[0].start, after[0].end) if after else None
        for below in dict.fromkeys(below for below, _ in dated):
            dates = reading.dates_in(below.start, below.end)
            yield from _listed(reading, dates, Span(below.start, below.end), year, shared)


def _listed(
    reading: ParsedText,
    days: Sequence[DateMention],
    around: Span,
    year: int | None,
    shared: dt.time | None,
) -> Iterator[MeetingMention]:
    """Yield the dates of one line, with the year of their heading and a shared time."""
    for at in range(_run(reading, days)):
        stop = days[at + 1].start if at + 1 < len(days) else around.end
        one = _announced(reading, days[at], around, stop)
        yield replace(one, year=one.year or year, time=one.time or shared)


@cache
def _several() -> Sieve:
    """Words for more than one meeting."""
    return Sieve(lambda word: (meant := meeting_words().exact(word)) and meant.many)


def _dated(reading: ParsedText, heading: TextLine) -> Iterator[tuple[TextLine, DateMention]]:
    """Yield the lines right below `heading` that begin with a date."""
    for at in range(heading.index + 1, len(reading.lines)):
        line = reading.lines[at]
        dates = reading.dates_in(line.start, min(line.end, line.start + 20))
        if not dates and at == heading.index + 1 and "\t" in line.text:
            continue  # the head of a table
        if not dates or line.gap > 2:
            return
        yield line, dates[0]


def _time(reading: ParsedText, start: int, end: int) -> dt.time | None:
    clocks = find_clocks(reading.text, start, end, bare=True)
    return clocks[0].time if clocks else None


def _place(reading: ParsedText, start: int, end: int) -> str | None:
    clocks = find_clocks(reading.text, start, min(end, start + 20), bare=True)
    begin = start
    if clocks:
        begin = reading.text.find(" ", clocks[0].start + 4, end)
    match = _PLACE.match(reading.text, max(begin, start), end)
    return squeeze(match.group(1)).strip(" ,") if match else None


def to_meetings(
    reading: ParsedText,
    announced: Sequence[MeetingMention],
    base: dt.date | None,
    group: str | None,
) -> tuple[Meeting, ...]:
    """Return the announced meetings in order of time, each day once.

    Args:
        reading: The text.
        announced: What it announces.
        base: The likeliest date of the minutes; a meeting must lie after it.
        group: The body whose minutes they are; meetings are of that body unless they name another.
    """
    days: dict[dt.date, Meeting] = {}
    for each in announced:
        day = each.on(base)
        if day is None or (base and not dt.timedelta(0) < day - base < dt.timedelta(days=730)):
            continue
        span = reading.source(each.start, each.end)
        other = each.body if each.body and not (group and same_body(each.body, group)) else None
        one = Meeting(
            date=day,
            span=span,
            time=each.time,
            place=each.place,
            confidence=each.confidence,
            group=other,
        )
        held = days.setdefault(day, one)
        days[day] = replace(held, time=held.time or one.time, place=held.place or one.place)
    return tuple(days[day] for day in sorted(days))
