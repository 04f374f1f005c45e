"""What documents are filtered and counted by, column by column, in memory."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from kb.search.entry import Row
from kb.search.query import Facet, Query
from kb.search.results import Bar, Card, FacetValue, Overview
from kb.swedish.collation import sort_key

MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
LATEST = 5
"""Documents listed on the start page."""


class Columns:
    """The facets, dates and cards of every document, by document number."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.number = {row.card.id: number for number, row in enumerate(rows)}
        self._with: dict[Facet, dict[str, set[int]]] = {facet: {} for facet in Facet}
        for number, row in enumerate(rows):
            for facet in Facet:
                for value in row.values(facet):
                    self._with[facet].setdefault(value, set()).add(number)
        self._spelling = {
            facet: {sort_key(value): value for value in values}
            for facet, values in self._with.items()
        }

    def spelled(self, query: Query) -> Query:
        """Return `query` with filter values spelled as the collection spells them."""
        for facet, value in query.filters:
            known = self._spelling[facet].get(sort_key(value))
            if known and known != value:
                query = query.remove(facet, value).add(facet, known)
        return query

    def narrowed(
        self, docs: Collection[int], query: Query, besides: Facet | None = None
    ) -> Collection[int]:
        """Return the documents that pass every filter of `query` but `besides`.

        The years and the stretch of time are one filter.
        """
        kept = docs
        for facet in Facet:
            chosen = query.values(facet)
            if chosen and facet is not besides:
                wanted = set().union(*(self._with[facet].get(value, ()) for value in chosen))
                kept = wanted.intersection(kept)
        if (query.since or query.until) and besides is not Facet.YEAR:
            first, last = query.since or dt.date.min, query.until or dt.date.max
            kept = [n for n in kept if any(first <= day <= last for day in self.rows[n].dates)]
        return kept

    def facets(self, docs: Collection[int], query: Query) -> dict[Facet, tuple[FacetValue, ...]]:
        """Count the values of every facet, each without its own filter."""
        return {facet: self._count(facet, docs, query) for facet in Facet}

    def _count(self, facet: Facet, docs: Collection[int], query: Query) -> tuple[FacetValue, ...]:
        among = self.narrowed(docs, query, besides=facet)
        counts = Counter(value for n in among for value in self.rows[n].values(facet))
        for value in query.values(facet):
            counts.setdefault(value, 0)
        values = [FacetValue(v, v, count, query.has(facet, v)) for v, count in counts.items()]
        if facet is Facet.YEAR:
            return tuple(sorted(values, key=lambda v: v.value, reverse=True))
        return tuple(sorted(values, key=lambda v: (-v.count, sort_key(v.label))))

    def histogram(self, docs: Collection[int], query: Query) -> tuple[Bar, ...]:
        """Count documents by year, or by month when the query stays within one year."""
        days = [self.rows[n].dates for n in self.narrowed(docs, query, besides=Facet.YEAR)]
        if year := _only_year(query):
            months = Counter(d.month for dates in days for d in dates if d.year == year)
            return tuple(_month(year, month, months[month]) for month in range(1, 13))
        years = Counter(year for dates in days for year in {d.year for d in dates})
        if not years:
            return ()
        return tuple(_year(year, years[year]) for year in range(min(years), max(years) + 1))

    def overview(self) -> Overview:
        """Return what the whole collection holds."""
        everything = range(len(self.rows))
        days = [day for row in self.rows for day in row.dates[:1]]
        newest = sorted(self.rows, key=lambda row: row.likely or dt.date.min, reverse=True)
        return Overview(
            len(self.rows),
            min(days, default=None),
            max(days, default=None),
            self.facets(everything, Query()),
            self.histogram(everything, Query()),
            tuple(row.card for row in newest[:LATEST]),
        )

    def neighbours(self, doc_id: str) -> tuple[Card | None, Card | None]:
        """Return the meetings of the same group just before and after a document."""
        row = self.rows[self.number[doc_id]]
        if row.card.group is None or row.likely is None:
            return None, None
        in_group = self._with[Facet.GROUP].get(row.card.group, set())
        dated = sorted((other, n) for n in in_group if (other := self.rows[n].likely))
        at = dated.index((row.likely, self.number[doc_id]))
        before = self.rows[dated[at - 1][1]].card if at > 0 else None
        after = self.rows[dated[at + 1][1]].card if at + 1 < len(dated) else None
        return before, after

    def by_date(self, docs: Iterable[int], *, newest_first: bool) -> list[int]:
        """Return documents in order of their likeliest date, those without one last."""
        far = dt.date.min if newest_first else dt.date.max

        def key(n: int) -> dt.date:
            return self.rows[n].likely or far

        return sorted(docs, key=key, reverse=newest_first)


def _only_year(query: Query) -> int | None:
    """Return the one year the query stays within, if there is one."""
    years = {int(year) for year in query.values(Facet.YEAR) if year.isdecimal()}
    if query.since and query.until and query.since.year == query.until.year:
        years.add(query.since.year)
    return years.pop() if len(years) == 1 else None


def _year(year: int, count: int) -> Bar:
    return Bar(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), count)


def _month(year: int, month: int, count: int) -> Bar:
    last = calendar.monthrange(year, month)[1]
    return Bar(MONTHS[month - 1], dt.date(year, month, 1), dt.date(year, month, last), count)
