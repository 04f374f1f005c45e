"""Filters, facets, histogram and order by columns, against going through the rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings, strategies as st

from kb.search.columns import Columns
from kb.search.entry import DocumentRow
from kb.search.facets import FACETS, GROUP, KIND, MUNICIPALITY, PERSON, YEAR, Facet
from kb.search.postings import FacetColumn
from kb.search.query import Query, Sort
from kb.search.results import Card
from kb.swedish.collation import sort_key

VALUES = {
    MUNICIPALITY: lambda row: row.card.municipalities,
    GROUP: lambda row: (row.card.group,) if row.card.group else (),
    PERSON: lambda row: row.persons,
    YEAR: lambda row: tuple(dict.fromkeys(str(day.year) for day in row.dates)),
    KIND: lambda row: (row.card.kind,) if row.card.kind else (),
}
"""What rows that were made up have in each facet."""


class MemoryRows:
    """A `RowReader` over rows."""

    def __init__(self, rows: Sequence[DocumentRow]) -> None:
        self._rows = rows
        self.facets = {facet: self._column(facet) for facet in FACETS.values()}
        self.date_starts = np.cumsum([0, *(len(row.dates) for row in rows)]).astype(np.uint16)
        self.days = np.array([d.toordinal() for row in rows for d in row.dates], np.int32)
        self.likely = np.array([r.likely.toordinal() if r.likely else 0 for r in rows], np.int32)

    def _column(self, facet: Facet) -> FacetColumn:
        own = [VALUES[facet](row) for row in self._rows]
        values = tuple(sorted({value for each in own for value in each}))
        ordinals = [values.index(value) for each in own for value in each]
        starts = np.cumsum([0, *map(len, own)]).astype(np.uint16)
        return FacetColumn(values, starts, np.array(ordinals, np.uint8))

    def row(self, doc: int) -> DocumentRow:
        return self._rows[doc]


days = st.dates(dt.date(2015, 11, 1), dt.date(2017, 2, 1))
names = st.sampled_from(("Åsa", "Bo", "bo", "Ann", "Örjan"))


@st.composite
def made_rows(draw: st.DrawFn) -> DocumentRow:
    stated, proposed = draw(st.none() | days), draw(st.none() | days)
    towns = tuple(draw(st.lists(st.sampled_from(("Klippan", "Åstorp", "Bjuv")), unique=True)))
    group = draw(st.sampled_from((None, "Nätverk", "Styrgrupp")))
    dates = tuple(dict.fromkeys(day for day in (stated, proposed) if day))
    persons = tuple(draw(st.lists(names, unique=True)))
    return DocumentRow(
        Card(
            id="", title="", date=stated, proposed_date=proposed, group=group, municipalities=towns
        ),
        persons,
        dates,
    )


segments = st.lists(st.lists(made_rows(), min_size=1, max_size=8), min_size=1, max_size=3)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    query = Query()
    for _ in range(draw(st.integers(0, 3))):
        facet, value = draw(
            st.sampled_from(
                (
                    (MUNICIPALITY, "Klippan"),
                    (MUNICIPALITY, "Bjuv"),
                    (GROUP, "Nätverk"),
                    (PERSON, "Bo"),
                    (PERSON, "Ingen"),
                    (YEAR, "2016"),
                )
            )
        )
        query = query.add(facet, value)
    since, until = draw(st.none() | days), draw(st.none() | days)
    return query.between(since, until)


def passes(row: DocumentRow, query: Query, besides: Facet | None = None) -> bool:
    for facet in FACETS.values():
        chosen = query.values(facet)
        if chosen and facet is not besides and not set(chosen) & set(VALUES[facet](row)):
            return False
    if (query.since or query.until) and besides is not YEAR:
        first, last = query.since or dt.date.min, query.until or dt.date.max
        return any(first <= day <= last for day in row.dates)
    return True


@settings(max_examples=200, deadline=None)
@given(segments, queries(), st.data())
def test_counts_are_those_of_the_rows(
    parts: list[list[DocumentRow]], query: Query, data: st.DataObject
):
    rows = [row for part in parts for row in part]
    live = [np.arange(len(part), dtype=np.uint32) for part in parts]
    columns = Columns([MemoryRows(part) for part in parts], live)
    found = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1))))
    tally = columns.tally(np.array(found, np.uint32), query)
    assert tally.kept.tolist() == [passes(rows[n], query) for n in found]
    for facet in FACETS.values():
        among = [rows[n] for n in found if passes(rows[n], query, facet)]
        counts = Counter(value for row in among for value in VALUES[facet](row))
        counts.update(dict.fromkeys(query.values(facet), 0))
        listed = tally.facets[facet]
        assert {v.value: v.count for v in listed} == dict(counts)
        assert {v.value for v in listed if v.selected} == set(query.values(facet))
        known = [v for v in listed if v.count]
        if facet is YEAR:
            assert [v.value for v in known] == sorted((v.value for v in known), reverse=True)
        else:
            order = [(-v.count, sort_key(v.label)) for v in known]
            assert order == sorted(order)
    among = [rows[n] for n in found if passes(rows[n], query, YEAR)]
    for bar in tally.histogram:
        own = [r for r in among if any(bar.since <= day <= bar.until for day in r.dates)]
        assert bar.count == len(own)


@settings(max_examples=100, deadline=None)
@given(segments, st.sampled_from(Sort), st.integers(1, 6), st.data())
def test_the_first_are_those_of_sorting_all(
    parts: list[list[DocumentRow]], sort: Sort, most: int, data: st.DataObject
):
    rows = [row for part in parts for row in part]
    live = [np.arange(len(part), dtype=np.uint32) for part in parts]
    columns = Columns([MemoryRows(part) for part in parts], live)
    scores = data.draw(
        st.lists(st.sampled_from((0.5, 1.0, 2.0)), min_size=len(rows), max_size=len(rows))
    )
    far = dt.date.max if sort is Sort.OLDEST else dt.date.min
    expected = sorted(
        range(len(rows)), key=lambda n: rows[n].likely or far, reverse=sort is not Sort.OLDEST
    )
    if sort is Sort.RELEVANCE:
        expected.sort(key=lambda n: -scores[n])
    found = columns.ordered(np.arange(len(rows), dtype=np.uint32), np.array(scores), sort, most)
    assert found.tolist() == expected[:most]
