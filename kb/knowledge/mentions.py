"""Whether later minutes speak of what somebody undertook: words shared, weighed by their place.

Minutes are short: one telling word is often all that two of them share. So it matters where the
word stands. A later point *called* by a word of the undertaking is most likely about it; a
point of a list that comes back likewise; a word in passing says less, and a heading that comes
back least, for a meeting has many things under it. What is far ahead is less likely the same.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from kb.knowledge.contribution import Contribution, Statement
from kb.knowledge.matching import Match
from kb.knowledge.names import tokens
from kb.knowledge.sentences import Sentence
from kb.knowledge.topics import is_standing, keys_of
from kb.swedish.tables import words

CALLED = 1.0
"""A later heading or point is called by a word of the undertaking."""

SAID = 0.5
"""A later sentence has a word of the undertaking."""

POINT = 1.0
"""The point of a list comes back."""

HEADING = 0.45
"""The heading comes back."""

IN_PASSING = 0.8
"""So much is left if a point or heading comes back in a sentence only."""

LATER = 0.13
"""So much less for each meeting between."""

ENOUGH = 0.13
"""What a sentence must reach to be shown."""

MEETINGS = 3
"""Later meetings that are looked through."""

_WITHIN = dt.timedelta(days=300)
"""What is said later than that is of another year's doing."""

_FEWEST = 12
"""Documents from which the rarity of words tells anything; fewer are taken for so many."""

_LABEL = 4
"""Words of a sentence that is but the name of a point."""


class Mentions:
    """Looks for undertakings in the later minutes of a group.

    Args:
        meetings: The group's documents.
    """

    def __init__(self, meetings: Sequence[Contribution]) -> None:
        self._having: Counter[str] = Counter()
        self._places: dict[str, dict[str, list[int]]] = {}
        for own in meetings:
            places: defaultdict[str, list[int]] = defaultdict(list)
            # What stands before the first heading tells who met, not what of.
            begin = min((section.start for section in own.sections), default=0)
            for number, sentence in enumerate(own.sentences):
                if sentence.start >= begin and not is_standing(sentence.text):
                    for key in {*sentence.keys, *sentence.topic, *sentence.points}:
                        places[key].append(number)
            self._places[own.path] = places
            self._having.update(places.keys())
        self._documents = max(len(meetings), _FEWEST)
        self._weight = cache(self._weigh)

    def _weigh(self, key: str) -> float:
        """Return how telling a word is, 0-1: its inverse document frequency, squared."""
        having = self._having[key]
        rarity = math.log(1 + (self._documents - having + 0.5) / (having + 0.5))
        return (rarity / math.log(1 + self._documents)) ** 2

    def of(
        self, own: Contribution, statement: Statement, later: Sequence[Contribution]
    ) -> Iterator[Match]:
        """Yield the sentences of later documents that speak of an undertaking, one of each."""
        people = {part for name in statement.who for part in tokens(name)}
        people |= {part for mention in own.people for part in tokens(mention.name)}
        sought = _telling(statement.keys, people)
        points = _telling(statement.points, people) - sought
        heading = _telling(statement.topic, people) - sought - points
        last = own.likely + _WITHIN if own.likely else dt.date.max
        near = [other for other in later[:MEETINGS] if other.likely and other.likely <= last]
        for meetings, other in enumerate(near):
            if match := self._best(sought, points, heading, other, ENOUGH + LATER * meetings):
                yield match

    def _best(
        self,
        sought: Collection[str],
        points: Collection[str],
        heading: Collection[str],
        other: Contribution,
        enough: float,
    ) -> Match | None:
        places = self._places[other.path]
        near = {n for key in (*sought, *points, *heading) for n in places.get(key, ())}
        best: tuple[float, int] | None = None
        for number in sorted(near):
            sentence = other.sentences[number]
            label = {*sentence.topic, *sentence.points}
            if len(sentence.keys) <= _LABEL:
                label.update(sentence.keys)
            likeness = (
                self._shared(sought, label, sentence, CALLED, SAID)
                + self._shared(points, label, sentence, POINT, POINT * IN_PASSING)
                + self._shared(heading, label, sentence, HEADING, HEADING * IN_PASSING)
            )
            # Of sentences about as good the first one opens the matter.
            if likeness >= enough and (best is None or round(likeness - best[0], 1) > 0):
                best = likeness, number
        if best is None:
            return None
        return Match(other, other.sentences[best[1]], min(1.0, best[0]))

    def _shared(
        self,
        sought: Iterable[str],
        label: Collection[str],
        sentence: Sentence,
        called: float,
        said: float,
    ) -> float:
        shared = {key for key in sought if key in label or key in sentence.keys}
        whole = {key for key in shared if not any(key != o and key in o for o in shared)}
        return sum(self._weight(key) * (called if key in label else said) for key in whole)


def _telling(keys: Iterable[str], people: Collection[str]) -> frozenset[str]:
    return frozenset(k for k in keys if k.casefold() not in people and k not in _doing())


@cache
def _doing() -> frozenset[str]:
    return frozenset(
        key for word in words("kb.knowledge", "doing_words.txt") for key in keys_of(word)
    )
