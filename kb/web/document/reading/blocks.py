"""The text as a sequence of blocks: headings, paragraphs, list items and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.model import Span
from kb.web.document.reading.layers import Layers, Run
from kb.web.document.reading.lines import Measure, PageLine, measure, paragraphs, split_lines
from kb.web.document.reading.tables import cells, is_rule, tables

_SPACE = Run(" ")
_AFTER_HEADING = " \t\n:-–—."


class BlockKind(StrEnum):
    """The kind of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading in the text; `span` counts characters of the text shown."""

    span: Span
    level: int
    anchor: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A piece of the page.

    Attributes:
        kind: What it is.
        lines: Its shown lines, each a row of runs; the cells of a table, row after row.
        start: Its first character in the text shown.
        heading: The heading it is, if it is one.
        label: The bullet or number of a point.
        columns: Cells of a row, if it is a table.
        headed: The first row of the table names its columns.
    """

    kind: BlockKind
    lines: tuple[tuple[Run, ...], ...]
    start: int
    heading: PageHeading | None = None
    label: str = ""
    columns: int = 0
    headed: bool = False

    @property
    def rows(self) -> list[tuple[tuple[Run, ...], ...]]:
        """The rows of a table."""
        return [
            self.lines[at : at + self.columns] for at in range(0, len(self.lines), self.columns)
        ]

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join("".join(run.text for line in self.lines for run in (*line, _SPACE)).split())


def arrange(layers: Layers, headings: Sequence[PageHeading]) -> list[PageBlock]:
    """Return the blocks of a text.

    Args:
        layers: The text with its layers.
        headings: In order of place, not overlapping.
    """
    setting = measure(split_lines(layers.text, 0, len(layers.text)))
    composer = _Composer(layers)
    blocks: list[PageBlock] = []
    for start, end, heading in _stretches(layers.text, headings):
        lines = split_lines(layers.text, start, end, layers.page_starts)
        if heading and lines:
            row = composer.row(lines)
            blocks.append(PageBlock(BlockKind.HEADING, (row,), lines[0].start, heading))
        elif not heading:
            for table, part in tables(layers.text, lines):
                blocks += [composer.table(part)] if table else composer.body(part, setting)
    return blocks


class _Composer:
    """Makes lines of runs, keeping places and pages that start in the space between lines."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._shown = 0

    def body(self, lines: list[PageLine], setting: Measure) -> Iterator[PageBlock]:
        for paragraph in paragraphs(self._layers.text, lines, setting):
            label = paragraph[0][0].label
            if label:
                paragraph[0][0] = _without_label(self._layers.text, paragraph[0][0])
            kind = BlockKind.ITEM if label else BlockKind.PARAGRAPH
            start = paragraph[0][0].start
            yield PageBlock(kind, tuple(self.row(row) for row in paragraph), start, label=label)

    def table(self, lines: Sequence[PageLine]) -> PageBlock:
        """Return lines that are rows of cells as a table."""
        text = self._layers.text
        kept = [line for line in lines if not is_rule(text, line)]
        rows = [cells(text, line) for line in kept]
        return PageBlock(
            BlockKind.TABLE,
            tuple(self.row([cell]) for row in rows for cell in row),
            kept[0].start,
            columns=len(rows[0]),
            headed=len(kept) < len(lines),
        )

    def row(self, lines: Sequence[PageLine]) -> tuple[Run, ...]:
        """Return the runs of lines that form one shown line."""
        runs: list[Run] = []
        for line in lines:
            places, page = self._layers.gap(self._shown, line.start)
            if runs or places or page:
                runs.append(Run(" " if runs else "", places=places, page=page))
            runs += self._layers.runs(line.start, line.end)
            self._shown = line.end
        return tuple(runs)


def _stretches(
    text: str, headings: Sequence[PageHeading]
) -> Iterator[tuple[int, int, PageHeading | None]]:
    """Yield headings and the text between them."""
    at = 0
    for heading in headings:
        if heading.span.start < at:
            continue
        line_start = max(text.rfind("\n", at, heading.span.start) + 1, at)
        # A number or bullet before the heading is shown as part of it.
        numbered = not any(c.isalpha() for c in text[line_start : heading.span.start])
        yield at, line_start if numbered else heading.span.start, None
        yield heading.span.start, heading.span.end, heading
        at = heading.span.end
        while at < len(text) and text[at] in _AFTER_HEADING and text[at - 1] != "\n":
            at += 1
    yield at, len(text), None


def _without_label(text: str, line: PageLine) -> PageLine:
    start = line.start + len(line.label)
    while start < line.end and text[start].isspace():
        start += 1
    return PageLine(start, line.end, line.empty)
