"""Sorted sets of documents with scores: intersection, union and sums.

A set is an ascending array of document numbers; every operation is a few passes over arrays, never
a Python step per document. How two sets are intersected depends on their sizes: few against many by
binary search (galloping, Bentley & Yao 1976, by numpy's `searchsorted`), many against many by a
lookup table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.uint32]
"""Document numbers, ascending."""

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents that answer a query, ascending, and the score of each."""

    docs: Docs
    scores: Floats

    @classmethod
    def none(cls) -> Scored:
        """Return the empty set."""
        return cls(np.empty(0, np.uint32), np.empty(0))

    def __len__(self) -> int:
        return len(self.docs)

    def at(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> Scored:
        """Return the documents at `places`."""
        return Scored(self.docs[places], self.scores[places])

    def plus(self, other: Scored) -> Scored:
        """Return these documents with the scores of `other`, a part of them, added."""
        scores = self.scores.copy()
        scores[np.searchsorted(self.docs, other.docs)] += other.scores
        return Scored(self.docs, scores)

    def all_at(self, score: float) -> Scored:
        """Return these documents, all with the same score."""
        return Scored(self.docs, np.full(len(self), float(score)))

    def without(self, docs: Docs) -> Scored:
        """Return these documents without those in `docs`."""
        if not len(docs):
            return self
        kept = np.ones(len(self), np.bool_)
        kept[places_among(self.docs, docs)[0]] = False
        return self.at(kept)


class Among:
    """A set of documents for membership tests.

    Args:
        docs: The documents.
        size: Documents of the segment, found or not.
    """

    def __init__(self, docs: Docs, size: int) -> None:
        self.docs = docs
        self._size = size

    @cached_property
    def _place(self) -> NDArray[np.int32]:
        place = np.full(self._size, -1, np.int32)
        place[self.docs] = np.arange(len(self.docs), dtype=np.int32)
        return place

    def locate(self, docs: Docs, *, ascending: bool = True) -> tuple[Places, Places]:
        """Find those of `docs` that are in this set.

        Args:
            docs: Document numbers; unique if ascending.
            ascending: Whether they are sorted.

        Returns:
            Their places in `docs`, ascending, and their places in this set.
        """
        ours, theirs = len(self.docs), len(docs)
        if min(ours, theirs) * 128 > self._size + 4 * theirs:
            places = self._place[docs]
            found = np.flatnonzero(places >= 0)
            return found, places[found].astype(np.int64)
        if ascending and ours < theirs:
            mine, found = places_among(self.docs, docs)
            return found, mine
        found, mine = places_among(docs, self.docs)
        return found, mine


def places_among(wanted: NDArray[np.integer], among: NDArray[np.integer]) -> tuple[Places, Places]:
    """Return the places of those of `wanted` that are in `among`, ascending, and where there."""
    if not len(among):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.searchsorted(among, wanted)
    at[at == len(among)] = 0
    found = np.flatnonzero(among[at] == wanted)
    return found, at[found]


def add_up(places: NDArray[np.unsignedinteger] | Places, scores: Floats, size: int) -> Scored:
    """Return each place once, ascending, with the sum of its scores; all below `size`.

    Many are scattered into a table of all places; few are sorted, so that the cost does not grow
    with the collection.
    """
    if len(places) * 8 > size and scores.all():
        sums = np.bincount(places, scores, size).astype(np.float64, copy=False)
        docs = np.flatnonzero(sums)
        return Scored(docs.astype(np.uint32), sums[docs])
    if not len(places):
        return Scored.none()
    order = np.argsort(places, kind="stable")
    ordered = places[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sums = np.add.reduceat(scores[order], first)
    return Scored(ordered[first].astype(np.uint32), sums)


def ranges(lo: Places, hi: Places) -> Places:
    """Return all numbers from each `lo` up to its `hi`, one range after another."""
    lengths = hi - lo
    ends = np.cumsum(lengths)
    numbers: Places = np.repeat(lo - ends + lengths, lengths)
    numbers += np.arange(len(numbers))
    return numbers


def owners(lo: Places, hi: Places) -> Places:
    """Return the range that each number of `ranges` belongs to."""
    numbers: Places = np.repeat(np.arange(len(lo)), hi - lo)
    return numbers
