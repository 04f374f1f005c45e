"""Whether a later text is about the same subject: shared content words, weighted by rarity.

The measure is containment (as in Broder's resemblance) weighted by inverse document frequency
(Spärck Jones): the share of the weight of the sought words that the other text has.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache

from kb.knowledge.document_facts import DocumentFacts
from kb.knowledge.sentences import Sentence


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """A sentence of a later document about the same subject, and its likeness, 0-1."""

    document: DocumentFacts
    sentence: Sentence
    likeness: float


class Said:
    """The words of a group's documents, indexed for matching.

    Args:
        meetings: The documents.
    """

    def __init__(self, meetings: Sequence[DocumentFacts]) -> None:
        self._documents = len(meetings)
        self._having: Counter[str] = Counter()
        self._places: dict[str, dict[str, list[int]]] = {}
        for document in meetings:
            places: defaultdict[str, list[int]] = defaultdict(list)
            for number, sentence in enumerate(document.sentences):
                for key in sentence.keys:
                    places[key].append(number)
            self._places[document.path] = places
            self._having.update(places.keys())
        self._few = max(2.0, self._documents / 4)
        self.weight = cache(self._weight)

    def _weight(self, key: str) -> float:
        """Return the weight of a word; near 0 if every document has it."""
        having = self._having[key]
        return math.log(1 + (self._documents - having + 0.5) / (having + 0.5))

    def contained(self, sought: Collection[str], there: Collection[str]) -> float:
        """Return the share of the sought words that is there, by weight, 0-1."""
        whole = sum(map(self.weight, sought))
        found = sum(self.weight(key) for key in sought if key in there)
        return found / whole if whole else 0.0

    def best(
        self,
        sought: Collection[str],
        among: DocumentFacts,
        rare_words: int,
        enough: Callable[[Sentence], float],
    ) -> SentenceMatch | None:
        """Return the sentence of a document that has most of the sought words, by weight.

        Args:
            sought: The words.
            among: The document.
            rare_words: Number of rare words that it must have.
            enough: Gives the share of the words' weight that a sentence must have, 0-1.
        """
        whole = sum(map(self.weight, sought))
        weights: defaultdict[int, float] = defaultdict(float)
        rare: Counter[int] = Counter()
        places = self._places[among.path]
        for key in sought:
            at = places.get(key, ())
            is_rare = self._having[key] <= self._few
            for number in at:
                weights[number] += self.weight(key)
                rare[number] += is_rare
        found: SentenceMatch | None = None
        for number, weight in weights.items():
            share, sentence = weight / whole, among.sentences[number]
            if rare[number] < rare_words or (found and share <= found.likeness):
                continue
            if share >= enough(sentence):
                found = SentenceMatch(among, sentence, share)
        return found
