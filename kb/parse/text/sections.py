"""Sections: the headings of a text, and the stretch under each.

A text marks its headings in one way throughout, so the most reliable mark found decides: hashes,
then paragraph signs, then numbers in sequence, then short lines with space around them.
A round, where one municipality after another reports, is divided within its section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from kb.model import Action, Decision, Postponed, Question, Reference, Section, Voice
from kb.parse.text.headings import TextHeading, by_hashes, by_layout, by_numbers, by_paragraphs
from kb.parse.text.labels import Label
from kb.parse.text.lines import LineMark, TextLine, ends
from kb.parse.text.reading import ParsedText
from kb.parse.who.names import municipality_named

Fact = TypeVar("Fact", Decision, Action, Postponed, Question, Reference, Voice)

_ROUND = re.compile(
    r"([A-ZÅÄÖ][^\W\d_]+(?:[ -][A-ZÅÄÖ][^\W\d_]+)?)(?:s kommun|\s+kommun)?\s*(?:[-–—:]|$)"
)


def find_headings(
    reading: ParsedText, labels: dict[int, Label], taken: Collection[int], stop: int
) -> list[TextHeading]:
    """Return the headings in order.

    Args:
        reading: The text.
        labels: Its labelled lines.
        taken: Lines that belong to title, fields or lists of people.
        stop: Where the signature begins.
    """
    lines = [ln for ln in reading.lines if ln.index not in taken and ln.outer < stop]
    for rule, fewest in (
        (by_hashes, 2),
        (by_paragraphs, 2),
        (by_hashes, 1),
        (by_paragraphs, 1),
        (by_numbers, 2),
    ):
        found = rule(reading, lines)
        if len(found) >= fewest:
            break
    else:
        found = by_layout(reading, lines, labels, taken, stop)
    found = sorted([*found, *_appendices(reading, lines, found)], key=lambda each: each.start)
    return _with_rounds(found, lines)


_APPENDIX = re.compile(
    r"Bilaga(?:\s+(?:\d{1,2}|[A-Z]))?(?:\s*[:.–-]\s*\S.*)?$|BILAGA(?:\s+\d{1,2})?$"
)
_LONGEST_APPENDIX = 80


def _appendices(
    reading: ParsedText, lines: list[TextLine], found: list[TextHeading]
) -> Iterator[TextHeading]:
    """Yield the headings of appendices, which end whatever stands before them.

    They stand by themselves after everything else, on a page or below an empty line.
    """
    known = {heading.line for heading in found}
    for line in lines:
        if (
            line.index in known
            or len(line.text) > _LONGEST_APPENDIX
            or line.mark is not LineMark.NONE
        ):
            continue
        before = reading.lines[line.index - 1] if line.index else None
        below = reading.lines[line.index + 1] if line.index + 1 < len(reading.lines) else None
        paged = before is not None and "\f" in reading.text[before.end : line.start]
        if before and (line.gap or paged) and _APPENDIX.match(line.text):
            titled = below and below.gap == 0 and len(below.text) <= _LONGEST_APPENDIX
            last = below if titled and below and not ends(below) else line
            yield TextHeading(
                start=line.outer,
                words=last.start,
                end=last.end,
                text=last.text,
                level=1,
                line=line.index,
                last=last.index,
                sure=0.9,
            )


def to_sections(reading: ParsedText, found: list[TextHeading], stop: int) -> tuple[Section, ...]:
    """Return a section for each heading, reaching to the next one of its level or above."""
    sections = []
    for at, heading in enumerate(found):
        end = next((h.start for h in found[at + 1 :] if h.level <= heading.level), stop)
        sections.append(
            Section(
                heading=heading.text,
                level=heading.level,
                span=reading.source(heading.start, end),
                heading_span=reading.source(heading.words, heading.end),
                number=heading.number,
                municipality=heading.municipality,
                confidence=heading.sure,
            )
        )
    return tuple(sections)


def placed(facts: Sequence[Fact], sections: Sequence[Section]) -> tuple[Fact, ...]:
    """Return the facts, each with the innermost section it stands in."""
    return tuple(replace(fact, section=_section_at(sections, fact.span.start)) for fact in facts)


def _section_at(sections: Sequence[Section], offset: int) -> int | None:
    at = bisect_left(sections, offset + 1, key=lambda section: section.span.start) - 1
    while at >= 0 and sections[at].span.end <= offset:
        at -= 1
    return at if at >= 0 else None


def _with_rounds(found: list[TextHeading], lines: list[TextLine]) -> list[TextHeading]:
    """Add a section for each municipality where three or more report in turn."""
    found = _reporting(found)
    starts = {heading.line for heading in found}
    spoken: dict[int, list[TextHeading]] = {}
    at = -1
    for line in lines:
        while at + 1 < len(found) and found[at + 1].start <= line.outer:
            at += 1
        if line.index in starts or (at >= 0 and line.index <= found[at].last):
            continue
        match = _ROUND.match(line.text)
        place = municipality_named(match.group(1)) if match else None
        if match is None or place is None:
            continue
        level = found[at].level + 1 if at >= 0 else 1
        end = line.start + match.end(1)
        spoken.setdefault(at, []).append(
            TextHeading(
                start=line.outer,
                words=line.start,
                end=end,
                text=place.name,
                level=level,
                line=line.index,
                last=line.index,
                municipality=place.name,
            )
        )
    rounds = [
        heading
        for at, headings_ in spoken.items()
        if len({heading.municipality for heading in headings_} | _told_beside(found, at)) >= 3
        for heading in headings_
    ]
    return sorted([*found, *rounds], key=lambda heading: heading.start)


def _reporting(found: list[TextHeading]) -> list[TextHeading]:
    """Return the headings, municipalities by themselves being within the point before them."""
    kept: list[TextHeading] = []
    inside = 0
    for heading in found:
        alone = heading.municipality == heading.text and heading.number is None
        if not alone:
            inside = heading.level
        kept.append(replace(heading, level=inside + 1) if alone and inside else heading)
    return kept


def _told_beside(found: list[TextHeading], at: int) -> set[str | None]:
    """Return the municipalities that are headings after point `at`, as others report in lines."""
    told: set[str | None] = set()
    for heading in found[at + 1 :]:
        if heading.municipality is None or heading.municipality != heading.text:
            break
        told.add(heading.municipality)
    return told
