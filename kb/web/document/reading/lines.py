"""Tells intended line breaks from those caused by the width of the paper.

A line that was wrapped is one where the next line's first word had no room. The
width is taken from the text itself, and so is whether it is double-spaced: then
one empty line between two lines says nothing, and a short line ends a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

_LINE = re.compile(r"[^\n\f]+")
_LABEL = re.compile(r"(?:[-–—•·▪◦‣●○■□*\ue000-\uf8ff]|\d{1,2}[.)]|[a-zåäö]\))(?=\s|$)")
_CLOSED = frozenset(".:;!?…")
_FULL = 0.92
"""Share of the width that counts as a full line; letters differ in breadth."""

_DOUBLE = 0.6
"""Share of lines followed by an empty one above which a text counts as double-spaced."""


_PAGE = 2
"""Number of empty lines that a new page counts as."""


class Break(Enum):
    """The kind of break between two lines."""

    NONE = auto()  # the sentence continues
    LINE = auto()
    PARAGRAPH = auto()


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line that is not empty, without surrounding space.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        empty: Empty lines before it.
        label: The bullet or number it opens with, if it is a point of a list.
    """

    start: int
    end: int
    empty: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """The layout of a text: characters in a full line, and whether it is double-spaced."""

    width: int
    double: bool


def split_lines(text: str, start: int, end: int, pages: Sequence[int] = ()) -> list[PageLine]:
    """Return the lines of `text[start:end]`; a new page counts as empty lines before it.

    Args:
        text: The whole text.
        start: Offset to begin at.
        end: Offset to stop at.
        pages: Offsets where pages begin, in order.
    """
    lines: list[PageLine] = []
    before = start
    for match in _LINE.finditer(text, start, end):
        stripped = match.group().strip()
        if not stripped:
            continue
        first = match.start() + match.group().index(stripped)
        empty = max(text.count("\n", before, first) - 1, 0)
        if bisect_right(pages, first) > bisect_right(pages, before):
            empty += _PAGE
        label = _LABEL.match(stripped)
        lines.append(PageLine(first, first + len(stripped), empty, label.group() if label else ""))
        before = first + len(stripped)
    return lines


def measure(lines: list[PageLine]) -> Measure:
    """Return the layout of the text of `lines`."""
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[round(0.9 * (len(lengths) - 1))] if lengths else 0
    spaced = sum(line.empty > 0 for line in lines[1:])
    return Measure(width, len(lines) > 4 and spaced > _DOUBLE * (len(lines) - 1))


def break_between(text: str, a: PageLine, b: PageLine, setting: Measure) -> Break:
    """Return the kind of break between `a` and the next line `b`."""
    if b.label:
        return Break.PARAGRAPH
    before, after = text[a.start : a.end], text[b.start : b.end]
    if before == a.label:
        return Break.NONE  # a bullet alone on its line
    goes_on = after[0].islower() and before[-1] not in _CLOSED
    wrapped = len(before) + 1 + len(after.split(maxsplit=1)[0]) > _FULL * setting.width
    if b.empty > setting.double:
        return Break.NONE if goes_on and wrapped else Break.PARAGRAPH
    if wrapped or goes_on:
        return Break.NONE
    return Break.PARAGRAPH if setting.double and b.empty else Break.LINE


def paragraphs(text: str, lines: list[PageLine], setting: Measure) -> list[list[list[PageLine]]]:
    """Group lines into paragraphs of shown lines, each one or more lines of the text."""
    grouped: list[list[list[PageLine]]] = [[[lines[0]]]] if lines else []
    for a, b in pairwise(lines):
        kind = break_between(text, a, b, setting)
        if kind is Break.PARAGRAPH:
            grouped.append([[b]])
        elif kind is Break.LINE:
            grouped[-1].append([b])
        else:
            grouped[-1][-1].append(b)
    return grouped
