"""Queries over all segments at once; shared by all threads.

A searcher is immutable: the state of one query (its terms, its budget) is created for it and
dropped after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from whoosh import query

from kb.search.arrays import Among, Scored
from kb.search.budget import Budget
from kb.search.whoosh_engine.evaluate import Evaluator
from kb.search.whoosh_engine.lookup import Indexed, Lookup, Statistics

Stock = Callable[[query.Query, int], Scored]
"""Answers a query over one segment, given by its number, with Whoosh's own matchers."""


def _refuse(asked: query.Query, _: int) -> Scored:
    raise TypeError(f"no way to answer {asked!r}")


class Searcher:
    """Answers Whoosh queries over segments.

    Args:
        segments: The segments; document numbers count through them in order.
        stock: Answers kinds of query that arrays cannot.
    """

    def __init__(self, segments: Sequence[Indexed], stock: Stock = _refuse) -> None:
        self._segments = segments
        self._statistics = Statistics(segments)
        self._stock = stock
        self.bases = np.cumsum([0, *(segment.doc_count for segment in segments)])

    def prepare(self, fields: Iterable[str]) -> None:
        """Compute the tables for scoring in some fields in advance."""
        for field in fields:
            for segment in range(len(self._segments)):
                self._statistics.norms(field, segment)

    def lookup(self) -> Lookup:
        """Return a look-up of terms for one query."""
        return Lookup(self._segments, self._statistics)

    def score(self, asked: query.Query, lookup: Lookup, budget: Budget) -> Scored:
        """Return the documents that match, numbered through all segments, with scores.

        Raises:
            OverBudgetError: It costs too much.
        """
        each = [self._in_segment(n, asked, lookup, budget) for n in range(len(self._segments))]
        if len(each) == 1:
            return each[0]
        docs = [one.docs + np.uint32(base) for one, base in zip(each, self.bases, strict=False)]
        return Scored(
            np.concatenate([*docs, Scored.none().docs]),
            np.concatenate([*(one.scores for one in each), Scored.none().scores]),
        )

    def score_of(self, number: int, asked: query.Query, lookup: Lookup) -> float | None:
        """Return the score of one document, or None if it does not match."""
        segment = int(np.searchsorted(self.bases, number, "right")) - 1
        doc = np.array([number - self.bases[segment]], np.uint32)
        size = self._segments[segment].doc_count
        found = self._evaluator(segment, lookup, Budget()).answer(asked, Among(doc, size))
        return float(found.scores[0]) if len(found) else None

    def _evaluator(self, number: int, lookup: Lookup, budget: Budget) -> Evaluator:
        size = self._segments[number].doc_count
        return Evaluator(lookup, number, size, budget, lambda other: self._stock(other, number))

    def _in_segment(
        self, number: int, asked: query.Query, lookup: Lookup, budget: Budget
    ) -> Scored:
        found = self._evaluator(number, lookup, budget).answer(asked)
        return found.without(self._segments[number].deleted)
