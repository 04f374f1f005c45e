"""Merge the postings of several batches or segments, a stretch of terms at a time.

A term's postings in a source are one run of its arrays, so merging moves runs: the runs of a term
are concatenated in the order of the sources. Deleted documents are left out. Memory is bounded by
the stretch, not by the field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.whoosh_engine.arrays import spans
from kb.search.whoosh_engine.invert import Column, stable_order

STRETCH = 2_000_000
"""Most postings and positions that are merged at a time."""


@dataclass(frozen=True, slots=True)
class PostingSource:
    """Postings of one field to be merged with others.

    Attributes:
        column: The postings.
        ranks: Place of each of its terms among the terms of all sources.
        renumber: New number of each document, -1 if it is deleted; or what to add.
    """

    column: Column
    ranks: NDArray[Any]
    renumber: NDArray[np.int64] | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Merged postings of some terms.

    Attributes:
        ranks: The terms, ascending; those without postings are left out.
        posting_counts: Postings of each.
        position_counts: Positions of each.
        docs: Documents, term after term.
        freqs: Frequencies, likewise.
        positions: Positions, likewise.
    """

    ranks: NDArray[np.int64]
    posting_counts: NDArray[np.int64]
    position_counts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    freqs: NDArray[Any]
    positions: NDArray[Any]


def merge(sources: Sequence[PostingSource]) -> Iterator[Stretch]:
    """Yield the merged postings of all terms in order of rank."""
    opened = [_Opened(source) for source in sources]
    for first, last in _stretches(sources):
        yield _join([source.read(first, last) for source in opened])


def _stretches(sources: Sequence[PostingSource]) -> Iterator[tuple[int, int]]:
    """Yield the first rank of each stretch and the one behind its last."""
    size = max((int(s.ranks.max()) + 1 for s in sources if len(s.ranks)), default=0)
    weight = np.zeros(size)
    for source in sources:
        column = source.column
        work = np.diff(column.posting_starts) + np.diff(column.position_starts)
        weight += np.bincount(source.ranks, work, size)
    heavy = np.cumsum(weight)
    first = 0
    while first < size:
        done = heavy[first - 1] if first else 0.0
        last = max(first + 1, int(np.searchsorted(heavy, done + STRETCH, "right")))
        yield first, last
        first = last


class _Opened:
    """A source with its terms in order of rank."""

    def __init__(self, source: PostingSource) -> None:
        self._source = source
        self._order = stable_order(source.ranks)
        self._ranks = source.ranks[self._order].astype(np.int64)

    def read(self, first: int, last: int) -> Stretch:
        """Return the postings of the terms of some ranks, documents renumbered."""
        column = self._source.column
        a, b = np.searchsorted(self._ranks, (first, last))
        terms = self._order[a:b]
        posting_counts = column.posting_starts[terms + 1] - column.posting_starts[terms]
        position_counts = column.position_starts[terms + 1] - column.position_starts[terms]
        at = spans(column.posting_starts[terms], posting_counts)
        stretch = Stretch(
            ranks=self._ranks[a:b],
            posting_counts=posting_counts.astype(np.int64),
            position_counts=position_counts.astype(np.int64),
            docs=column.docs[at],
            freqs=column.freqs[at],
            positions=column.positions[spans(column.position_starts[terms], position_counts)],
        )
        renumber = self._source.renumber
        if isinstance(renumber, int):
            return _with(stretch, docs=(stretch.docs + renumber).astype(np.uint32))
        return _renumbered(stretch, renumber)


def _renumbered(stretch: Stretch, renumber: NDArray[np.int64]) -> Stretch:
    docs = renumber[stretch.docs]
    kept = docs >= 0
    if kept.all():
        return _with(stretch, docs=docs.astype(np.uint32))
    term = np.repeat(np.arange(len(stretch.ranks)), stretch.posting_counts)
    posting_counts = np.bincount(term[kept], minlength=len(stretch.ranks))
    position_counts, positions = stretch.position_counts, stretch.positions
    if len(positions):
        position_counts = np.bincount(term[kept], stretch.freqs[kept], len(stretch.ranks))
        positions = positions[np.repeat(kept, stretch.freqs)]
    left = posting_counts > 0
    return Stretch(
        ranks=stretch.ranks[left],
        posting_counts=posting_counts[left],
        position_counts=position_counts[left].astype(np.int64),
        docs=docs[kept].astype(np.uint32),
        freqs=stretch.freqs[kept],
        positions=positions,
    )


def _with(stretch: Stretch, docs: NDArray[np.uint32]) -> Stretch:
    return Stretch(
        ranks=stretch.ranks,
        posting_counts=stretch.posting_counts,
        position_counts=stretch.position_counts,
        docs=docs,
        freqs=stretch.freqs,
        positions=stretch.positions,
    )


def _join(stretches: Sequence[Stretch]) -> Stretch:
    if len(stretches) == 1:
        return stretches[0]
    ranks = np.concatenate([s.ranks for s in stretches])
    posting_counts = np.concatenate([s.posting_counts for s in stretches])
    position_counts = np.concatenate([s.position_counts for s in stretches])
    order = stable_order(ranks)
    at = _moved(posting_counts, order)
    distinct, first = np.unique(ranks[order], return_index=True)
    return Stretch(
        ranks=distinct,
        posting_counts=np.add.reduceat(posting_counts[order], first) if len(first) else first,
        position_counts=np.add.reduceat(position_counts[order], first) if len(first) else first,
        docs=np.concatenate([s.docs for s in stretches])[at],
        freqs=np.concatenate([s.freqs for s in stretches])[at],
        positions=np.concatenate([s.positions for s in stretches])[_moved(position_counts, order)],
    )


def _moved(counts: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the elements of runs come from when the runs are put in order."""
    return spans((np.cumsum(counts) - counts)[order], counts[order])
