"""Which words stand beside which: a bigram model that settles "ar" as "är" or "år".

Counts are smoothed towards the word's own frequency (Dirichlet prior; MacKay and Peto 1995), so
that a pair never seen costs what its second word costs anyway.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

BOUNDARY = "."
"""Stands for the end of a sentence, a line or a list entry."""

NUMBER = "0"
"""Stands for every number."""

_STRENGTH = 200.0  # occurrences that the word's own frequency counts for


class Context:
    """Costs of a word after another.

    Args:
        pairs: How often the second word of each pair followed the first.
        firsts: How often each first word occurred.
    """

    def __init__(self, pairs: Mapping[tuple[str, str], int], firsts: Mapping[str, int]) -> None:
        self._pairs = pairs
        self._firsts = firsts

    def bonus(self, before: str, word: str, prior: float) -> float:
        """Return what standing after `before` adds to the cost `prior` of `word`."""
        first = self._firsts.get(before)
        if first is None:
            return 0.0
        seen = self._pairs.get((before, word), 0) / _STRENGTH
        return math.log((first / _STRENGTH + 1.0)) - math.log1p(seen * math.exp(prior))
