"""Proximity of words by arrays; only the positions of candidates are read.

The rules are those of `whoosh.query.spans`: words are joined from left to right, and each join
makes a span from the first to the last. Positions of the next word are found by a binary search in
every document's slice at once, so that a frequent word costs no more than the rare one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Among, Docs, Places, owners, ranges
from kb.search.budget import Budget
from kb.search.postings import Postings

_FEW = 8
"""Ratio of positions below which two words are merged instead of searched."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of the candidate documents.

    Attributes:
        starts: First position of each, ascending within a document.
        ends: Its last position; for single words the same array.
        lo: Where the spans of each candidate begin in `starts`.
        hi: Where they end.
    """

    starts: NDArray[Any]
    ends: NDArray[Any]
    lo: Places
    hi: Places

    @classmethod
    def nowhere(cls, count: int) -> Spans:
        """Return no places in each of `count` candidates."""
        none = np.zeros(count, np.int64)
        return cls(none[:0], none[:0], none, none)

    @classmethod
    def of_term(cls, postings: Postings, starts: Places, docs: Docs, size: int) -> Spans:
        """Return the places of one word, `starts` being `postings.starts`."""
        at, slots = Among(docs, size).locate(postings.docs)
        lo, hi = np.zeros(len(docs), np.int64), np.zeros(len(docs), np.int64)
        lo[slots], hi[slots] = starts[at], starts[at + 1]
        return cls(postings.positions, postings.positions, lo, hi)

    @classmethod
    def of_flat(cls, slots: Places, starts: Places, ends: Places, count: int) -> Spans:
        """Return spans given one by one with the candidate of each, in any order."""
        order = np.lexsort((ends, starts, slots))
        slots, starts, ends = slots[order], starts[order], ends[order]
        new = np.ones(len(slots), np.bool_)
        new[1:] = (np.diff(slots) != 0) | (np.diff(starts) != 0) | (np.diff(ends) != 0)
        slots = slots[new]
        bounds = np.searchsorted(slots, np.arange(count + 1))
        return cls(starts[new], ends[new], bounds[:-1], bounds[1:])

    @property
    def total(self) -> int:
        """How many there are."""
        return int((self.hi - self.lo).sum())

    def keys(self, width: int, shift: int) -> NDArray[Any]:
        """Return the first positions of all documents as one ascending row of numbers.

        The candidate stands in the bits above `width`; `shift` is added to the position.
        In 32 bits if they suffice.
        """
        counts = self.hi - self.lo
        narrow = len(counts) << width < 1 << 32
        bases = (np.arange(len(counts)) << width) + shift
        keys: NDArray[Any] = np.repeat(bases.astype(np.uint32) if narrow else bases, counts)
        keys += self._kept(len(keys)).astype(keys.dtype, copy=False)
        return keys

    def _kept(self, total: int) -> NDArray[Any]:
        """Return the first positions of all documents, `total` of them."""
        if total == len(self.starts):
            return self.starts
        if total * 2 < len(self.starts):
            return self.starts[ranges(self.lo, self.hi)]
        # For most of them it is cheaper to mark where those of a document begin and end.
        some = self.hi > self.lo
        inside = np.zeros(len(self.starts) + 1, np.int8)
        inside[self.lo[some]] += 1
        inside[self.hi[some]] -= 1
        return self.starts[np.cumsum(inside[:-1], dtype=np.int8).view(np.bool_)]

    def flat(self) -> tuple[Places, Places, Places]:
        """Return candidate, first and last position of every span, one by one."""
        at, slots = ranges(self.lo, self.hi), owners(self.lo, self.hi)
        return slots, self.starts[at].astype(np.int64), self.ends[at].astype(np.int64)


def either(spans: list[Spans]) -> Spans:
    """Return all spans of several kinds in the same candidates."""
    each = zip(*(one.flat() for one in spans), strict=True)
    slots, starts, ends = (np.concatenate(part) for part in each)
    return Spans.of_flat(slots, starts, ends, len(spans[0].lo))


def phrase(words: list[Spans], budget: Budget) -> Spans:
    """Return where words stand side by side in order, starting from the rarest of them."""
    totals = [word.total for word in words]
    places = sorted(range(len(words)), key=totals.__getitem__)
    rarest, count = places[0], len(words[0].lo)
    width = _width(words)
    budget.spend(totals[rarest])
    keys = words[rarest].keys(width, len(words) - rarest)
    for place in places[1:]:
        word = words[place]
        if len(keys) * _FEW > totals[place]:
            budget.spend(totals[place])
            keys = _common(keys, word.keys(width, len(words) - place))
        else:
            slots = (keys >> width).astype(np.int64)
            wanted = (keys & (1 << width) - 1).astype(np.int64) - (len(words) - place)
            lo, hi = word.lo[slots], word.hi[slots]
            keys = keys[_holds(word.starts, _bisect(word.starts, lo, hi, wanted), hi, wanted)]
    slots = (keys >> width).astype(np.int64)
    starts = (keys & (1 << width) - 1).astype(np.int64) - len(words)
    bounds = np.searchsorted(slots, np.arange(count + 1))
    return Spans(starts, starts + (len(words) - 1), bounds[:-1], bounds[1:])


def _width(words: Sequence[Spans]) -> int:
    """Return the bits that hold every position of single words, moved as `phrase` moves them."""
    most = max((int(word.starts.max()) for word in words if len(word.starts)), default=0)
    return (most + 2 * len(words)).bit_length()


def near(words: list[Spans], slop: int, mindist: int, budget: Budget, *, ordered: bool) -> Spans:
    """Return where all words stand within `slop` positions of those before them."""
    if not ordered and len(words) == 2:
        words = sorted(words, key=lambda word: word.total)  # the same both ways round
    found = words[0]
    for word in words[1:]:
        budget.spend(found.total)
        slots, starts, ends = found.flat()
        lo, hi = word.lo[slots], word.hi[slots]
        first = _bisect(word.starts, lo, hi, starts if ordered else starts - slop)
        behind = _bisect(word.starts, first, hi, ends + slop + 1)
        at, pair = ranges(first, behind), owners(first, behind)
        budget.spend(len(at))
        slots, starts, ends = slots[pair], starts[pair], ends[pair]
        since, until = word.starts[at].astype(np.int64), word.ends[at].astype(np.int64)
        apart = np.maximum(np.maximum(since - ends, starts - until), 0)
        fits = (apart >= mindist) & (apart <= slop)
        found = Spans.of_flat(
            slots[fits],
            np.minimum(starts, since)[fits],
            np.maximum(ends, until)[fits],
            len(found.lo),
        )
    return found


def outside(spans: Spans, points: Spans) -> Spans:
    """Return the spans that hold none of the single positions `points`."""
    slots, starts, ends = spans.flat()
    hi = points.hi[slots]
    at = _bisect(points.starts, points.lo[slots], hi, starts)
    there = at < hi
    there[there] = points.starts[at[there]] <= ends[there]
    kept = ~there
    return Spans.of_flat(slots[kept], starts[kept], ends[kept], len(spans.lo))


def _common(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers in both of two ascending rows, none of which has one twice."""
    merged = np.concatenate([a, b])
    merged.sort(kind="stable")  # which merges rows that are sorted (Timsort), in one pass
    both: NDArray[Any] = merged[1:][merged[1:] == merged[:-1]]
    return both


def _bisect(values: NDArray[Any], lo: Places, hi: Places, wanted: Places) -> Places:
    """Return the first place in each slice of `values` whose value is not below `wanted`."""
    # The narrowest type and no branches, since every step passes over all slices.
    width = np.dtype(np.int32 if len(values) < 1 << 31 else np.int64)
    count: NDArray[Any] = (hi - lo).astype(width)
    first: NDArray[Any] = lo.astype(width)
    wanted = wanted.astype(width)
    last = len(values) - 1
    for _ in range(int(count.max(initial=0)).bit_length()):
        half = count >> 1
        below = values[np.minimum(first + half, last)] < wanted
        below &= count > 0
        half += below
        first += half * below
        count = np.where(below, count - half, half)
    return first.astype(np.int64)


def _holds(values: NDArray[Any], at: Places, hi: Places, wanted: Places) -> NDArray[np.bool_]:
    there = at < hi
    there[there] = values[at[there]] == wanted[there]
    return there
