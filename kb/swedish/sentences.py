"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.swedish.tables import words

_END = re.compile(r"[.!?…]+[”\"’)]*(?=\s|$)")
_SPACE = re.compile(r"\s+")
_OPENING = " \t\"'”»(–—•*-"
_BEFORE_SENTENCE = ".!?:…\n"
_NEAR = 4
"""Characters before a word that are looked at."""


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of `start:end` begin and end, the space between left out.

    A stop ends a sentence unless an abbreviation, an initial or a digit stands before it, or a
    small letter follows.
    """
    abbreviated, longest = _abbreviated()
    for stop in _END.finditer(text, start, end):
        if stop.group() == "." and abbreviated.search(
            text, max(start, stop.start() - longest), stop.start()
        ):
            continue
        after = stop.end()
        space = _SPACE.match(text, after, end)
        following = space.end() if space else after
        if following < end and text[following].islower():
            continue
        yield start, after
        start = following
    if start < end:
        yield start, end


def opens_sentence(text: str, start: int) -> bool:
    """Tell whether the word at `start` is the first of a sentence or a line."""
    before = text[max(0, start - _NEAR) : start].rstrip(_OPENING)
    return not before or before[-1] in _BEFORE_SENTENCE


@cache
def _abbreviated() -> tuple[re.Pattern[str], int]:
    """Return a pattern of what may stand before a stop within a sentence, and its length."""
    listed = words("kb.swedish", "abbreviations.txt")
    # "t.ex" is also written "tex".
    forms = "|".join(re.escape(word).replace(r"\.", r"\.?") for word in listed)
    pattern = re.compile(rf"(?:\b(?:{forms}|\d)|\b[A-ZÅÄÖ])$", re.IGNORECASE)
    return pattern, max(map(len, listed)) + 1
