"""Page furniture: headers and footers, which belong to no point."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from kb.parse.text.phrases import PACKAGE
from kb.swedish.closed_list import PhraseVocabulary, vocabulary
from kb.swedish.skeleton import skeleton
from kb.swedish.tables import words as listed

_PAGE = re.compile(r"(?:sida?\s*)?\d{1,3}\s*(?:\(\d{1,3}\)|/\s*\d{1,3}|av \d{1,3})?$", re.I)
_PAGE_OF = re.compile(r"(?:\bsida?\s*\d|\d{1,3}\s*(?:\(\d{1,3}\)|av \d{1,3})\s*$)", re.I)
_PAGE_CELL = re.compile(r"(?<![^\s])\d{1,3}(?=\s{2,}|$)|\bsida?\s*\d+(?:\s*av\s*\d+)?", re.I)
_DIGIT = re.compile(r"\d")
_MARKED = re.compile(r"#|§|.*\s§")
_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")
_COLUMN = re.compile(r"\s{2,}|\t")

_FILLED = re.compile(r"\s\s|\t|[._…]{3}")
_LONGEST_SIGNED, _LONGEST_PAGE = 80, 40

_HEAD = 6
"""Longest page header, in lines."""
_FOOT = 3
"""Longest page footer, in lines."""
_PAGES = 3
"""Number of pages that a line must recur on to be a header or footer."""


class PageRow(NamedTuple):
    """A line as it stands: its first character, its words, whether a page begins with it."""

    start: int
    words: str
    new_page: bool


def is_page_number(words: str) -> bool:
    """Tell whether `words` are only a page number."""
    return len(words) < _LONGEST_PAGE and _PAGE.match(words) is not None


def furniture(rows: list[PageRow]) -> set[int]:
    """Return the starts of the rows to leave out.

    Page numbers and signature lines are left out everywhere. Words near the edge of three pages or
    more are left out, except at the top of the first page, so that what they say of the whole
    document (the body, the date) is kept.
    """
    out = {row.start for row in rows if is_page_number(row.words) or _for_signing(row.words)}
    edges = [at for at, row in enumerate(rows) if row.new_page or _says_page(row.words)]
    if len(edges) < _PAGES - 1:
        return out
    near = set(range(min(len(rows), _HEAD))) | {
        at for edge in edges for at in range(max(0, edge - _FOOT), min(len(rows), edge + _HEAD))
    }
    keys = {
        at: _key(rows[at].words)
        for at in sorted(near)
        if rows[at].start not in out and not _MARKED.match(rows[at].words)
    }
    counts = Counter(keys.values())
    fewest = max(_PAGES - 1, len(edges) // 3)
    if not any(count >= fewest for count in counts.values()):
        return out
    everywhere = Counter(_key(row.words) for row in rows if len(row.words) < 200)
    out |= {
        rows[at].start
        for at, key in keys.items()
        if at >= _HEAD
        and counts[key] >= fewest
        and counts[key] * 3 >= everywhere[key] * 2
        # Where the front page is missing, only the page headers state the date.
        and not _DAY.search(rows[at].words)
    }
    return out


def _says_page(words: str) -> bool:
    """Tell whether the number of a page stands in `words`."""
    return _DIGIT.search(words) is not None and _PAGE_OF.search(words) is not None


def _key(words: str) -> str:
    return skeleton(_PAGE_CELL.sub("0", words), loose=True)


def _for_signing(words: str) -> bool:
    if len(words) > _LONGEST_SIGNED and not _FILLED.search(words):
        return False
    return all(map(_signing().like, _COLUMN.split(words)))


@cache
def _signing() -> PhraseVocabulary[str]:
    return vocabulary(listed(PACKAGE, "furniture.txt"))
