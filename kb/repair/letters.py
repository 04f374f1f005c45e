"""A letter model of Swedish, for words that the lexicon lacks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

_ORDER = 5
_WORDS = 50_000
_LETTERS = 32  # that a word may hold, roughly
_START = " " * (_ORDER - 1)
_END = " "


class Letters:
    """Costs of letters given those before them, in nats.

    Letters are counted after up to four others, and the counts smoothed towards those after
    fewer (Witten and Bell 1991).

    Args:
        words: Words to learn from, each counted once.
    """

    def __init__(self, words: Iterable[str]) -> None:
        longest: Counter[str] = Counter()
        for word in words:
            padded = f"{_START}{word}{_END}"
            longest.update([padded[at : at + _ORDER] for at in range(len(padded) - _ORDER + 1)])
        # Shorter contexts are sums over the longer ones, so each word is walked only once.
        self._counts = [longest]
        for _ in range(_ORDER - 1):
            shorter: Counter[str] = Counter()
            for gram, count in self._counts[-1].items():
                shorter[gram[1:]] += count
            self._counts.append(shorter)
        self._after: dict[str, tuple[int, int]] = {}
        for counts in self._counts:
            for gram, count in counts.items():
                total, kinds = self._after.get(gram[:-1], (0, 0))
                self._after[gram[:-1]] = total + count, kinds + 1
        self._costs: dict[str, float] = {}

    def step(self, before: str, letter: str) -> float:
        """Return the cost of `letter` after the letters `before`."""
        gram = before + letter
        cost = self._costs.get(gram)
        if cost is None:
            cost = self._costs[gram] = -math.log(self._chance(gram[-_ORDER:]))
        return cost

    def cost(self, word: str) -> float:
        """Return the cost of `word`, including its end."""
        padded = f"{_START}{word}{_END}"
        return sum(
            self.step(padded[at : at + _ORDER - 1], padded[at + _ORDER - 1])
            for at in range(len(word) + 1)
        )

    def spell(self, text: str, more: str) -> float:
        """Return the cost of the letters `more` after the beginning `text` of a word."""
        padded = _START + text
        cost = 0.0
        for letter in more:
            cost += self.step(padded[1 - _ORDER :], letter)
            padded += letter
        return cost

    def _chance(self, gram: str) -> float:
        shorter = self._chance(gram[1:]) if len(gram) > 1 else 1 / _LETTERS
        total, kinds = self._after.get(gram[:-1], (0, 0))
        if not total:
            return shorter
        count = self._counts[_ORDER - len(gram)][gram]
        return (count + kinds * shorter) / (total + kinds)


@lru_cache(maxsize=1)
def default_letters() -> Letters:
    """Return the letter model of this process, learned from the commonest words."""
    import wordfreq  # slow to load

    words = wordfreq.iter_wordlist("sv", "large")
    return Letters(islice((word for word in words if word.isalpha()), _WORDS))
