"""Choose among the readings of each word of a damaged page, and say how sure the choice is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.model import Change, Reading, Span
from kb.repair.candidates import Finder
from kb.repair.words import pieces

_CAPITAL = 3.0  # a capital inside a sentence, or none at its beginning
_SHOWN = 0.02  # an alternative less likely than this is not worth an index entry
_MOST_ALTERNATIVES = 3
_UNLIKELY = 0.05  # below this, what stands there is no reading to fall back on
_CLEAR = 0.6
"""How likely a reading must be to take the place of what stands there."""


@dataclass(frozen=True, slots=True)
class Option:
    """A reading with its capitals, and what it costs in nats."""

    text: str
    cost: float
    known: bool = True


class Decoder:
    """Reads the words of damaged pages. Safe to share between threads."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.options = lru_cache(maxsize=100_000)(self._options)

    def decode(self, text: str) -> Iterator[Change]:
        """Yield a change for each word of `text` that reads otherwise, or may."""
        for start, word in pieces(text):
            if not any(c.isalpha() for c in word) or any(c in ".:@" for c in word):
                continue
            options = self.options(word)
            change = _choose(word, start, options)
            if change:
                yield change

    def _options(self, word: str) -> tuple[Option, ...]:
        find = self._finder.find
        if len(word) > 1 and word.isupper():
            return tuple(Option(c.text.upper(), c.cost, c.known) for c in find(word.lower()))
        if not word[0].isupper():
            return tuple(Option(c.text, c.cost, c.known) for c in find(word))
        small = find(word[0].lower() + word[1:], name=True)
        capital = [Option(c.text[:1].upper() + c.text[1:], c.cost, c.known) for c in small]
        # The capital itself may be a misread small letter: "Sppen" for "öppen".
        misread = [Option(c.text, c.cost + _CAPITAL, True) for c in find(word) if c.known]
        return tuple(sorted(capital + misread, key=lambda option: option.cost))


def _choose(word: str, start: int, options: tuple[Option, ...]) -> Change | None:
    cheapest = options[0].cost
    weights = [math.exp(cheapest - option.cost) for option in options]
    total = sum(weights)
    readings = [
        Reading(option.text, weight / total)
        for option, weight in zip(options, weights, strict=True)
    ]
    best = readings[0]
    stays = next((r for r in readings if r.text == word), None)
    if stays is not None and best.probability < _CLEAR and stays.probability > _UNLIKELY:
        best = stays
    others = tuple(
        reading for reading in readings if reading is not best and reading.probability >= _SHOWN
    )[:_MOST_ALTERNATIVES]
    if best.text == word and not others:
        return None
    return Change(
        Span(start, start + len(word)), word, best.text, best.probability, alternatives=others
    )
