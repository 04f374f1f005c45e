"""Columns by which documents are filtered, counted and ordered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Docs, Places
from kb.search.counting import Values, of_documents
from kb.search.entry import DocumentRow
from kb.search.facets import FACETS, GROUP, YEAR, Facet
from kb.search.narrowing import narrowed
from kb.search.postings import RowReader
from kb.search.query import Query, Sort
from kb.search.ranking import Key, best
from kb.search.results import Bar, Card, FacetValue, Overview
from kb.search.timeline import NO_MONTHS, by_month, months, only_year, years

LATEST = 5
"""Documents listed on the start page."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetTally:
    """The counts of the documents that match the words of a query.

    Attributes:
        kept: Which of them pass every filter.
        facets: Values of each facet, counted without the facet's own filter.
        histogram: Years or months, counted without the filter of years.
    """

    kept: Mask
    facets: dict[Facet, Sequence[FacetValue]]
    histogram: tuple[Bar, ...]


class Columns:
    """The facets, dates and cards of all documents; numbers run through all segments.

    Args:
        segments: Their columns.
        live: Documents of each segment that are not deleted.
    """

    def __init__(self, segments: Sequence[RowReader], live: Sequence[Docs]) -> None:
        self._segments = segments
        self._live = live
        sizes = [len(segment.likely) for segment in segments]
        self._bases = np.cumsum([0, *sizes])
        self._values = {
            facet: Values(facet, [segment.facets[facet] for segment in segments])
            for facet in FACETS.values()
        }

    @cached_property
    def documents(self) -> int:
        """How many there are."""
        return sum(map(len, self._live))

    @cached_property
    def everything(self) -> Docs:
        """The number of every document."""
        each = [d + np.uint32(b) for d, b in zip(self._live, self._bases, strict=False)]
        return np.concatenate([np.empty(0, np.uint32), *each])

    def place(self, number: int) -> tuple[int, int]:
        """Return the segment of a document and its number there."""
        segment = int(np.searchsorted(self._bases, number, "right")) - 1
        return segment, number - int(self._bases[segment])

    def places(self, numbers: Docs) -> list[tuple[int, int]]:
        """Return the segment of each of some documents and its number there."""
        segments = np.searchsorted(self._bases, numbers, "right") - 1
        docs = numbers - self._bases[segments]
        return list(zip(segments.tolist(), docs.tolist(), strict=True))

    def row(self, number: int) -> DocumentRow:
        """Return what lists show of a document."""
        segment, doc = self.place(number)
        return self._segments[segment].row(doc)

    def spelled(self, query: Query) -> Query:
        """Return `query` with filter values in the spelling of the collection."""
        for facet, value in query.filters:
            known = self._values[facet].spelled(value)
            if known != value:
                query = query.remove(facet, value).add(facet, known)
        return query

    @property
    def size(self) -> int:
        """The number of documents, including deleted ones."""
        return int(self._bases[-1])

    def base(self, segment: int) -> int:
        """Return the number of the first document of a segment."""
        return int(self._bases[segment])

    def having(self, facet: Facet, value: str) -> NDArray[np.int64]:
        """Return the numbers of the documents that have a value, ascending."""
        each = [
            np.intersect1d(self._values[facet].having(n, value), live).astype(np.int64) + base
            for n, (live, base) in enumerate(zip(self._live, self._bases.tolist(), strict=False))
        ]
        return np.concatenate([np.empty(0, np.int64), *each])

    def understood(self, query: Query) -> Query:
        """Return `query` with filters typed among its words made filters, spelled as here."""
        overview = self.overview.facets
        return self.spelled(narrowed(query, lambda facet: [v.value for v in overview[facet]]))

    def tally(self, docs: Docs, query: Query) -> FacetTally:
        """Filter and count documents, in one pass over their columns."""
        each = self._by_segment(docs)
        passes = [self._passes(n, docs_, query) for n, docs_ in enumerate(each)]
        fails = [sum((~p for p in by.values()), np.zeros(len(d), np.int8)) for by, d in
                 zip(passes, each, strict=True)]  # fmt: skip
        kept = [missed == 0 for missed in fails]
        passing = [docs_[k] for docs_, k in zip(each, kept, strict=True)]
        among = {
            facet: [
                docs_[missed == ~by[facet]]
                for docs_, missed, by in zip(each, fails, passes, strict=True)
            ]
            if passes and facet in passes[0]
            else passing
            for facet in FACETS.values()
        }
        counts = {facet: self._counts(facet, among[facet]) for facet in FACETS.values()}
        return FacetTally(
            np.concatenate([np.empty(0, np.bool_), *kept]),
            {
                facet: self._values[facet].listed(counts[facet], query.values(facet))
                for facet in FACETS.values()
            },
            self._histogram(counts[YEAR], among[YEAR], only_year(query)),
        )

    def passing(self, docs: Docs, query: Query) -> Mask:
        """Tell which documents pass every filter of a query."""
        each = [
            np.logical_and.reduce(
                [np.ones(len(docs_), np.bool_), *self._passes(n, docs_, query).values()]
            )
            for n, docs_ in enumerate(self._by_segment(docs))
        ]
        return np.concatenate([np.empty(0, np.bool_), *each])

    def _by_segment(self, docs: Docs) -> list[Docs]:
        if len(self._segments) == 1:
            return [docs]
        bounds = np.searchsorted(docs, self._bases)
        return [
            docs[bounds[n] : bounds[n + 1]] - np.uint32(base)
            for n, base in enumerate(self._bases[:-1])
        ]

    def _passes(self, segment: int, docs: Docs, query: Query) -> dict[Facet, Mask]:
        """Tell which documents pass each filter; years and time range are one filter."""
        passes = {
            facet: self._values[facet].passing(segment, docs, chosen)
            for facet in FACETS.values()
            if (chosen := query.values(facet))
        }
        if query.since or query.until:
            first, last = query.since or dt.date.min, query.until or dt.date.max
            reader = self._segments[segment]
            at, of = of_documents(reader.date_starts, docs)
            within = (reader.days[at] >= first.toordinal()) & (reader.days[at] <= last.toordinal())
            fits = np.zeros(len(docs), np.bool_)
            fits[of[within]] = True
            passes[YEAR] = fits & passes.get(YEAR, True)
        return passes

    def _counts(self, facet: Facet, each: Sequence[Docs]) -> NDArray[np.int64]:
        if sum(map(len, each)) == self.documents:
            return self._of_everything[facet].copy()
        return self._values[facet].count(each)

    @cached_property
    def _of_everything(self) -> dict[Facet, NDArray[np.int64]]:
        return {facet: self._values[facet].count(self._live) for facet in FACETS.values()}

    def _histogram(
        self, by_year: NDArray[np.int64], each: Sequence[Docs], year: int | None
    ) -> tuple[Bar, ...]:
        if year is None:
            found = np.flatnonzero(by_year)
            values = self._values[YEAR].values
            return years({int(values[n]): int(by_year[n]) for n in found})
        readers = zip(self._segments, each, strict=True)
        return months(year, sum((by_month(s, docs, year) for s, docs in readers), NO_MONTHS))

    def likely(self, docs: Docs | Places) -> NDArray[np.int64]:
        """Return the likeliest day of documents, in any order, as proleptic ordinals; 0 = none."""
        if len(self._segments) == 1:
            return self._segments[0].likely[docs].astype(np.int64)
        days = np.zeros(len(docs), np.int64)
        of = np.searchsorted(self._bases, docs, "right") - 1
        for n, segment in enumerate(self._segments):
            here = of == n
            days[here] = segment.likely[docs[here] - self._bases[n]]
        return days

    def ordered(self, docs: Docs, scores: NDArray[np.float64], sort: Sort, most: int) -> Places:
        """Return the places in `docs` of the first `most`; equals by date, then by number."""

        def newest(places: NDArray[np.int64]) -> NDArray[np.float64]:
            return self.likely(docs[places]).astype(np.float64)

        def oldest(places: NDArray[np.int64]) -> NDArray[np.float64]:
            days = newest(places)
            return np.where(days == 0, -np.inf, -days)

        keys: dict[Sort, list[Key]] = {
            Sort.RELEVANCE: [lambda places: scores[places], newest],
            Sort.NEWEST: [newest],
            Sort.OLDEST: [oldest],
        }
        return best(len(docs), most, keys[sort])

    @cached_property
    def overview(self) -> Overview:
        """The totals of the whole collection."""
        everything = self.everything
        tally = self.tally(everything, Query())
        stated = [reader.days[reader.date_starts[docs[_dated(reader, docs)]]]
                  for reader, docs in zip(self._segments, self._live, strict=True)]  # fmt: skip
        days = np.concatenate([np.empty(0, np.int32), *stated])
        newest = self.ordered(everything, np.empty(0), Sort.NEWEST, LATEST)
        return Overview(
            documents=self.documents,
            first=dt.date.fromordinal(int(days.min())) if len(days) else None,
            last=dt.date.fromordinal(int(days.max())) if len(days) else None,
            facets=tally.facets,
            histogram=tally.histogram,
            latest=tuple(self.row(int(everything[n])).card for n in newest),
        )

    def neighbours(self, number: int) -> tuple[Card | None, Card | None]:
        """Return the meetings of the same group just before and after a document."""
        row = self.row(number)
        if row.card.group is None or row.likely is None:
            return None, None
        group = self.having(GROUP, row.card.group)
        days = self.likely(group)
        dated = group[days > 0][np.argsort(days[days > 0], kind="stable")]
        at = int(np.flatnonzero(dated == number)[0])
        before = self.row(int(dated[at - 1])).card if at > 0 else None
        after = self.row(int(dated[at + 1])).card if at + 1 < len(dated) else None
        return before, after


def _dated(reader: RowReader, docs: Docs) -> Mask:
    return reader.date_starts[docs] < reader.date_starts[docs + 1]
