"""Words of a collection that are similar to a word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
"""Words with fewer letters have too many near words."""

_SHORTEST_PART = 3
_CANDIDATES = 5


class SpellingIndex:
    """The words of a collection with their document frequencies.

    Near words are found by optimal string alignment distance (Boytsov 2011, by RapidFuzz), ties by
    frequency, as in Norvig's spelling corrector. A compound that is similar to no word of the
    collection is tried part by part, since many compounds in minutes occur once.

    Args:
        documents: The document frequency of each word form.
    """

    def __init__(self, documents: Mapping[str, int]) -> None:
        self._documents = documents

    @cached_property
    def _words(self) -> list[str]:
        return [word for word in self._documents if len(word) >= _SHORTEST_PART and word.isalpha()]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._words)

    def _begins_a_word(self, part: str) -> bool:
        stem = part.removesuffix("s")  # the linking s of compounds
        at = bisect_left(self._sorted, stem)
        return at < len(self._sorted) and self._sorted[at].startswith(stem)

    def near(self, word: str) -> list[str]:
        """Return words like `word`, likeliest first."""
        if len(word) < _SHORTEST:
            return []
        found = self._near(word, _reach(word))
        return found or self._near_compounds(word)

    def _near(self, word: str, reach: int) -> list[str]:
        found = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=reach, limit=50
        )
        ranked = sorted(found, key=lambda hit: (hit[1], -self._documents[hit[0]], hit[0]))
        return [candidate for candidate, _, _ in ranked[:_CANDIDATES] if candidate != word]

    def _near_compounds(self, word: str) -> list[str]:
        """Return compounds of a known beginning and a corrected rest, or the reverse."""
        made: list[str] = []
        for end in range(len(word) - _SHORTEST, _SHORTEST_PART - 1, -1):
            head, tail = word[:end], word[end:]
            if self._begins_a_word(head):
                made += [head + near for near in self._near(tail, 1)[:1]]
            if tail in self._documents and len(head) >= _SHORTEST:
                made += [near + tail for near in self._near(head, 1)[:1]]
        return made[:_CANDIDATES]


def _reach(word: str) -> int:
    """Return how many letters may differ."""
    return 1 if len(word) < 6 else 2 if len(word) < 12 else 3
