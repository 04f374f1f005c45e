"""How often searches find something over the years, as share of that year's documents."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.errors import UserError
from kb.search.engine import Engine
from kb.search.query import Query
from kb.web import phrases
from kb.web.urls import search_url

MOST_SERIES = 5
"""Searches compared at once: more lines cannot be told apart."""

WIDTH, HEIGHT = 720, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 16, 34
_GRID = 4  # lines of the scale
_LABELS = 12  # years named along the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One year of one search.

    Attributes:
        year: The year.
        found: Documents that the search finds.
        of: Documents of the year in all.
        x: Place in the picture.
        y: Place in the picture.
        url: The search in that year.
    """

    year: int
    found: int
    of: int
    x: float
    y: float
    url: str

    @property
    def share(self) -> float:
        """Share of the year's documents, 0-1."""
        return self.found / self.of if self.of else 0.0

    @property
    def percent(self) -> str:
        """The share for people: "12,5 %"."""
        return _percent(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One search through the years.

    Attributes:
        label: The search as typed.
        number: Its number, from 1, which gives its colour and marker.
        points: Every year.
        lines: The points of its lines as SVG has them: a year without documents breaks them.
        total: Dated documents it finds in all.
        url: The search.
    """

    label: str
    number: int
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPage:
    """The content of the page of trends.

    Attributes:
        typed: The content of the fields, one for each search.
        series: The searches.
        years: Every year from the first to the last with documents.
        across: The years named along the picture.
        up: The scale.
        summary: The chart in a sentence.
    """

    typed: tuple[str, ...]
    series: tuple[Series, ...]
    years: tuple[int, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def trend_page(engine: Engine, texts: Sequence[str]) -> TrendPage:
    """Return the trends of up to `MOST_SERIES` searches."""
    wanted = tuple(dict.fromkeys(text for text in texts if text))[:MOST_SERIES]
    all_years = _by_year(engine, Query())
    years = tuple(range(min(all_years), max(all_years) + 1)) if all_years else ()
    found = []
    for text in wanted:
        listed = engine.listing(Query(text=text), 0)
        counts = {} if listed.relaxed else _by_year(engine, listed.query.between(None, None))
        found.append((text, listed.query, counts))
    shares = [counts[year] / all_years[year] for _, _, counts in found for year in counts]
    top = _round_up(max(shares, default=0))
    across = _across(years)
    series = []
    for place, (text, query, counts) in enumerate(found, 1):
        points = []
        for year in years:
            count, of = counts.get(year, 0), all_years.get(year, 0)
            y = _up(count / of if of else 0.0, top)
            url = search_url(query.between(*_whole(year)))
            points.append(Point(year=year, found=count, of=of, x=across[year], y=y, url=url))
        url = search_url(query)
        series.append(
            Series(
                label=text,
                number=place,
                points=tuple(points),
                lines=_lines(points),
                total=sum(counts.values()),
                url=url,
            )
        )
    step = -(-len(years) // _LABELS) or 1
    return TrendPage(
        typed=wanted,
        series=tuple(series),
        years=years,
        across=tuple(Tick(across[year], str(year)) for year in years[::step]),
        up=tuple(
            Tick(_up(top * n / _GRID, top), _percent(top * n / _GRID)) for n in range(_GRID + 1)
        ),
        summary=_summary(series),
    )


def trend_csv(page: TrendPage) -> str:
    """Return the figures as a table for a spreadsheet: one row for each year and search."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(phrases.TREND_COLUMNS)
    for series in page.series:
        for point in series.points:
            share = f"{point.share:.4f}".replace(".", ",")
            row = [point.year, phrases.cell(series.label), point.found, point.of, share]
            writer.writerow(row)
    return "\ufeff" + out.getvalue()


def _by_year(engine: Engine, query: Query) -> dict[int, int]:
    """Return the documents of each year.

    Raises:
        UserError: The search was cut, so nothing was counted.
    """
    found = engine.search(query)
    if found.total is None:
        raise UserError(" ".join(found.notes))
    return {bar.since.year: bar.count for bar in found.histogram if bar.count}


def _lines(points: Sequence[Point]) -> tuple[str, ...]:
    runs = (list(run) for has, run in groupby(points, key=lambda point: point.of > 0) if has)
    return tuple(" ".join(f"{p.x},{p.y}" for p in run) for run in runs if len(run) > 1)


def _whole(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _across(years: Sequence[int]) -> dict[int, float]:
    room = WIDTH - _LEFT - _RIGHT
    if len(years) == 1:
        return {years[0]: _LEFT + room / 2}
    return {year: round(_LEFT + room * n / (len(years) - 1), 1) for n, year in enumerate(years)}


def _up(share: float, top: float) -> float:
    room = HEIGHT - _TOP - _BOTTOM
    return round(HEIGHT - _BOTTOM - room * (share / top if top else 0), 1)


def _round_up(share: float) -> float:
    """Return the next larger share that suits a scale: 1, 2, 4, 6, 8 or 10 times a power of ten."""
    if not share:
        return 1.0
    power = 10.0 ** math.floor(math.log10(share))
    step = next(step for step in (1, 2, 4, 6, 8, 10) if step * power >= share - 1e-12)
    return min(step * power, 1.0)


def _percent(share: float) -> str:
    figures = f"{share * 100:.1f}".removesuffix(".0").replace(".", ",")
    return f"{figures}\u00a0%"


def _summary(series: Sequence[Series]) -> str:
    said = []
    for line in series:
        best = max(line.points, key=lambda point: point.share, default=None)
        year, share = (best.year, best.percent) if best else (0, "")
        said.append(phrases.trend_of(line.label, line.total, year, share))
    return " ".join(said)
