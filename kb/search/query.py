"""A search as a frozen, comparable value, equivalent to its URL parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlencode

from kb.search.facets import FACETS, Facet
from kb.swedish.kinds import SLUGS, MatchKind

PAGE_SIZE = 10
MAX_PAGE = 10_000
_KIND_BY_SLUG = {slug: kind for kind, slug in SLUGS.items()}


class Sort(StrEnum):
    """Order of the hits."""

    RELEVANCE = "relevans"
    NEWEST = "nyast"
    OLDEST = "aldst"


_SORTS = {sort.value: sort for sort in Sort}


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words, filters, order and page.

    Attributes:
        text: What was typed.
        filters: (facet, value) pairs in the order chosen; values of one facet
            widen the search, facets narrow it.
        since: First date wanted.
        until: Last date wanted.
        sort: Order of the hits.
        page: Page of hits, from 1.
        off: Kinds of match that are switched off.
    """

    text: str = ""
    filters: tuple[tuple[Facet, str], ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    off: frozenset[MatchKind] = frozenset()

    @classmethod
    def from_params(cls, params: Iterable[tuple[str, str]]) -> Query:
        """Read a query from URL parameters; invalid ones are ignored."""
        query = cls()
        filters: dict[tuple[Facet, str], None] = {}
        off: set[MatchKind] = set()
        for name, raw in params:
            # Bytes that are no text come as lone surrogates, which no URL can hold.
            value = raw.encode("utf-8", "replace").decode().strip()
            if not value:
                continue
            if name == "q":
                query = replace(query, text=value)
            elif name in FACETS:
                filters[FACETS[name], value] = None
            elif name == "fran":
                query = replace(query, since=_date(value) or query.since)
            elif name == "till":
                query = replace(query, until=_date(value) or query.until)
            elif name == "sortera" and value in _SORTS:
                query = replace(query, sort=_SORTS[value])
            elif name == "sida" and value.isdecimal() and len(value) < 9:
                query = replace(query, page=min(max(int(value), 1), MAX_PAGE))
            elif name == "utan" and value in _KIND_BY_SLUG:
                off.add(_KIND_BY_SLUG[value])
        return replace(query, filters=tuple(filters), off=frozenset(off))

    def to_params(self) -> list[tuple[str, str]]:
        """Return the URL parameters; only what differs from an empty search."""
        params = [("q", self.text)] if self.text else []
        params += [(facet.name, value) for facet, value in self.filters]
        if self.since:
            params.append(("fran", self.since.isoformat()))
        if self.until:
            params.append(("till", self.until.isoformat()))
        if self.sort is not Sort.RELEVANCE:
            params.append(("sortera", self.sort.value))
        params += [("utan", SLUGS[kind]) for kind in MatchKind if kind in self.off]
        if self.page > 1:
            params.append(("sida", str(self.page)))
        return params

    def to_url_query(self) -> str:
        """Return the parameters as the part of an address after "?"."""
        return _url_query(self)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return the values chosen in one facet."""
        return tuple(value for chosen, value in self.filters if chosen is facet)

    def has(self, facet: Facet, value: str) -> bool:
        """Tell whether a filter is chosen."""
        return (facet, value) in self.filters

    def add(self, facet: Facet, value: str) -> Query:
        """Return this search narrowed by one more filter, from its first page."""
        if self.has(facet, value):
            return replace(self, page=1)
        return replace(self, filters=(*self.filters, (facet, value)), page=1)

    def remove(self, facet: Facet, value: str) -> Query:
        """Return this search without one filter, from its first page."""
        kept = tuple(pair for pair in self.filters if pair != (facet, value))
        return replace(self, filters=kept, page=1)

    def toggle(self, facet: Facet, value: str) -> Query:
        """Return this search with one filter toggled."""
        return self.remove(facet, value) if self.has(facet, value) else self.add(facet, value)

    def between(self, since: date | None, until: date | None) -> Query:
        """Return this search limited to a stretch of time, from its first page."""
        return replace(self, since=since, until=until, page=1)

    def without_filters(self) -> Query:
        """Return this search without its filters."""
        return replace(self, filters=(), since=None, until=None, page=1)

    @property
    def is_filtered(self) -> bool:
        """Whether this search has any filter."""
        return bool(self.filters or self.since or self.until)


@lru_cache(maxsize=64)
def _url_query(query: Query) -> str:
    """Return it once for all the addresses of a page that carry the same search."""
    return urlencode(query.to_params())


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
