"""The values of a facet, counted by their numbers.

Every value has a number in its segment, and a document is a short run of numbers
(`FacetColumn`); counting is `numpy.bincount` over the runs of the documents found, as
Lucene counts its doc values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Docs, Places, owners, ranges
from kb.search.facets import Facet
from kb.search.postings import FacetColumn, Ints
from kb.search.results import FacetValue
from kb.swedish.collation import sort_key

Counts = NDArray[np.int64]


def of_documents(starts: Ints, docs: Docs) -> tuple[Places, Places]:
    """Return the places of all values of `docs` in a column, and which document each is of."""
    lo, hi = starts[docs].astype(np.int64), starts[docs + 1].astype(np.int64)
    return ranges(lo, hi), owners(lo, hi)


class Counter:
    """Counts the values of one segment's column."""

    def __init__(self, column: FacetColumn) -> None:
        self._column = column
        self._size = len(column.starts) - 1

    @cached_property
    def _single(self) -> bool:
        """Whether every document has one value."""
        return bool((np.diff(self._column.starts) == 1).all())

    @cached_property
    def _all(self) -> Counts:
        return np.bincount(self._column.ordinals, minlength=len(self._column.values))

    def count(self, docs: Docs) -> Counts:
        """Return how many of `docs` have each value.

        If they are more than half of all, the others are counted and subtracted.
        """
        if len(docs) * 2 > self._size:
            others = np.ones(self._size, np.bool_)
            others[docs] = False
            return self._all - self._of(np.flatnonzero(others))
        return self._of(docs)

    def _of(self, docs: NDArray[np.integer[Any]]) -> Counts:
        places = docs
        if not self._single:
            starts = self._column.starts
            places = ranges(starts[docs].astype(np.int64), starts[docs + 1].astype(np.int64))
        return np.bincount(self._column.ordinals[places], minlength=len(self._column.values))


class Values:
    """One facet in all segments; a value has the same number in all of them."""

    def __init__(self, facet: Facet, columns: Sequence[FacetColumn]) -> None:
        self._facet = facet
        self._columns = columns
        self._counters = [Counter(column) for column in columns]
        if len(columns) == 1:
            self.values = columns[0].values
        else:
            self.values = tuple(sorted({v for column in columns for v in column.values}))
        number = {value: n for n, value in enumerate(self.values)} if len(columns) > 1 else {}
        self._numbers = [
            np.array([number[value] for value in column.values], np.int64) if number else None
            for column in columns
        ]

    @cached_property
    def _place(self) -> NDArray[np.int64]:
        """Place of each value in the order a list shows them in."""
        if self._facet.latest_first:
            return np.arange(len(self.values))[::-1]
        keys = np.array([sort_key(value) for value in self.values], dtype=object)
        place = np.empty(len(keys), np.int64)
        place[np.argsort(keys, kind="stable")] = np.arange(len(keys))
        return place

    @cached_property
    def _spelling(self) -> dict[str, str]:
        return {sort_key(value): value for value in self.values}

    def spelled(self, value: str) -> str:
        """Return `value` as the collection spells it, if it has it."""
        return self._spelling.get(sort_key(value), value)

    def passing(self, segment: int, docs: Docs, chosen: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which of `docs` of a segment have any of the `chosen` values."""
        column = self._columns[segment]
        wanted = np.zeros(len(column.values), np.bool_)
        wanted[[n for n, value in enumerate(column.values) if value in chosen]] = True
        passes = np.zeros(len(docs), np.bool_)
        at, of = of_documents(column.starts, docs)
        passes[of[wanted[column.ordinals[at]]]] = True
        return passes

    def having(self, segment: int, value: str) -> Docs:
        """Return the documents of a segment that have a value."""
        column = self._columns[segment]
        if value not in column.values:
            return np.empty(0, np.uint32)
        at = np.flatnonzero(column.ordinals == column.values.index(value))
        return (np.searchsorted(column.starts, at, "right") - 1).astype(np.uint32)

    def count(self, each: Sequence[Docs]) -> Counts:
        """Return how many documents have each value, given the documents of each segment."""
        counts = np.zeros(len(self.values), np.int64)
        for counter, numbers, docs in zip(self._counters, self._numbers, each, strict=True):
            found = counter.count(docs)
            if numbers is None:
                counts += found
            else:
                counts[numbers] += found
        return counts

    def listed(self, counts: Counts, chosen: Sequence[str]) -> FacetValues:
        """Return the values that were found or chosen, in the order a list shows them in."""
        shown = counts > 0
        shown[[self.values.index(value) for value in chosen if value in self.values]] = True
        numbers = np.flatnonzero(shown)
        places = self._place[numbers]
        if not self._facet.latest_first:  # the most frequent first
            places = places - counts[numbers] * len(self.values)
        numbers = numbers[np.argsort(places)]
        if missing := [value for value in chosen if value not in self.values]:
            known = len(self.values)
            numbers = np.append(numbers, np.arange(known, known + len(missing)))
            counts = np.append(counts, np.zeros(len(missing), np.int64))
        return FacetValues(
            (*self.values, *missing) if missing else self.values, counts, numbers, frozenset(chosen)
        )


@dataclass(frozen=True, slots=True)
class FacetValues(Sequence[FacetValue]):
    """Counted values in order, each created on access: a page shows few of thousands."""

    _values: Sequence[str] = ()
    _counts: Counts = field(default_factory=lambda: np.empty(0, np.int64))
    _numbers: Places = field(default_factory=lambda: np.empty(0, np.int64))
    _chosen: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> FacetValue: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, place: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        if isinstance(place, slice):
            return tuple(self._made(self._numbers[place]))
        return next(self._made(self._numbers[[place]]))

    def __iter__(self) -> Iterator[FacetValue]:
        return self._made(self._numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _made(self, numbers: Places) -> Iterator[FacetValue]:
        values, chosen = self._values, self._chosen
        for number, count in zip(numbers.tolist(), self._counts[numbers].tolist(), strict=True):
            value = values[number]
            yield FacetValue(value, value, count, value in chosen)
