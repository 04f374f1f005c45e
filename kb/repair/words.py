"""Cutting a page into words to be looked at, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EDGE = ".,;:!?()[]{}<>\"”“„'’`´–—-…·•*+_=~/\\"
_PIECE = re.compile(r"[^\s/\-–—]+")


def core(word: str) -> str:
    """Return `word` without punctuation at its ends; what may stand for a letter stays."""
    return word.strip(_EDGE)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of `text` with their places, cut at white space, hyphens and slashes."""
    for found in _PIECE.finditer(text):
        word = found.group()
        inner = core(word)
        if inner:
            yield found.start() + len(word) - len(word.lstrip(_EDGE)), inner
