"""Municipalities named in a text, and the part of each in the meeting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb.model import MunicipalityPart, Part, Participant, Presence, Section, Span
from kb.parse.text.lines import LineMark
from kb.parse.text.phrases import PACKAGE
from kb.parse.text.reading import ParsedText
from kb.parse.what.header import Header
from kb.parse.who.bodies import find_body
from kb.parse.who.facts import Town
from kb.swedish.municipalities import Municipality, by_address, by_damaged_name, by_name, names
from kb.swedish.tables import words

_CAPITALISED = re.compile(r"\b[A-ZÅÄÖÉ][^\W_]{1,}")
_SECOND = re.compile(r"[ -]([A-ZÅÄÖ][^\W_]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)([\w.-]+\.se)\b", re.IGNORECASE)
_KOMMUN = re.compile(r"s?\s+(?:kommun|stad)s?\b", re.IGNORECASE)
_PREPOSITIONS = {  # before a name that is also …, those that a person's name does not follow
    "given": re.compile(r"\bi\s+$"),
    "surname": re.compile(r"\b(?:i|från|till|inom)\s+$"),
    "word": re.compile(r"\b(?:i|från|till|hos|för|och|inom)\s+$"),
}
_NEXT = re.compile(r"\s+[^\W\d_]+")
_PLOT = re.compile(r"s?\s+\d{1,3}(?![\d-])")
_DATELINE = 30
"""Characters after a town within which its date stands."""

_TOP = 10
"""Lines of the head, where the name of the body that met stands."""

_BETWEEN = re.compile(r"s?(?:,|\s*[&/–-]|\s+och)\s+")
_BODY = re.compile(r"s?\s+(?:kommuners\s+)?([^\W\d_]{5,})[ \t]*(?=\n|$|[ \t]{2})")

_OFTEN = 3
"""Times that minutes of a municipality name it with "kommun" or "stad"."""

_ORDER = (Part.ATTENDED, Part.HOST, Part.SUBJECT, Part.ABSENT, Part.MENTIONED)
"""The parts, strongest first: what counts before what does not."""


@dataclass(frozen=True, slots=True)
class MunicipalityMention:
    """A municipality named at a place in the repaired text."""

    name: str
    start: int
    end: int


def find_mentions(reading: ParsedText) -> list[MunicipalityMention]:
    """Return every place where the text names a municipality.

    Names that are also surnames, given names or words need more: "kommun" after them,
    or a preposition before. Where a text has lost its å, ä, ö, misread names count too.
    """
    text = reading.text
    found: list[MunicipalityMention] = []
    known, damaged = names(), reading.damaged
    reached = 0
    for match in _CAPITALISED.finditer(text):
        if match.start() < reached:
            continue
        end = match.end()
        place: Municipality | None = None
        if second := _SECOND.match(text, end):
            place = by_name(text[match.start() : second.end()])
            end = second.end() if place else end
        place = place or known.get(match.group())
        if damaged and not place:
            place = _misread(match.group())
        if place and _is_meant(reading, place, match.start(), end):
            found.append(MunicipalityMention(place.name, match.start(), end))
            reached = end
    return found


def _misread(word: str) -> Municipality | None:
    return by_damaged_name(word) if len(word) > 4 else None


def _is_meant(reading: ParsedText, place: Municipality, start: int, end: int) -> bool:
    """Tell whether a name means the municipality here, not an institution or another word."""
    after = _NEXT.match(reading.text, end)
    if after and after.group().strip().casefold() in _institutions():
        return False
    if _PLOT.match(reading.text, end) and not _dated(reading, end):
        return False
    if not place.care or _KOMMUN.match(reading.text, end):
        return True
    before = reading.text[max(0, start - 12) : start]
    if _PREPOSITIONS[place.care].search(before):
        return True
    if place.care != "word" or not before.rstrip()[-1:].isalpha():
        return False  # the first word of a sentence has its capital for another reason
    line = reading.line_at(start)
    return line is None or line.start < start or reading.layout.continues(line.index)


@cache
def _institutions() -> frozenset[str]:
    return frozenset(words(PACKAGE, "institutions.txt"))


@cache
def _municipal() -> tuple[str, ...]:
    return words(PACKAGE, "municipal_words.txt")


def _dated(reading: ParsedText, start: int) -> bool:
    """Tell whether a date stands at `start`: the number of a day names no plot."""
    return any(date.start <= start + 2 for date in reading.dates_in(start, start + 3))


def find_parts(
    reading: ParsedText,
    *,
    header: Header,
    mentions: Sequence[MunicipalityMention],
    people: Sequence[Participant],
    sections: Sequence[Section],
    towns: Sequence[Town] = (),
) -> tuple[MunicipalityPart, ...]:
    """Return each municipality with its strongest part, strongest first."""
    places: dict[str, set[Span]] = {}
    parts: dict[str, set[Part]] = {}
    confidence: dict[str, float] = {}

    def add(name: str, part: Part, span: Span) -> None:
        places.setdefault(name, set()).add(span)
        parts.setdefault(name, set()).add(part)

    for person in people:
        if person.municipality:
            absent = person.presence is Presence.ABSENT
            part = Part.ABSENT if absent else Part.ATTENDED
            add(person.municipality, part, person.span)
    for town in towns:
        part = Part.ABSENT if town.presence is Presence.ABSENT else Part.ATTENDED
        add(town.name, part, reading.source(town.start, town.end))
    listed = bool(parts)
    for section in sections:
        if section.municipality:
            add(section.municipality, Part.SUBJECT, section.heading_span)
    for mention in mentions:
        add(mention.name, Part.MENTIONED, reading.source(mention.start, mention.end))
    joined = _joined(reading, mentions)
    for mention in joined:
        add(mention.name, Part.SUBJECT, reading.source(mention.start, mention.end))
    host = _host(reading, header, mentions, joined, listed=listed)
    if host:
        mention, sure = host
        add(mention.name, Part.HOST, reading.source(mention.start, mention.end))
        confidence[mention.name] = sure
    found = []
    for name, having in parts.items():
        part = min(having, key=_ORDER.index)
        sure = confidence.get(name, 1.0) if part is Part.HOST else 1.0
        found.append(MunicipalityPart(name, part, tuple(sorted(places[name])), sure))
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.part), each.spans[0])))


def _joined(
    reading: ParsedText, mentions: Sequence[MunicipalityMention]
) -> list[MunicipalityMention]:
    """Return the municipalities that the body which met is named after, if it is of several.

    "Bjuv och Åstorps miljöförbund" on a line of the head: the minutes concern each of them, and
    none of them alone held the meeting.
    """
    top = reading.lines[:_TOP]
    starts = {line.start for line in top if line.mark is LineMark.NONE}
    run: list[MunicipalityMention] = []
    for mention in mentions:
        if not top or mention.start > top[-1].end:
            break
        if run and _BETWEEN.fullmatch(reading.text, run[-1].end, mention.start):
            run.append(mention)
        else:
            run = [mention]
        body = _BODY.match(reading.text, mention.end) if len(run) > 1 else None
        if body and run[0].start in starts and find_body(body.group(1)):
            return run
    return []


def _host(
    reading: ParsedText,
    header: Header,
    mentions: Sequence[MunicipalityMention],
    joined: Sequence[MunicipalityMention],
    *,
    listed: bool,
) -> tuple[MunicipalityMention, float] | None:
    """Return the municipality that held the meeting and how sure that is.

    In descending order of reliability: the stated place; the head of the minutes; the one called
    "kommun" or "stad"; a municipality's web address; a dateline of the day; the only municipality
    in the text, if a municipality's body met. All but the first two count only where nobody
    represents a municipality, since then the minutes are those of one.
    """
    if header.place_span:
        start, end = header.place_span
        for mention in mentions:
            if start <= mention.start < end:
                return mention, 0.95
    if joined:
        return None
    titled = {word.start for word in header.words}
    for mention in mentions:
        if mention.start in titled:
            return mention, 0.9
    if listed:
        return None
    spoken = [m for m in mentions if _KOMMUN.match(reading.text, m.end)]
    commonest = Counter(mention.name for mention in spoken).most_common(1)
    if commonest and commonest[0][1] >= max(_OFTEN, 0.8 * len(spoken)):
        return next(m for m in spoken if m.name == commonest[0][0]), 0.7
    addressed = _addressed(reading)
    if len({mention.name for mention in addressed}) == 1:
        return addressed[0], 0.8
    for mention in mentions:
        if _is_dateline(reading, header, mention):
            return mention, 0.8
    only = len({mention.name for mention in mentions}) == 1
    if only and len(mentions) == len(spoken) == 1 and _in_passing(reading, mentions[0]):
        return None
    if only and any(word in reading.folded for word in _municipal()):
        return mentions[0], 0.6
    return None


def _in_passing(reading: ParsedText, mention: MunicipalityMention) -> bool:
    """Tell whether a municipality is mentioned between head and end: "Malmö stad har ett råd"."""
    line = reading.line_at(mention.start)
    return line is not None and _TOP <= line.index < len(reading.lines) - _TOP


def _is_dateline(reading: ParsedText, header: Header, mention: MunicipalityMention) -> bool:
    """Tell whether a line says where and when the minutes were written: "Lund den 3 maj 2020"."""
    line = reading.line_at(mention.start)
    if line is None or line.start != mention.start or header.date is None:
        return False
    dates = reading.dates_in(mention.end, min(line.end, mention.end + _DATELINE))
    return any(date.date is not None and date.date == header.date.date for date in dates)


def _addressed(reading: ParsedText) -> list[MunicipalityMention]:
    found: list[MunicipalityMention] = []
    if ".se" not in reading.folded:
        return found
    for match in _ADDRESS.finditer(reading.text):
        if place := by_address(match.group(1)):
            found.append(MunicipalityMention(place.name, match.start(1), match.end(1)))
    return found
