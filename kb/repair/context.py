"""A bigram model of words, which resolves "ar" as "är" or "år".

Counts are smoothed towards the frequency of the word, the more the more different words follow
(Witten and Bell 1991).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from functools import cache, lru_cache

from kb.swedish.tables import words

BOUNDARY = "."
"""Stands for the end of a sentence, a line or a list entry."""

NUMBER = "0"
"""Stands for every number."""


def seen_as(word: str) -> str:
    """Return the token that stands for `word` in the model: a numeral is a number."""
    return NUMBER if word[:1].isdecimal() or word in _numerals() else word


@cache
def _numerals() -> frozenset[str]:
    return frozenset(words("kb.repair", "numerals.txt"))


class Context:
    """Costs of a word given the word before it.

    Args:
        pairs: How often the second word of each pair followed the first.
        firsts: How often each first word occurred, and before how many different words.
        alike: Words easily misread as each other; pairs with none of them were not counted.
        floor: Most occurrences assumed of a pair that is not among `pairs`; the number expected by
            chance, if that is less.
    """

    def __init__(
        self,
        pairs: Mapping[tuple[str, str], int],
        firsts: Mapping[str, tuple[int, int]],
        alike: Set[str],
        floor: float,
    ) -> None:
        self._pairs = pairs
        self._firsts = firsts
        self._alike = alike
        self._floor = floor
        self.bonus = lru_cache(maxsize=100_000)(self._bonus)

    def _bonus(self, before: str, word: str, prior: float) -> float:
        """Return the cost that the preceding word `before` adds to the cost `prior` of `word`."""
        first = self._firsts.get(before)
        if first is None or not (word in self._alike or before in self._alike):
            return 0.0
        total, kinds = first
        chance = math.exp(-prior)
        seen: float | None = self._pairs.get((before, word))
        if seen is None:
            seen = min(self._floor, total * chance)
        return math.log((total + kinds) * chance / (seen + kinds * chance))
