"""Layout: the lines of a text, their marks, and which lines form a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from kb.parse.text.furniture import PageRow, furniture
from kb.parse.text.phrases import months
from kb.parse.text.unfold import breaks

TERMINAL = ".!?:…"

_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}|_{3,}")
_BOLD = re.compile(r"\*\*([^*]{3,75}[^*:])\*\*")
_LONGEST_UNDERLINED = 75
_LONE_BULLET = re.compile(r"[•·▪◦●○■□➢►✓\ue000-\uf8ff]")
_LINE = re.compile(r"[^\n\f]+")
_HASH = re.compile(r"(#{1,6})\s*(?=\S)")
_PARAGRAPH = re.compile(r"§{1,2}\s*(\d{1,4}(?:[.:]\d{1,3})*)[.:]?(?:\s+|$)")
_PARAGRAPH_AFTER = re.compile(r"(\d{1,4})\s?§[.:]?(?:\s+(?=[A-ZÅÄÖÉ])|$)")
_PARTS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2})*)(?:(?:[.)]|\s?[-–])?\s+(?=[A-ZÅÄÖÉ”\"“(])|[.)]\s+(?=[a-zåäöé]))"
)
_BULLET = re.compile(
    r"(?:[-–—*•·▪◦●○■□➢►✓+]|[\ue000-\uf8ff]"  # private use: what symbol fonts leave behind
    r"|[a-zåäö][.)](?=\s+[A-ZÅÄÖ])"
    r"|[eo](?=\s+[A-ZÅÄÖÉ”\"“]))\s+"  # a bullet that was read as a letter
)
_RULE = re.compile(r"[\s._…=*+:|~`,-]+$")


class LineMark(Enum):
    """What a line begins with."""

    NONE = 0
    BULLET = 1
    NUMBER = 2
    PARAGRAPH = 3
    HASH = 4


class TextLine(NamedTuple):
    """A line that holds words.

    Attributes:
        index: Its place among the lines.
        start: First character of its words, its mark left out.
        end: End of its words.
        outer: Start with number or paragraph sign, but without bullet or hash.
        text: The words.
        gap: Empty lines before it.
        indent: White space before it.
        mark: What it begins with.
        number: The number, if it begins with one; the letter of a lettered item.
        depth: Number of hashes, or of parts in the number.
        hang: Width of its mark, by which continuation lines are indented.
    """

    index: int  # type: ignore[assignment]  # hides a method of tuples that no line needs
    start: int
    end: int
    outer: int
    text: str
    gap: int
    indent: int
    mark: LineMark = LineMark.NONE
    number: str | None = None
    depth: int = 1
    hang: int = 0


class Layout:
    """The lines of a text and which of them form a paragraph.

    Attributes:
        lines: The lines with words; page numbers left out.
        width: 90th percentile of the lengths of lines.
        double_spaced: Whether an empty line stands between lines of one paragraph.
    """

    def __init__(self, text: str) -> None:
        self.lines = _lines(text)
        lengths = sorted(len(line.text) for line in self.lines)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        single = double = 0
        for before, line in zip(self.lines, self.lines[1:], strict=False):
            if line.mark is LineMark.NONE and line.text[0].islower() and not ends(before):
                single += line.gap == 0
                double += line.gap == 1
        self.double_spaced = double >= 3 and double > single

    def full(self, line: TextLine) -> bool:
        """Tell whether `line` is so long that its paragraph may continue below."""
        return len(line.text) >= 0.6 * self.width

    def runs_on(self, line: TextLine) -> bool:
        """Tell whether `line` breaks at the margin in the middle of a sentence."""
        return len(line.text) >= 0.75 * self.width and not ends(line)

    def continues(self, index: int) -> bool:
        """Tell whether line `index` continues the paragraph of the line before."""
        if index == 0:
            return False
        before, line = self.lines[index - 1], self.lines[index]
        if line.mark is not LineMark.NONE or line.gap > 1 or before.mark is LineMark.HASH:
            return False
        if line.text[0].islower():
            return line.gap == 0 or not ends(before)
        if (line.gap and not self.double_spaced) or before.text[-1] == ":":
            return False
        if line.indent > before.indent + before.hang + 2:
            return False
        return self.full(before)


def is_rule(line: TextLine) -> bool:
    """Tell whether `line` is a drawn rule: dots or dashes to sign on, or under a table header."""
    return _RULE.match(line.text) is not None


def ends(line: TextLine) -> bool:
    """Tell whether `line` ends in a mark that closes a sentence."""
    return line.text[-1] in TERMINAL


def _lines(text: str) -> tuple[TextLine, ...]:
    rows = [*_rows(text)]
    left_out = furniture(rows)
    lines: list[TextLine] = []
    last_end = 0
    bullet = False
    for row in rows:
        if row.start in left_out:
            continue
        gap = max(0, text.count("\n", last_end, row.start) - 1) if lines else 0
        broken = text.rfind("\n", 0, row.start)
        indent = row.start - max(broken, text.rfind("\f", broken + 1, row.start)) - 1
        if _LONE_BULLET.fullmatch(row.words):  # the words of the item stand in the line below
            bullet = True
            continue
        if lines and gap == 0 and _underlines(row.words, lines[-1]):
            depth = 1 if row.words[0] == "=" else 2
            lines[-1] = lines[-1]._replace(mark=LineMark.HASH, depth=depth)
            last_end = row.start + len(row.words)
            continue
        line = _line(len(lines), row.start, row.words, gap, indent)
        if bold := _BOLD.fullmatch(row.words):
            start, end = row.start + bold.start(1), row.start + bold.end(1)
            line = TextLine(
                index=line.index,
                start=start,
                end=end,
                outer=start,
                text=bold[1],
                gap=gap,
                indent=indent,
                mark=LineMark.HASH,
                number=None,
                depth=3,
                hang=bold.start(1),
            )
        if bullet and line.mark is LineMark.NONE:
            line = line._replace(mark=LineMark.BULLET)
        bullet = False
        lines.append(line)
        last_end = row.start + len(row.words)
    return tuple(lines)


def _underlines(drawn: str, line: TextLine) -> bool:
    """Tell whether the rule `drawn` below `line` underlines a heading and is no page rule."""
    if not _UNDERLINE.fullmatch(drawn) or line.mark is not LineMark.NONE or ends(line):
        return False
    if drawn[0] == "_" and len(drawn) > 2 * len(line.text):
        return False
    return len(line.text) <= _LONGEST_UNDERLINED


def _rows(text: str) -> Iterator[PageRow]:
    last, due = 0, 1
    for match in _LINE.finditer(text):
        begins, due = breaks(text, match.start(), match.end(), due)
        for first, end in pairwise((match.start(), *begins, match.end())):
            piece = text[first:end]
            if words := piece.strip():
                start = first + len(piece) - len(piece.lstrip())
                yield PageRow(start, words, "\f" in text[last:start])
                last = start


def _is_date(words: str, found: re.Match[str]) -> bool:
    """Tell whether a number is the day of a date: "18 October 2020"."""
    return months().exact(words[found.end() :].split(" ", 1)[0].rstrip(".,")) is not None


def _line(index: int, start: int, words: str, gap: int, indent: int) -> TextLine:
    end = start + len(words)
    mark, number, depth, outer, skip = LineMark.NONE, None, 1, start, 0
    if found := _HASH.match(words):
        mark, depth, skip = LineMark.HASH, len(found.group(1)), found.end()
        words = words[:skip] + words[skip:].rstrip("# ")
        end = start + len(words)
        outer = start + skip
        inner = _PARAGRAPH.match(words, skip) or _NUMBER.match(words, skip)
        if inner and not _is_date(words, inner):
            number, skip = inner.group(1), inner.end()
    elif found := _PARAGRAPH.match(words) or _PARAGRAPH_AFTER.match(words):
        mark, number, skip = LineMark.PARAGRAPH, f"§ {found.group(1)}", found.end()
        depth = len(_PARTS.findall(number))
    elif (found := _NUMBER.match(words)) and not _is_date(words, found):
        mark, number, skip = LineMark.NUMBER, found.group(1), found.end()
        depth = number.count(".") + 1 if number else 1
    elif found := _BULLET.match(words):
        mark, skip = LineMark.BULLET, found.end()
        if words[1] in ".)":
            number = words[0]
        outer = start + skip
        if (inner := _NUMBER.match(words, skip)) and not _is_date(words, inner):
            mark, number, skip = LineMark.NUMBER, inner.group(1), inner.end()
    text = words[skip:]
    if not text:  # a mark alone is all the words there are
        return TextLine(
            index=index,
            start=start,
            end=end,
            outer=outer,
            text=words,
            gap=gap,
            indent=indent,
            mark=mark,
            number=number,
            depth=depth,
        )
    return TextLine(
        index=index,
        start=start + skip,
        end=end,
        outer=outer,
        text=text,
        gap=gap,
        indent=indent,
        mark=mark,
        number=number,
        depth=depth,
        hang=skip,
    )
