"""The best passages of a document, with the words searched for marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.search.matching import Match

LENGTH = 220
"""Characters a snippet aims for."""

_LOOKED_AT = 500
"""Matches from which passages are chosen; a word may stand thousands of times in a long text."""

_SPACE = re.compile(r"\s+")


def snippets(text: str, matches: Sequence[Match], most: int = 2) -> tuple[str, ...]:
    """Return up to `most` passages as HTML with <mark>, best first, then by place.

    Without matches the beginning of the text is returned.
    """
    if not matches:
        return (_html(text, 0, _word_end(text, LENGTH), ()),) if text.strip() else ()
    chosen: list[tuple[int, int]] = []
    shown: set[str] = set()
    for start, end, sought in sorted(_windows(matches), key=lambda w: (-len(w[2]), w[0])):
        if chosen and sought <= shown:
            continue  # a further passage is to show something new
        start, end = _word_start(text, start), _word_end(text, end)
        if any(start < until and since < end for since, until in chosen):
            continue
        chosen.append((start, end))
        shown |= sought
        if len(chosen) == most:
            break
    return tuple(_html(text, start, end, matches) for start, end in sorted(chosen))


def _windows(matches: Sequence[Match]) -> list[tuple[int, int, set[str]]]:
    """Return a passage around each match, not yet cut at words, with the query words it shows."""
    windows = []
    behind = 0
    for i, first in enumerate(matches[:_LOOKED_AT]):
        behind = max(behind, i + 1)
        while behind < min(len(matches), i + 12) and (
            matches[behind].end <= first.start + LENGTH * 3 // 4
        ):
            behind += 1
        inside = matches[i:behind]
        last = inside[-1].end
        margin = max(20, (LENGTH - (last - first.start)) // 2)
        windows.append((first.start - margin, last + margin, {m.sought for m in inside}))
    return windows


def _word_start(text: str, offset: int) -> int:
    if offset <= 0:
        return 0
    space = text.find(" ", offset, offset + 30)
    return space + 1 if space >= 0 else offset


def _word_end(text: str, offset: int) -> int:
    if offset >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, offset - 30), offset)
    return space if space >= 0 else offset


def _html(text: str, start: int, end: int, matches: Sequence[Match]) -> str:
    pieces = ["… " if start > 0 else ""]
    at = start
    for match in matches:
        if match.start < at or match.end > end:
            continue
        pieces += [
            escape(text[at : match.start]),
            "<mark>",
            escape(text[match.start : match.end]),
            "</mark>",
        ]
        at = match.end
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return _SPACE.sub(" ", "".join(pieces)).strip()
