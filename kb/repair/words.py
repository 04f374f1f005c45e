"""Split a page into the words to decode, with their position in line or sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

_EDGE = ".,;:!?()[]{}<>\"”“„'’`´–—-…·•*+_=~/\\"
_PIECE = re.compile(r"(?:\d+\.)?([^\s/\-–—{}]+)")
_SENTENCE_END = re.compile(r"[.!?:•“„»]|[\"”]$|\n[ \t]*\n")


class WordPlace(Enum):
    """Where a word stands."""

    INSIDE = auto()
    LINE = auto()  # first on its line; whether a sentence begins is not known
    SENTENCE = auto()


class PageWord(NamedTuple):
    """A word of a page, without punctuation around it."""

    start: int
    text: str
    place: WordPlace


def core(word: str) -> str:
    """Return `word` without punctuation at its ends; what may stand for a letter stays."""
    return word.strip(_EDGE)


@lru_cache(maxsize=100_000)
def _inside(word: str) -> tuple[int, str]:
    """Return where the core of `word` begins, and the core."""
    inner = core(word)
    return word.find(inner), inner


def pieces(text: str) -> Iterator[PageWord]:
    """Yield the words of `text`, cut at white space, hyphens, slashes and braces."""
    done = 0
    number = False
    for found in _PIECE.finditer(text):
        offset, inner = _inside(found.group(1))
        if not inner:
            continue
        start = found.start(1) + offset
        between = text[done:start]
        if between == " ":
            place = WordPlace.INSIDE
        elif not done or _SENTENCE_END.search(between):
            place = WordPlace.SENTENCE
        else:
            first = "\n" in between or "{" in between  # "\section{Budget}"
            place = WordPlace.LINE if first else WordPlace.INSIDE
        if number and place is WordPlace.INSIDE:
            place = WordPlace.LINE  # what follows a number may be a heading
        number = inner.isdecimal()
        yield PageWord(start, inner, place)
        done = start + len(inner)
