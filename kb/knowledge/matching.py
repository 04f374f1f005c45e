"""Whether a later text speaks of the same thing: shared content words, weighed by how rare.

The measure is containment weighed by inverse document frequency (as in Broder's resemblance, with
Spärck Jones's weights): what share of the weight of the sought words the other text has.
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
    """A sentence of a later document that speaks of something, and how surely, 0-1."""

    contribution: DocumentFacts
    sentence: Sentence
    likeness: float


class Said:
    """What the documents of a group say, ready to be looked through.

    Args:
        meetings: The documents.
    """

    def __init__(self, meetings: Sequence[DocumentFacts]) -> None:
        self._documents = len(meetings)
        self._having: Counter[str] = Counter()
        self._places: dict[str, dict[str, list[int]]] = {}
        for own in meetings:
            places: defaultdict[str, list[int]] = defaultdict(list)
            for number, sentence in enumerate(own.sentences):
                for key in sentence.keys:
                    places[key].append(number)
            self._places[own.path] = places
            self._having.update(places.keys())
        self._few = max(2.0, self._documents / 4)
        self.weight = cache(self._weight)

    def _weight(self, key: str) -> float:
        """Return what a word weighs; one that every document has weighs next to nothing."""
        having = self._having[key]
        return math.log(1 + (self._documents - having + 0.5) / (having + 0.5))

    def contained(self, sought: Collection[str], there: Collection[str]) -> float:
        """Return how much of what is sought is there, 0-1."""
        whole = sum(map(self.weight, sought))
        found = sum(self.weight(key) for key in sought if key in there)
        return found / whole if whole else 0.0

    def best(
        self,
        sought: Collection[str],
        among: DocumentFacts,
        telling: int,
        enough: Callable[[Sentence], float],
    ) -> SentenceMatch | None:
        """Return the sentence of a document that has most of the sought words.

        Args:
            sought: The words.
            among: The document.
            telling: How many words of few documents it must have.
            enough: Gives the share of the words' weight that a sentence must have.
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
            if rare[number] < telling or (found and share <= found.likeness):
                continue
            if share >= enough(sentence):
                found = SentenceMatch(among, sentence, share)
        return found
