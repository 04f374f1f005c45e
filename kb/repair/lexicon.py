"""Costs of Swedish words: -ln of their frequency, in nats.

The words are those of wordfreq (its version is pinned), weighted by their use in minutes; names of
people and places are those of `kb.swedish`. Everything is loaded on first use.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from functools import lru_cache, partial

from kb.repair.usage import default_usage
from kb.swedish.tables import rows, words

UNFOLD = str.maketrans("åäöÅÄÖ", "aaoAAO")
"""Removes dots and rings, as OCR without Swedish does."""

_CENTIBEL = math.log(10) / 100  # wordfreq buckets its words by -100·log10 of their frequency
_MINUTES = 0.3  # how much minutes count beside Swedish at large

_NAME_SHARES = {
    "given": 0.015,
    "family": 0.012,
    "municipality": 0.007,
    "county": 0.001,
    "place": 0.002,
}
"""Share of names of each kind among all words in minutes."""

_GENITIVE = 2.0  # nats; "Svalövs" beside "Svalöv"

_MIN_PART = 4
_MOST_PARTS = 3
_PART_COST = 16.0  # nats; rarer words make more wrong splits than right ones


def bare(word: str) -> str:
    """Return `word` without the dots and rings of å, ä and ö."""
    return word.translate(UNFOLD)


class WordCosts:
    """Word costs; words are looked up in lower case.

    Args:
        costs: -ln of the probability of each word form.
        names: The same for names, which begin with a capital.
    """

    def __init__(self, costs: Mapping[str, float], names: Mapping[str, float]) -> None:
        self._costs = costs
        self._names = names
        self._compound = lru_cache(maxsize=100_000)(partial(self._splits, parts=_MOST_PARTS))
        dotted: defaultdict[str, list[str]] = defaultdict(list)
        for word in costs:
            plain = bare(word)
            if plain != word:
                dotted[plain].append(word)
        self._dotted = {plain: tuple(words) for plain, words in dotted.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._costs

    def cost(self, word: str) -> float | None:
        """Return the cost of `word`, or None for an unknown word."""
        return self._costs.get(word)

    def name_cost(self, word: str) -> float | None:
        """Return the cost of `word` as a name, or None if it is no known name."""
        return self._names.get(word)

    def knows(self, word: str) -> bool:
        """Tell whether `word` is known, or made of parts that are ("höst|mötes|datum")."""
        return word in self._costs or self._compound(word)

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
        """Return all words and names known."""
        return self._costs.keys() | self._names.keys()

    def dotted(self, plain: str) -> tuple[str, ...]:
        """Return the words with å, ä or ö that are `plain` once their dots are taken off."""
        return self._dotted.get(plain, ())


@lru_cache(maxsize=1)
def default_lexicon() -> WordCosts:
    """Return the lexicon of this process."""
    costs = general_costs()
    at_large = -math.log(1 - _MINUTES)
    for word, share in default_usage().chances.items():
        general = math.exp(-costs[word]) if word in costs else 0.0
        costs[word] = -math.log((1 - _MINUTES) * general + _MINUTES * share)
    names = _names()
    for word, cost in names.items():
        costs.setdefault(word, cost + at_large)
    return WordCosts(costs, names)


def general_costs() -> dict[str, float]:
    """Return the costs of words in general Swedish."""
    import wordfreq  # slow to load

    return {
        word: centibels * _CENTIBEL
        for centibels, words in enumerate(wordfreq.get_frequency_list("sv", "large"))
        for word in words
        if word.isalpha()
    }


def _names() -> dict[str, float]:
    weights: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, count in rows("kb.swedish", "given_names.tsv"):
        weights["given"][name] += int(count)
    weights["family"].update(words("kb.swedish", "surnames.txt"))
    for _, municipality, county, *_ in rows("kb.swedish", "municipalities.tsv"):
        weights["municipality"][municipality] += 1
        weights["county"][county.removesuffix(" län")] += 1
    weights["place"].update(words("kb.swedish", "places.txt"))
    weights["place"].update(words("kb.swedish", "other_names.txt"))
    chances: defaultdict[str, float] = defaultdict(float)
    for kind, bearers in weights.items():
        # The square root lets rare names count: minutes name few people, and rare ones as well.
        total = sum(map(math.sqrt, bearers.values()))
        for name, weight in bearers.items():
            for word in name.lower().replace("-", " ").split():
                chances[word] += _NAME_SHARES[kind] * math.sqrt(weight) / total
    costs = {word: -math.log(chance) for word, chance in chances.items()}
    genitives = {
        f"{name}s": cost + _GENITIVE for name, cost in costs.items() if name[-1] not in "sxz"
    }
    return genitives | costs
