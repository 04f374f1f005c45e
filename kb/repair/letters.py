"""How Swedish a string of letters is: a letter trigram model for words the lexicon lacks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

_ALPHABET = 32  # letters a word may hold, roughly; for smoothing
_PAD = "  "


class Letters:
    """Costs of letters given the two before them, in nats.

    Args:
        words: Words to learn from, each counted once; their beginnings and ends count too.
    """

    def __init__(self, words: Iterable[str]) -> None:
        trigrams: Counter[str] = Counter()
        for word in words:
            padded = f"{_PAD}{word} "
            trigrams.update(map(padded.__getitem__, _windows(len(padded))))
        pairs: Counter[str] = Counter()
        for trigram, count in trigrams.items():
            pairs[trigram[:2]] += count
        self._costs = {
            trigram: -math.log((count + 0.1) / (pairs[trigram[:2]] + 0.1 * _ALPHABET))
            for trigram, count in trigrams.items()
        }
        self._unseen = {
            pair: -math.log(0.1 / (count + 0.1 * _ALPHABET)) for pair, count in pairs.items()
        }

    def step(self, before: str, letter: str) -> float:
        """Return what `letter` costs after the two letters `before`."""
        cost = self._costs.get(before + letter)
        return self._unseen.get(before, math.log(_ALPHABET)) if cost is None else cost

    def cost(self, word: str) -> float:
        """Return what the whole of `word` costs, its end included."""
        padded = f"{_PAD}{word} "
        return sum(self.step(padded[at : at + 2], padded[at + 2]) for at in range(len(word) + 1))


def _windows(length: int) -> list[slice]:
    return [slice(at, at + 3) for at in range(length - 2)]
