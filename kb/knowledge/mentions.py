"""Whether later minutes mention an undertaking: shared words, weighted by where they stand.

Minutes are short: two of them often share a single rare word, so its place matters. A word weighs
most in a later heading, list item or name of a matter, and under the heading that the undertaking
itself stands under; it weighs less in running text. The list item above an undertaking is likely
its subject; its heading is less likely to be, since a meeting has many subjects under it, unless
the undertaking refers to it ("om detta"). Later meetings need more evidence. The weights were
fitted on the open half of the gold standard of undertakings.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from kb.knowledge.document_facts import DocumentFacts, Statement
from kb.knowledge.matching import SentenceMatch
from kb.knowledge.names import tokens
from kb.knowledge.sentences import Sentence
from kb.knowledge.topics import keys_of, plain
from kb.swedish.tables import words

POINT = 1.7
"""Weight of a word of the list item above; a word of the undertaking itself weighs 1."""

HEADING = 0.55
"""Weight of a word of the heading above."""

IN_PASSING = 0.4
"""Factor of a word that stands in running text."""

ENOUGH = 0.22
"""Likeness from which a sentence of the next meeting is shown."""

LATER = 0.12
"""Added to `ENOUGH` for each meeting between."""

MEETINGS = 3
"""Number of later meetings searched."""

_WITHIN = dt.timedelta(days=300)
"""Documents later than this are about another year's work."""

_FEWEST = 20
"""Smallest number of documents that rarity is computed with; below it, rarity says little."""

_RARE = 1.5
"""Exponent of the inverse document frequency."""

_LABEL = 4
"""A sentence of at most so many words, under no list item, is the name of a matter."""

_POINTS_BACK = re.compile(r"\b(?:de[nt] här|denna|dessa|detta)\b", re.IGNORECASE)


class Mentions:
    """Looks for undertakings in the later minutes of a group.

    Args:
        meetings: The group's documents.
    """

    def __init__(self, meetings: Sequence[DocumentFacts]) -> None:
        self._having: Counter[str] = Counter()
        self._places: dict[str, dict[str, list[int]]] = {}
        for document in meetings:
            places: defaultdict[str, list[int]] = defaultdict(list)
            # Before the first heading stands who met, not what was discussed.
            begin = min((section.start for section in document.sections), default=0)
            # A heading alone is no mention; the text under it is.
            headings = {plain(section.heading) for section in document.sections}
            for number, sentence in enumerate(document.sentences):
                if sentence.start >= begin and plain(sentence.text) not in headings:
                    for key in {*sentence.keys, *sentence.topic, *sentence.points}:
                        places[key].append(number)
            self._places[document.path] = places
            self._having.update(places.keys())
        self._documents = max(len(meetings), _FEWEST)
        self._weight = cache(self._weigh)

    def _weigh(self, key: str) -> float:
        """Return the weight of a word, 0-1: a power of its inverse document frequency."""
        having = self._having[key]
        rarity = math.log(1 + (self._documents - having + 0.5) / (having + 0.5))
        return float((rarity / math.log(1 + self._documents)) ** _RARE)

    def of(
        self, document: DocumentFacts, statement: Statement, later: Sequence[DocumentFacts]
    ) -> Iterator[SentenceMatch]:
        """Yield the sentences of later documents that mention an undertaking, one of each."""
        people = {part for name in statement.who for part in tokens(name)}
        people |= {part for mention in document.people for part in tokens(mention.name)}
        heading = statement.topic
        if _POINTS_BACK.search(statement.text):
            sought = _telling((*statement.keys, *heading), people)
        else:
            sought = _telling(statement.keys, people)
        points = _telling(statement.points, people) - sought
        above = _telling(heading, people) - sought - points
        weights = {**dict.fromkeys(above, HEADING), **dict.fromkeys(points, POINT),
                   **dict.fromkeys(sought, 1.0)}  # fmt: skip
        last = document.likely + _WITHIN if document.likely else dt.date.max
        near = [other for other in later[:MEETINGS] if other.likely and other.likely <= last]
        for meetings, other in enumerate(near):
            if match := self._best(weights, heading, other, ENOUGH + LATER * meetings):
                yield match

    def _best(
        self,
        sought: Mapping[str, float],
        heading: Sequence[str],
        other: DocumentFacts,
        enough: float,
    ) -> SentenceMatch | None:
        places = self._places[other.path]
        best: tuple[float, int] | None = None
        for number in sorted({n for key in sought for n in places.get(key, ())}):
            likeness = self._likeness(sought, heading, other.sentences[number])
            # Of about equally good sentences, the first introduces the matter.
            if likeness >= enough and (best is None or round(likeness - best[0], 1) > 0):
                best = likeness, number
        if best is None:
            return None
        return SentenceMatch(other, other.sentences[best[1]], min(1.0, best[0]))

    def _likeness(
        self, sought: Mapping[str, float], heading: Sequence[str], sentence: Sentence
    ) -> float:
        """Return the likeness of a sentence: the sum of the weights of the words it shares."""
        label = {*sentence.topic, *sentence.points}
        named = len(sentence.keys) <= _LABEL and not sentence.points
        if named or (heading and set(heading) == set(sentence.topic)):
            label.update(sentence.keys)
        shared = {key for key in sought if key in label or key in sentence.keys}
        whole = {key for key in shared if not any(key != o and key in o for o in shared)}
        return sum(
            sought[key] * self._weight(key) * (1.0 if key in label else IN_PASSING) for key in whole
        )


def _telling(keys: Iterable[str], people: Collection[str]) -> frozenset[str]:
    return frozenset(k for k in keys if k.casefold() not in people and k not in _doing())


@cache
def _doing() -> frozenset[str]:
    return frozenset(
        key for word in words("kb.knowledge", "doing_words.txt") for key in keys_of(word)
    )
