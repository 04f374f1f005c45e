"""A repaired text as the rules use it: lines, sentences, dates, and their source spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kb.model import Damage, OffsetMap, RepairedText, Span
from kb.parse.text.cues import SentenceWords, split_words
from kb.parse.text.lines import Layout, LineMark, TextLine
from kb.parse.text.markup import plain
from kb.parse.when.dates import DateMention, find_dates
from kb.swedish.sentences import split

_SPACE = re.compile(r"\s+")
_SWEDISH = "åäöÅÄÖ"
_FEW = 0.01
_FEWEST_LETTERS = 100


class TextBlock(NamedTuple):
    """A paragraph, a heading or a list item: the lines that belong together.

    Attributes:
        start: First character, its mark left out.
        end: End of its words.
        mark: What it begins with.
        indent: White space before it.
        gap: Empty lines before it.
        lettered: Whether a letter numbers it.
    """

    start: int
    end: int
    mark: LineMark
    indent: int
    gap: int
    lettered: bool

    def under(self, above: TextBlock) -> bool:
        """Tell whether this block belongs to the block `above` it in the text."""
        listed = self.mark is not LineMark.NONE
        match above.mark:
            case LineMark.NONE:
                return listed
            case LineMark.NUMBER if listed:
                return self.mark is LineMark.BULLET
            case LineMark.BULLET if listed and self.mark is not LineMark.BULLET:
                return False
            case _:
                return self.indent > above.indent + 1


class ParsedText:
    """What the rules read from; offsets are those of the repaired text.

    Attributes:
        repaired: The text with its history.
        text: The repaired characters, markup blanked.
        layout: Its lines.
        lines: The same as `layout.lines`.
        damaged: Whether Swedish letters are so few that names may be misread.
    """

    def __init__(self, repaired: RepairedText) -> None:
        self.repaired = repaired
        self.text = plain(repaired.text)
        self.layout = Layout(self.text)
        self.lines = self.layout.lines
        self._offsets = OffsetMap(repaired.changes)
        damage = repaired.quality.damage in (Damage.NO_SWEDISH, Damage.SEVERE)
        self.damaged = damage or _few_swedish(self.text)

    def source(self, start: int, end: int) -> Span:
        """Return the source span of `start:end`."""
        return self._offsets.to_source(start, end)

    def stated(self, start: int, end: int) -> str:
        """Return the source text of `start:end`, white space collapsed."""
        return squeeze(self.source(start, end).slice(self.repaired.source.text))

    def words(self, start: int, end: int) -> str:
        """Return the text at `start:end`, white space collapsed."""
        return squeeze(self.text[start:end])

    @cached_property
    def folded(self) -> str:
        """The text casefolded; offsets differ where its length differs."""
        return self.text.casefold()

    @cached_property
    def dates(self) -> list[DateMention]:
        """Every date in the text, in order."""
        return find_dates(self.text)

    @cached_property
    def _date_starts(self) -> list[int]:
        return [date.start for date in self.dates]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """Return the dates that begin within `start:end`."""
        if not self.dates:
            return []
        first = bisect_left(self._date_starts, start)
        return self.dates[first : bisect_left(self._date_starts, end, first)]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, in order; a heading or list item is one by itself."""
        return [Span(*piece) for each in self.blocks for piece in self.split(each.start, each.end)]

    def split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where the sentences of `start:end` begin and end."""
        return split(self.text, start, end)

    @cached_property
    def said(self) -> list[tuple[Span, str, SentenceWords]]:
        """The sentences with their text and words."""
        texts = [(each, self.text[each.start : each.end]) for each in self.sentences]
        return [(each, text, split_words(text)) for each, text in texts]

    @cached_property
    def blocks(self) -> list[TextBlock]:
        """The paragraphs, headings and list items, in order."""
        blocks: list[TextBlock] = []
        dated = {date.start for date in self.dates}
        for line in self.lines:
            joined = self.layout.continues(line.index) and (
                line.start not in dated or self.layout.runs_on(self.lines[line.index - 1])
            )
            if joined and blocks:
                blocks[-1] = blocks[-1]._replace(end=line.end)
            else:
                lettered = line.mark is LineMark.BULLET and line.number is not None
                blocks.append(
                    TextBlock(
                        start=line.start,
                        end=line.end,
                        mark=line.mark,
                        indent=line.indent,
                        gap=line.gap,
                        lettered=lettered,
                    )
                )
        return blocks

    def blocks_in(self, start: int, end: int) -> list[TextBlock]:
        """Return the blocks that begin within `start:end`, or at it in a line."""
        first = bisect_left(self.blocks, start + 1, key=lambda block: block.end)
        last = bisect_left(self.blocks, end, key=lambda block: block.start)
        return self.blocks[first:last]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.outer for line in self.lines]

    def line_at(self, offset: int) -> TextLine | None:
        """Return the line that holds `offset`, or the last before it."""
        at = bisect_left(self._line_starts, offset + 1) - 1
        return self.lines[at] if at >= 0 else None


def _few_swedish(text: str) -> bool:
    """Tell whether å, ä and ö are so few among the letters of `text` that most were lost."""
    swedish = sum(map(text.count, _SWEDISH))
    if swedish >= _FEW * len(text):
        return False  # however many of its characters are letters
    letters = sum(map(str.isalpha, text))
    return letters > _FEWEST_LETTERS and swedish < _FEW * letters


def squeeze(text: str) -> str:
    """Return `text` with white space collapsed."""
    return _SPACE.sub(" ", text).strip()
