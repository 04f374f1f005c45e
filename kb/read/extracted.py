"""Text extracted from a file, in plain-text conventions.

Headings are lines that begin with as many "#" as their level, list items begin with "- ", and the
cells of a table row are one line with " | " between them, so that later rooms parse them like
Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from kb.read.recognised import Recognised

_MARK = re.compile(r"^[ \t]*[•◦▪●■◆➢✓«\uf000-\uf0ff]+[ \t]+", re.MULTILINE)


class Extracted(msgspec.Struct, frozen=True):
    """The text of a file.

    Attributes:
        pages: The text of each page; of files without pages one.
        notes: Swedish remarks about doubtful reading, safe to show.
        waiting: Pages that wait for text recognition.
        recognised: Pages whose text was recognised in an image.
        images: The texts of the images that were recognised on the way.
    """

    pages: tuple[str, ...]
    notes: tuple[str, ...] = ()
    waiting: int = 0
    recognised: int = 0
    images: Recognised | None = None


class Report(msgspec.Struct):
    """The result of a process that reads a file: the text, or an error in Swedish."""

    extracted: Extracted | None = None
    refused: str = ""


def heading(text: str, level: int) -> str:
    """Return a heading's line."""
    return f"{'#' * max(1, min(level, 6))} {one_line(text)}"


def item(text: str) -> str:
    """Return the line of a list's item."""
    return f"- {one_line(text)}"


def marked(text: str) -> str:
    """Return text with the marks of lists, which come in many fonts and readings, as "- "."""
    return _MARK.sub("- ", text)


def row(cells: Iterable[str]) -> str:
    """Return the line of a table's row; cells that only repeat the one before are merged ones."""
    return " | ".join(one_line(cell) for cell in cells)


def one_line(text: str) -> str:
    """Return text without line breaks and doubled spaces."""
    return " ".join(text.split())
