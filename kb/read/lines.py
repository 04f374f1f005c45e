"""Printed pages → running text: without page headers and footers, with broken words joined.

The original keeps both; what is removed here is only not searched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.read.extracted import marked
from kb.swedish.analysis import default_analyzer

_EDGE = 3
"""Lines at the top and bottom of a page that may be a header or footer."""

_SHARE = 0.6
"""Share of the pages that a line must recur on to be one."""

_FEWEST = 3
"""Fewest pages to decide that."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:sid(?:a|an|nr)?\.?\s*)?\d{1,4}(?:\s*(?:av|\(|/|of)\s*\d{1,4}\s*\)?)?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010\u0002]$")
_BEGINS = re.compile(r"([^\W\d_]{2,})")
_SOFT = "\u00ad\u2010\u0002"
_HANGING = frozenset({"och", "eller", "samt", "till", "respektive", "som"})


def tidy(pages: Sequence[str]) -> tuple[str, ...]:
    """Return the pages without headers, footers and page numbers, broken words joined."""
    return tuple(marked("\n".join(_joined(lines))) for lines in _without_running(pages))


def _without_running(pages: Sequence[str]) -> Iterator[list[str]]:
    split = [page.splitlines() for page in pages]
    running = _running(split)
    for lines in split:
        kept = lines
        for at in _edges(lines):
            line = lines[at]
            number = len(split) > 1 and _PAGE_NUMBER.fullmatch(line)
            if line.strip() and (_shape(line) in running or number):
                kept = [*kept]
                kept[at] = ""
        yield kept


def _running(pages: Sequence[list[str]]) -> set[str]:
    """Return the shapes of lines that stand at the edge of most pages; digits may differ."""
    if len(pages) < _FEWEST:
        return set()
    found = Counter(
        shape for lines in pages for shape in {_shape(lines[at]) for at in _edges(lines)}
    )
    found.pop("", None)
    return {shape for shape, count in found.items() if count >= max(_FEWEST, _SHARE * len(pages))}


def _edges(lines: Sequence[str]) -> list[int]:
    """Return the places of the first and last lines that hold something."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _shape(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))


def _joined(lines: Sequence[str]) -> list[str]:
    """Join words that are broken over two lines.

    "kommun-" and "styrelsen" become one word if the language knows it or neither half by
    itself; "barn-" before "och ungdomsvård" stays, and so does the hyphen of a name.
    """
    joined: list[str] = []
    for line in lines:
        broken = _BROKEN.search(joined[-1].rstrip()) if joined else None
        begins = _BEGINS.match(line.lstrip()) if broken else None
        if broken and begins and _one_word(broken, begins):
            before = joined[-1].rstrip()[:-1]
            word, _, rest = line.lstrip().partition(" ")
            joined[-1] = before + word
            if rest:
                joined.append(rest)
        else:
            joined.append(line)
    return joined


def _one_word(broken: re.Match[str], begins: re.Match[str]) -> bool:
    head, tail = broken[1], begins[1]
    if tail[0].isupper() or tail in _HANGING:
        return False
    knows = default_analyzer().knows
    soft = broken[0][-1] in _SOFT
    return soft or knows((head + tail).lower()) or not (knows(head.lower()) and knows(tail.lower()))
