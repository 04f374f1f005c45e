"""What a Swedish word costs: -ln of its frequency, with names and places added.

The words are those of wordfreq (its version is pinned); names and municipalities come from
the files in `data/`. Nothing is read before the first question is asked.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Set
from functools import lru_cache

import wordfreq

UNFOLD = str.maketrans("åäöÅÄÖ", "aaoAAO")
"""Takes the dots and rings off: what is left when a reader knows no Swedish."""

_CENTIBEL = math.log(10) / 100  # wordfreq buckets its words by -100·log10 of their frequency


_MIN_PART = 4
_MOST_PARTS = 3
_PART_COST = 16.0  # nats; rarer words make more wrong splits than right ones


def bare(word: str) -> str:
    """Return `word` without the dots and rings of å, ä and ö."""
    return word.translate(UNFOLD)


class Lexicon:
    """Word costs in nats; words are looked up in lower case.

    Args:
        costs: -ln of the probability of each word form.
    """

    def __init__(self, costs: dict[str, float]) -> None:
        self._costs = costs
        dotted: defaultdict[str, list[str]] = defaultdict(list)
        for word in costs:
            plain = bare(word)
            if plain != word:
                dotted[plain].append(word)
        self._dotted = {plain: tuple(words) for plain, words in dotted.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._costs

    def cost(self, word: str) -> float | None:
        """Return what `word` costs, or None for a word not known."""
        return self._costs.get(word)

    def knows(self, word: str) -> bool:
        """Tell whether `word` is known, or made of parts that are ("höst|mötes|datum")."""
        return word in self._costs or self._splits(word, _MOST_PARTS)

    def _splits(self, word: str, parts: int) -> bool:
        if parts < 2:
            return False
        for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
            head, tail = word[:cut], word[cut:]
            linked = head.endswith("s") and self._is_part(head[:-1])
            if (linked or self._is_part(head)) and (
                self._is_part(tail) or self._splits(tail, parts - 1)
            ):
                return True
        return False

    def _is_part(self, word: str) -> bool:
        return self._costs.get(word, math.inf) < _PART_COST

    def words(self) -> Set[str]:
        """Return all words known."""
        return self._costs.keys()

    def dotted(self, plain: str) -> tuple[str, ...]:
        """Return the words with å, ä or ö that are `plain` once their dots are taken off."""
        return self._dotted.get(plain, ())


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """Return the lexicon of this process."""
    costs: dict[str, float] = {}
    for centibels, words in enumerate(wordfreq.get_frequency_list("sv", "large")):
        cost = centibels * _CENTIBEL
        for word in words:
            if word.isalpha():
                costs[word] = cost
    return Lexicon(costs)
