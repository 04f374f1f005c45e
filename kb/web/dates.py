"""The date of a meeting, with its doubt, and the histogram of dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kb.search.query import Query
from kb.search.results import Bar
from kb.web import phrases
from kb.web.urls import search_url

ROOMY = 8
"""Number of bars up to which each has room for a label."""

LABELS = 4
"""Labels shown when there are more bars than that."""

MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class DateLabel:
    """A date for a list.

    Attributes:
        iso: The stated date, or None.
        text: What is shown: the date, or "utan datum".
        doubt: The note in brackets after a doubtful date.
    """

    iso: str | None
    text: str
    doubt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One bar of the histogram.

    Attributes:
        label: Year or month.
        count: Documents.
        height: Of the bar, 0-100.
        labelled: There is room to show the label.
        selected: The search is limited to just this stretch.
        url: The search limited to it, or no longer limited to it.
    """

    label: str
    count: int
    height: int
    labelled: bool
    selected: bool
    url: str


def date_label(date: dt.date | None, proposed: dt.date | None) -> DateLabel:
    """Return a date for a list: "2010-12-04 (osäkert, kanske 2020-12-04)"."""
    doubt = phrases.perhaps(proposed.isoformat()) if proposed else None
    if date is None:
        return DateLabel(None, phrases.NO_DATE, f"kanske {proposed}" if proposed else None)
    return DateLabel(date.isoformat(), date.isoformat(), doubt)


def bars(query: Query, histogram: Sequence[Bar]) -> tuple[BarView, ...]:
    """Return the histogram; a click limits the search to a bar, another lifts the limit."""
    filled = _with_empty_years(histogram)
    highest = max((bar.count for bar in filled), default=0)
    if not highest:
        return ()
    step = 1 if len(filled) <= ROOMY else -(-len(filled) // LABELS)
    views = []
    for index, bar in enumerate(filled):
        selected = (query.since, query.until) == (bar.since, bar.until)
        limited = query.between(None, None) if selected else query.between(bar.since, bar.until)
        # The bar of a count above 0 is never too low to be seen.
        height = max(round(100 * bar.count / highest), 4) if bar.count else 0
        url = search_url(limited)
        views.append(
            BarView(
                label=bar.label,
                count=bar.count,
                height=height,
                labelled=index % step == 0,
                selected=selected,
                url=url,
            )
        )
    return tuple(views)


def _with_empty_years(histogram: Sequence[Bar]) -> list[Bar]:
    """Fill in the years without documents, so that equal times take equal space."""
    years = {
        bar.since.year: bar
        for bar in histogram
        if bar.since == dt.date(bar.since.year, 1, 1)
        and bar.until == dt.date(bar.since.year, 12, 31)
    }
    if len(years) < max(len(histogram), 2) or max(years) - min(years) > MOST_YEARS:
        return list(histogram)
    return [
        years.get(year) or Bar(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), 0)
        for year in range(min(years), max(years) + 1)
    ]
