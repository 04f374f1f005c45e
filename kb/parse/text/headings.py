"""Headings, by each of the ways in which minutes mark them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.parse.text.labels import Label
from kb.parse.text.lines import TERMINAL, LineMark, TextLine, ends, is_rule
from kb.parse.text.phrases import adopting, containers, headings, kinds, parts, unfinished
from kb.parse.text.reading import ParsedText
from kb.parse.who.bodies import capitalised
from kb.parse.who.names import municipality_named

_RUN_IN = re.compile(r"([^:.!?]{3,60}):\s+\S")
_CASE_NUMBER = re.compile(
    r"(?:(?:ärende|diarie)?n(?:umme)?r\.?:?\s*|(?:dnr|ärende\s?nr)\.?:?\s*)?"
    r"(?:[A-ZÅÄÖ]{1,6}[-/\s])?(?:[A-ZÅÄÖ]{1,6}[-/\s]?)?(?:19|20)?\d\d[-.:/]\d+[\w:/-]*(?:\s+[A-ZÅÄÖ]{1,6}[\d:]*)?$"
    r"|\d{4}/\d\d$",
    re.I,
)
_LEADERS = re.compile(r"[.…_]{4,}\s*\d{1,3}$")
"""What ends a line of a list of contents."""

_FIGURES = re.compile(r"\d+")
_LONGEST_PLAIN = 75
_LONGEST = 200
_MOST_HEADING_LINES = 4
_FEWEST_INNER = 2
_STEP = 3
"""White space by which a point is indented within another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHeading:
    """A heading in the repaired text; `start` counts its number, `words` does not."""

    start: int
    words: int
    end: int
    text: str
    level: int
    line: int
    last: int
    number: str | None = None
    municipality: str | None = None
    sure: float = 0.95


def by_hashes(reading: ParsedText, lines: list[TextLine]) -> list[TextHeading]:
    """Markdown: the number of hashes is the level."""
    marked = [line for line in lines if line.mark is LineMark.HASH]
    top = min((line.depth for line in marked), default=1)
    return [
        _heading(reading, line, line, line.depth - top + 1, start=line.start - line.hang)
        for line in marked
    ]


def by_paragraphs(reading: ParsedText, lines: list[TextLine]) -> list[TextHeading]:
    """Council minutes: "§ 12", with the heading on the same line or below a case number."""
    found = []
    for at, line in enumerate(lines):
        if line.mark is not LineMark.PARAGRAPH or _LEADERS.search(line.text):
            continue
        first = line
        before = reading.lines[line.index - 1] if line.index else None
        runs_on = before and line.gap == 0 and not ends(before) and reading.layout.full(before)
        if before and runs_on and not is_rule(before):
            continue  # a reference that running text broke before
        if (line.text.startswith("§") or _CASE_NUMBER.match(line.text)) and at + 1 < len(lines):
            first = lines[at + 1]
            if first.mark is LineMark.PARAGRAPH:
                continue  # a list of the points, not the points
        elif line.text[0].islower():
            continue  # "§ 5 i stadgan", in running text
        last = first
        for below in _below(lines, first):
            if not _goes_on(reading, last, below):
                break
            last = below
        found.append(
            _heading(reading, first, last, line.depth, start=line.outer, number=line.number)
        )
    # A point also stands in the list of points, and in the head of the pages it goes on
    # over: the one with most under it is its heading.
    longest: dict[str | None, tuple[int, int]] = {}
    ends_at = [*(heading.line for heading in found), len(reading.lines)][1:]
    for heading, end in zip(found, ends_at, strict=True):
        body = end - heading.last
        if body > longest.get(heading.number, (0, 0))[0]:
            longest[heading.number] = (body, heading.start)
    lowest = longest.get(min((h.number for h in found), key=_figure, default=None))
    for heading, end in zip(found, ends_at, strict=True):  # a list of the points goes before them
        body, start = longest.get(heading.number, (0, 0))
        if lowest and start < lowest[1] < heading.start:
            longest[heading.number] = (end - heading.last, heading.start)
    kept = {start for _, start in longest.values()}
    return [heading for heading in found if heading.start in kept]


def _figure(number: str | None) -> tuple[int, ...]:
    return tuple(map(int, _FIGURES.findall(number or "")))


def _goes_on(reading: ParsedText, last: TextLine, below: TextLine) -> bool:
    """Tell whether the heading that `last` belongs to continues in the line below it."""
    if below.gap or below.mark is not LineMark.NONE or ends(last):
        return False
    if below.text[0].islower() and last.text.split()[-1] in unfinished():
        return True
    if headings().like(below.text.rstrip(":")) or parts().like(below.text.rstrip(":")):
        return False
    if len(below.text) > max(_LONGEST_PLAIN, 0.9 * reading.layout.width):
        return False
    if last.text.endswith((",", "-", "–")) or last.text.split()[-1] in unfinished():
        return True
    return below.text[0].islower() or (reading.layout.full(last) and not ends(below))


def _below(lines: list[TextLine], line: TextLine) -> list[TextLine]:
    """Return the few lines after `line` that its heading may continue in."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        if lines[middle].index <= line.index:
            low = middle + 1
        else:
            high = middle
    return lines[low : low + _MOST_HEADING_LINES - 1]


def by_numbers(reading: ParsedText, lines: list[TextLine]) -> list[TextHeading]:
    """Points numbered in sequence, each with something under it."""
    found: list[TextHeading] = []
    expected: int | None = None
    bodies = 0
    first_indent = 1000
    for at, line in enumerate(lines):
        if line.mark is not LineMark.NUMBER or line.number is None or line.text[0].islower():
            continue
        if _LEADERS.search(line.text):
            continue
        main = int(line.number.split(".")[0])
        if main == 1 and line.depth == 1 and len(found) > 1 and not bodies:
            found, expected = [], None  # what was numbered so far is a list of the points
        if line.depth > 1:
            if found and expected is not None and main == expected - 1:
                last = _last(reading, lines, line)
                found.append(_heading(reading, line, last, line.depth, number=line.number))
            continue
        if main != (expected or 1) or line.indent > first_indent + _STEP:
            continue
        if expected is None and _opens_list(reading, line):
            continue
        first_indent = line.indent if expected is None else first_indent
        last = _last(reading, lines, line)
        found.append(_heading(reading, line, last, 1, number=line.number))
        expected = main + 1
        after = at + 1 + last.index - line.index
        bodies += after < len(lines) and lines[after].mark is not LineMark.NUMBER
    if bodies * 2 < len(found):
        return []
    inner = _inner(reading, found, lines[-1].end) if found else ()
    return sorted([*found, *inner], key=lambda each: each.start)


def _opens_list(reading: ParsedText, line: TextLine) -> bool:
    """Tell whether what stands above `line` makes it the first item of a list."""
    above = reading.lines[line.index - 1].text if line.index else ""
    if parts().like(above.rstrip(":")) == "decision":
        return True
    return above.endswith(":") and above.split()[0].casefold() in adopting()


def _inner(reading: ParsedText, found: list[TextHeading], stop: int) -> Iterator[TextHeading]:
    """Points lettered, or numbered from 1 again, within a numbered one, each with text under it."""
    tops = [each.line for each in found] + [len(reading.lines)]
    for top, end in pairwise(tops):
        outer = reading.lines[top]
        inside = [line for line in reading.lines[top + 1 : end] if line.start < stop]
        run: list[TextLine] = []
        for line, below in pairwise([*inside, outer]):
            wanted = (chr(ord("a") + len(run)), str(len(run) + 1))
            deeper = line.mark is LineMark.BULLET or line.indent > outer.indent + _STEP
            if (
                line.number not in wanted
                or not deeper
                or line.text[0].islower()
                or (run and line.mark is not run[0].mark)
            ):
                continue
            if ends(line) or (below.number is not None and below is not outer):
                break  # a list
            run.append(line)
        if len(run) >= _FEWEST_INNER:
            yield from (_heading(reading, line, line, 2, number=line.number) for line in run)


def _last(reading: ParsedText, lines: list[TextLine], first: TextLine) -> TextLine:
    """Return the last line of the heading that begins with `first`."""
    last = first
    for below in _below(lines, first):
        if ends(last) or not reading.layout.continues(below.index):
            break
        last = below
    return last


def by_layout(
    reading: ParsedText,
    lines: list[TextLine],
    labels: dict[int, Label],
    taken: Collection[int],
    stop: int,
) -> list[TextHeading]:
    """Short lines with space around them and a body under them."""
    found = []
    shortest = min(_LONGEST_PLAIN, 0.75 * reading.layout.width)
    for line in lines:
        known = headings().like(line.text.rstrip(":")) is not None
        label = labels.get(line.index)
        if label is not None and not known:
            continue
        if known or (
            len(line.text) <= shortest
            and _shaped(line)
            and _set_apart(reading, line, taken)
            and _has_body(reading, line, taken, stop)
        ):
            found.append(replace(_heading(reading, line, line, 1), sure=0.85 if known else 0.7))
    return found


def _shaped(line: TextLine) -> bool:
    """Tell whether the words of `line` look like a heading's."""
    text = line.text
    if not (text[0].isupper() or text[0] in '”"') or text[-1] in ".,;!…/-":
        return False
    if line.mark not in (LineMark.NONE, LineMark.BULLET) or len(text.split()) > 10 or len(text) < 3:
        return False
    if text.endswith(":") and text.split()[0].casefold() in adopting():
        return False
    return kinds().like(text) is None and containers().like(text.rstrip(":")) is None


def _set_apart(reading: ParsedText, line: TextLine, taken: Collection[int]) -> bool:
    """Tell whether `line` begins something new."""
    if line.index == 0 or line.index - 1 in taken:
        return True
    before = reading.lines[line.index - 1]
    if reading.layout.double_spaced:
        return ends(before) or line.gap > 1 or not reading.layout.full(before)
    return line.gap > 0


def _has_body(reading: ParsedText, line: TextLine, taken: Collection[int], stop: int) -> bool:
    """Tell whether running text follows `line`."""
    if line.index + 1 >= len(reading.lines):
        return False
    below = reading.lines[line.index + 1]
    if below.outer >= stop or below.index in taken or below.text[0].islower():
        return False
    if municipality_named(below.text) and not municipality_named(line.text):
        return True  # a round
    if line.mark is LineMark.BULLET and below.mark is LineMark.BULLET:
        return False
    if below.mark is LineMark.BULLET:
        return True
    sentence = len(below.text) > len(line.text) or below.text[-1] in TERMINAL
    return sentence and (below.gap <= 1 or len(below.text) > 40)


def _heading(
    reading: ParsedText,
    first: TextLine,
    last: TextLine,
    level: int,
    *,
    start: int | None = None,
    number: str | None = None,
) -> TextHeading:
    begin, end = first.start, last.end
    if first.mark is LineMark.NUMBER and (run_in := _RUN_IN.match(reading.text, begin, end)):
        end = run_in.end(1)
    text = reading.words(begin, end)
    if len(text) > _LONGEST:
        text = text[: text.rfind(" ", 0, _LONGEST)]
        end = begin + len(text)
    text = text.strip(" *_").rstrip(" .:").strip()
    text = capitalised(headings().written(text) or text)
    place = municipality_named(text)
    return TextHeading(
        start=first.outer if start is None else start,
        words=begin,
        end=end,
        text=text,
        level=level,
        line=first.index,
        last=last.index,
        number=number if number is not None else first.number,
        municipality=place.name if place else None,
    )
