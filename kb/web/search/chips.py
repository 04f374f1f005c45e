"""The filters in force, each with the way to be rid of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.search.query import Query
from kb.search.results import Results
from kb.swedish.kinds import MatchKind
from kb.web import phrases
from kb.web.urls import search_url


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; `url` is the search without it."""

    name: str
    value: str
    url: str


def chips(query: Query, results: Results) -> tuple[Chip, ...]:
    """Return every filter in force, in the order it was chosen."""
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
