"""Whether later minutes speak of what somebody undertook: words shared, weighed by their place.

Minutes are short: one telling word is often all that two of them share. So it matters where the
word stands. What a later heading, point or the name of a matter is *called* by tells most, and so
does what is said under the heading of the undertaking itself; a word in passing tells less. The
point of a list that the undertaking stands under is most likely what it is about, its heading less
so, for a meeting has many things under it, unless the undertaking points to it ("om detta"). What
is far ahead is less likely the same. The weights were found on the open half of the gold of
undertakings.
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
"""The point of a list comes back; a word of the undertaking itself counts 1."""

HEADING = 0.55
"""The heading comes back."""

IN_PASSING = 0.4
"""So much is left of a word that nothing is called by."""

ENOUGH = 0.22
"""What a sentence must reach to be shown."""

LATER = 0.12
"""So much more is needed for each meeting between."""

MEETINGS = 3
"""Later meetings that are looked through."""

_WITHIN = dt.timedelta(days=300)
"""What is said later than that is of another year's doing."""

_FEWEST = 20
"""Documents from which the rarity of words tells anything; fewer are taken for so many."""

_RARE = 1.5
"""How much more a rare word tells than a common one: the power of its rarity."""

_LABEL = 4
"""Words of a sentence that is but the name of a matter, if it stands under no point."""

_POINTS_BACK = re.compile(r"\b(?:de[nt] här|denna|dessa|detta)\b", re.IGNORECASE)


class Mentions:
    """Looks for undertakings in the later minutes of a group.

    Args:
        meetings: The group's documents.
    """

    def __init__(self, meetings: Sequence[DocumentFacts]) -> None:
        self._having: Counter[str] = Counter()
        self._places: dict[str, dict[str, list[int]]] = {}
        for own in meetings:
            places: defaultdict[str, list[int]] = defaultdict(list)
            # What stands before the first heading tells who met, not what of.
            begin = min((section.start for section in own.sections), default=0)
            # A heading alone says nothing: what stands under it does.
            headings = {plain(section.heading) for section in own.sections}
            for number, sentence in enumerate(own.sentences):
                if sentence.start >= begin and plain(sentence.text) not in headings:
                    for key in {*sentence.keys, *sentence.topic, *sentence.points}:
                        places[key].append(number)
            self._places[own.path] = places
            self._having.update(places.keys())
        self._documents = max(len(meetings), _FEWEST)
        self._weight = cache(self._weigh)

    def _weigh(self, key: str) -> float:
        """Return how telling a word is, 0-1: a power of its inverse document frequency."""
        having = self._having[key]
        rarity = math.log(1 + (self._documents - having + 0.5) / (having + 0.5))
        return float((rarity / math.log(1 + self._documents)) ** _RARE)

    def of(
        self, own: DocumentFacts, statement: Statement, later: Sequence[DocumentFacts]
    ) -> Iterator[SentenceMatch]:
        """Yield the sentences of later documents that speak of an undertaking, one of each."""
        people = {part for name in statement.who for part in tokens(name)}
        people |= {part for mention in own.people for part in tokens(mention.name)}
        heading = statement.topic
        if _POINTS_BACK.search(statement.text):
            sought = _telling((*statement.keys, *heading), people)
        else:
            sought = _telling(statement.keys, people)
        points = _telling(statement.points, people) - sought
        above = _telling(heading, people) - sought - points
        weights = {**dict.fromkeys(above, HEADING), **dict.fromkeys(points, POINT),
                   **dict.fromkeys(sought, 1.0)}  # fmt: skip
        last = own.likely + _WITHIN if own.likely else dt.date.max
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
            # Of sentences about as good the first one opens the matter.
            if likeness >= enough and (best is None or round(likeness - best[0], 1) > 0):
                best = likeness, number
        if best is None:
            return None
        return SentenceMatch(other, other.sentences[best[1]], min(1.0, best[0]))

    def _likeness(
        self, sought: Mapping[str, float], heading: Sequence[str], sentence: Sentence
    ) -> float:
        """Return how like a sentence is to what is sought: the sum of the words it has."""
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
