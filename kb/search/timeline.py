"""Documents by year, or by month when a query stays within one year."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Docs
from kb.search.counting import of_documents
from kb.search.facets import YEAR
from kb.search.postings import RowReader
from kb.search.query import Query
from kb.search.results import Bar

MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")

NO_MONTHS = np.zeros(12, np.int64)


def only_year(query: Query) -> int | None:
    """Return the one year the query stays within, if there is one."""
    chosen = {int(year) for year in query.values(YEAR) if year.isdecimal()}
    if query.since and query.until and query.since.year == query.until.year:
        chosen.add(query.since.year)
    year = chosen.pop() if len(chosen) == 1 else 0
    return year if dt.MINYEAR <= year <= dt.MAXYEAR else None


def years(counts: Mapping[int, int]) -> tuple[Bar, ...]:
    """Return a bar for every year from the first to the last."""
    every = range(min(counts), max(counts) + 1) if counts else ()
    return tuple(
        Bar(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), counts.get(year, 0))
        for year in every
    )


def months(year: int, counts: NDArray[np.int64]) -> tuple[Bar, ...]:
    """Return a bar for every month of a year."""
    lengths = (calendar.monthrange(year, month)[1] for month in range(1, 13))
    return tuple(
        Bar(name, dt.date(year, month, 1), dt.date(year, month, last), int(counts[month - 1]))
        for month, (name, last) in enumerate(zip(MONTHS, lengths, strict=True), 1)
    )


def by_month(segment: RowReader, docs: Docs, year: int) -> NDArray[np.int64]:
    """Count documents by month; one with two dates in a month counts once in it."""
    firsts = [dt.date(year, month, 1).toordinal() for month in range(1, 13)]
    at, of = of_documents(segment.date_starts, docs)
    days = segment.days[at]
    within = (days >= firsts[0]) & (days <= dt.date(year, 12, 31).toordinal())
    month = np.searchsorted(firsts, days[within], "right") - 1
    once = np.unique(of[within] * 12 + month)
    return np.bincount(once % 12, minlength=12)
