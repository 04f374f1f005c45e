"""Facets and active filters as the page shows them: links that toggle them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kb.search.engine import Engine
from kb.search.facets import Facet
from kb.search.query import Query
from kb.search.results import FacetValue, Results
from kb.swedish.collation import sort_key
from kb.swedish.kinds import MatchKind
from kb.web import phrases
from kb.web.urls import search_url, toggle_urls, values_url

FIRST = 10
"""Values shown at once."""

MORE = 40
"""Values shown after "Visa fler"; the rest are on a separate page."""


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a facet; `url` is the same search with it toggled."""

    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """A facet beside the hits.

    Attributes:
        name: The facet's URL parameter.
        title: Its heading.
        plural: The name of its values in plural.
        chosen: How many values are switched on.
        first: The values shown at once.
        more: The values behind "Visa fler".
        total: How many values there are.
        all_url: Address of the whole list, when even `more` does not hold it.
    """

    name: str
    title: str
    plural: str
    chosen: int
    first: tuple[FacetOption, ...]
    more: tuple[FacetOption, ...]
    total: int
    all_url: str | None


@dataclass(frozen=True, slots=True)
class ValueListPage:
    """Every value of a facet by initial letter."""

    query: Query
    heading: str
    plural: str
    letters: tuple[tuple[str, tuple[FacetOption, ...]], ...]
    back_url: str


def facet_view(query: Query, facet: Facet, values: Sequence[FacetValue]) -> FacetView:
    """Return a facet with its chosen values first, so that none of them is hidden."""
    # Of thousands of values only those that are shown are processed.
    ordered = sorted(values, key=lambda v: not v.selected) if query.values(facet) else values
    chosen = len(query.values(facet))
    first = max(FIRST, chosen)
    options = _options(query, facet, ordered[: first + MORE])
    return FacetView(
        name=facet.name,
        title=facet.label,
        plural=facet.plural,
        chosen=chosen,
        first=options[:first],
        more=options[first:],
        total=len(values),
        all_url=values_url(facet, query) if len(values) > first + MORE else None,
    )


def value_list(engine: Engine, query: Query, facet: Facet) -> ValueListPage:
    """Return every value of a facet for a search."""
    values = engine.search(query).facets.get(facet, ())
    ordered = sorted(values, key=lambda value: sort_key(value.label))
    letters = groupby(ordered, key=lambda value: value.label[:1].upper())
    return ValueListPage(
        query=query,
        heading=phrases.values(facet, len(values)),
        plural=facet.plural,
        letters=tuple((letter, _options(query, facet, group)) for letter, group in letters),
        back_url=search_url(query),
    )


def _options(query: Query, facet: Facet, values: Iterable[FacetValue]) -> tuple[FacetOption, ...]:
    url = toggle_urls(query, facet)
    return tuple(
        FacetOption(value.label, value.count, value.selected, url(value.value)) for value in values
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter; `url` is the search without it."""

    name: str
    value: str
    url: str


def chips(query: Query, results: Results) -> tuple[Chip, ...]:
    """Return every active filter, in the order chosen."""
    found = []
    for facet, value in query.filters:
        labels = {option.value: option.label for option in results.facets.get(facet, ())}
        url = search_url(query.remove(facet, value))
        found.append(Chip(facet.label, labels.get(value, value), url))
    if query.since:
        url = search_url(query.between(None, query.until))
        found.append(Chip(phrases.SINCE, query.since.isoformat(), url))
    if query.until:
        url = search_url(query.between(query.since, None))
        found.append(Chip(phrases.UNTIL, query.until.isoformat(), url))
    for kind in MatchKind:
        if kind in query.off:
            url = search_url(replace(query, off=query.off - {kind}, page=1))
            found.append(Chip(phrases.WITHOUT, phrases.KINDS[kind].lower(), url))
    return tuple(found)
