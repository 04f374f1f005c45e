"""Cutting a page into words to be looked at, with what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_EDGE = ".,;:!?()[]{}<>\"”“„'’`´–—-…·•*+_=~/\\"
_PIECE = re.compile(r"[^\s/\-–—]+")
_SENTENCE_END = re.compile(r"[.!?:•“„»]|[\"”]$|\n[ \t]*\n")


class Place(Enum):
    """Where a word stands."""

    INSIDE = auto()
    LINE = auto()  # first on its line; whether a sentence begins is not known
    SENTENCE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a page, without punctuation around it."""

    start: int
    text: str
    place: Place


def core(word: str) -> str:
    """Return `word` without punctuation at its ends; what may stand for a letter stays."""
    return word.strip(_EDGE)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the words of `text`, cut at white space, hyphens and slashes."""
    done = 0
    for found in _PIECE.finditer(text):
        word = found.group()
        inner = core(word)
        if not inner:
            continue
        start = found.start() + word.index(inner)
        between = text[done:start]
        if not done or _SENTENCE_END.search(between):
            place = Place.SENTENCE
        elif "\n" in between:
            place = Place.LINE
        else:
            place = Place.INSIDE
        yield Piece(start, inner, place)
        done = start + len(inner)
