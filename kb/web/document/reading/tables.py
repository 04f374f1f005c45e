"""Tables as the file readers write them: one row a line, cells separated by bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from kb.web.document.reading.lines import PageLine

_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_RULE = re.compile(r"[|:\-\s]*-{3,}[|:\-\s]*")
_FEWEST_ROWS = 2
_FEWEST_CELLS = 2


def tables(text: str, lines: Sequence[PageLine]) -> Iterator[tuple[bool, list[PageLine]]]:
    """Yield groups of lines, and whether each is a table: rows with the same number of cells."""
    rest: list[PageLine] = []
    for width, group in groupby(lines, key=lambda line: _width(text, line)):
        stretch = list(group)
        rows = [line for line in stretch if not is_rule(text, line)]
        if width >= _FEWEST_CELLS and len(rows) >= _FEWEST_ROWS:
            if rest:
                yield False, rest
            yield True, stretch
            rest = []
        else:
            rest += stretch
    if rest:
        yield False, rest


def is_rule(text: str, line: PageLine) -> bool:
    """Tell whether a line only separates the heading of a table from its rows."""
    return "|" in text[line.start : line.end] and bool(_RULE.fullmatch(text, line.start, line.end))


def cells(text: str, line: PageLine) -> list[PageLine]:
    """Return the cells of a row, without the space around them."""
    bars = [match.start() for match in _BAR.finditer(text, line.start, line.end)]
    edges = [line.start - 1, *bars, line.end]
    found = []
    for before, after in pairwise(edges):
        start, end = before + 1, after
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        found.append(PageLine(start, end, 0))
    # Bars may also surround the row.
    if bars and bars[0] == line.start:
        del found[0]
    if len(found) > 1 and bars and bars[-1] == line.end - 1:
        del found[-1]
    return found


def _width(text: str, line: PageLine) -> int:
    """Return the number of cells of a row; 0 for a line that is none."""
    if line.label or "|" not in text[line.start : line.end]:
        return 0
    if is_rule(text, line):
        return text.count("|", line.start, line.end) + 1 - 2 * (text[line.start] == "|")
    return len(cells(text, line))
