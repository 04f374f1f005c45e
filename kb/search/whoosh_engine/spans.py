"""Words near each other, by arrays: only the positions of candidates are read.

The rules are those of `whoosh.query.spans`: the words of a nearness are joined from
left to right, and each joining makes a span that reaches from the first to the last.
Positions of the other word are looked for by a binary search in every document's
slice at once, so that a frequent word costs no more than the rare one beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Among, Docs, Places, ranges
from kb.search.budget import Budget
from kb.search.postings import Postings


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

    def flat(self) -> tuple[Places, Places, Places]:
        """Return candidate, first and last position of every span, one by one."""
        at, slots = ranges(self.lo, self.hi)
        return slots, self.starts[at].astype(np.int64), self.ends[at].astype(np.int64)


def either(spans: list[Spans]) -> Spans:
    """Return all spans of several kinds in the same candidates."""
    each = zip(*(one.flat() for one in spans), strict=True)
    slots, starts, ends = (np.concatenate(part) for part in each)
    return Spans.of_flat(slots, starts, ends, len(spans[0].lo))


def phrase(words: list[Spans], budget: Budget) -> Spans:
    """Return where words stand side by side in order, starting from the rarest of them."""
    places = sorted(range(len(words)), key=lambda i: words[i].total)
    rarest = places[0]
    budget.spend(words[rarest].total)
    slots, starts, _ = words[rarest].flat()
    starts = starts - rarest
    for place in places[1:]:
        word = words[place]
        at = _bisect(word.starts, word.lo[slots], word.hi[slots], starts + place)
        there = _holds(word.starts, at, word.hi[slots], starts + place)
        slots, starts = slots[there], starts[there]
    return Spans.of_flat(slots, starts, starts + (len(words) - 1), len(words[0].lo))


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
        at, pair = ranges(first, behind)
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


def _bisect(values: NDArray[Any], lo: Places, hi: Places, wanted: Places) -> Places:
    """Return the first place in each slice of `values` whose value is not below `wanted`."""
    lo, hi = lo.copy(), hi.copy()
    longest = int((hi - lo).max(initial=0))
    for _ in range(longest.bit_length()):
        middle = (lo + hi) >> 1
        open_ = lo < hi
        below = open_.copy()
        below[open_] = values[middle[open_]] < wanted[open_]
        lo = np.where(below, middle + 1, lo)
        hi = np.where(open_ & ~below, middle, hi)
    return lo


def _holds(values: NDArray[Any], at: Places, hi: Places, wanted: Places) -> NDArray[np.bool_]:
    there = at < hi
    there[there] = values[at[there]] == wanted[there]
    return there
