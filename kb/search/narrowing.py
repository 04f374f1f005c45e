"""Filters typed in the search box: kommun:Höganäs, grupp:"Gemensam ledningsgrupp", datum:2020-12.

They become the same filters as the facets', so that they are shown and removed in the same way. A
name of several words is quoted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from kb.search.facets import FACETS, Facet
from kb.search.query import Query
from kb.swedish.collation import sort_key

MOST_VALUES = 20
"""Most values of a facet that a part of a name is expanded to."""

_TIMES = ("datum", "år", "ar")
_QUOTED = re.compile(r'["”“][^"”“]*["”“]?')
_DAY = r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"
_STRETCH = re.compile(rf"(?:{_DAY})?(\.\.|/)?(?:{_DAY})?")

Values = Callable[[Facet], Iterable[str]]
"""Gives the values of a facet, the commonest first."""


def narrowed(query: Query, values: Values) -> Query:
    """Return `query` with the filters typed in its text turned into filters.

    A value is matched by its whole name or else by words of it: person:Edvardsson matches everybody
    of that name. An unknown value stays a filter without hits, so that the user sees it; a time
    that cannot be parsed stays text.

    Args:
        query: The search.
        values: The values of the collection.
    """
    inside = [match.span() for match in _QUOTED.finditer(query.text)]
    kept: list[str] = []
    at = 0
    for piece in _piece(tuple(_typed())).finditer(query.text):
        if any(start < piece.start() < end for start, end in inside):
            continue  # it is part of a phrase
        value = (piece["quoted"] or piece["bare"]).strip()
        after = _with(query, piece["name"].lower(), value, values)
        if after is not None:
            query = after
            kept.append(query.text[at : piece.start()])
            at = piece.end()
    if not at:
        return query
    kept.append(query.text[at:])
    return replace(query, text=" ".join(" ".join(kept).split()), page=1)


def typed(facet: Facet, value: str) -> str:
    """Return how a filter is typed in the box."""
    return f'{facet.name}:"{value}"' if re.search(r'[\s"]', value) else f"{facet.name}:{value}"


def is_typed(facet: Facet) -> bool:
    """Tell whether a facet can be typed in the box."""
    return facet.typed is not None


def _typed() -> dict[str, Facet]:
    return {name: facet for name, facet in FACETS.items() if is_typed(facet)}


@cache
def _piece(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds filters of some names in a text."""
    return re.compile(
        rf"""(?<!\S)(?P<name>{"|".join((*names, *_TIMES))}):
            (?:["”“](?P<quoted>[^"”“]+)["”“]?|(?P<bare>[^\s"”“]+))""",
        re.IGNORECASE | re.VERBOSE,
    )


def _with(query: Query, name: str, value: str, values: Values) -> Query | None:
    if name in _TIMES:
        stretch = _stretch(value)
        return stretch and query.between(*stretch)
    facet = _typed()[name]
    for meant in _meant(value, values(facet)) or [value]:
        query = query.add(facet, meant)
    return query


def _meant(value: str, known: Iterable[str]) -> list[str]:
    key = sort_key(value)
    wanted = key.split()
    found: list[str] = []
    for other in known:
        other_key = sort_key(other)
        if other_key == key:
            return [other]
        if len(found) < MOST_VALUES and set(wanted) <= set(
            re.findall(r"[\w\ue000-\ue002]+", other_key)
        ):
            found.append(other)
    return found if wanted else []


def _stretch(value: str) -> tuple[dt.date | None, dt.date | None] | None:
    """Return the first and last day of "2020", "2020-12", "2019..2020-06", "2019.." or "..2020"."""
    match = _STRETCH.fullmatch(value)
    if not match or not value.strip("./"):
        return None
    first, between, last = match.group(1, 2, 3), match[4], match.group(5, 6, 7)
    try:
        since = _first(*first) if first[0] else None
        if not between:
            return (since, _last(*first)) if since and not last[0] else None
        return since, (_last(*last) if last[0] else None)
    except ValueError:
        return None


def _first(year: str, month: str | None, day: str | None) -> dt.date:
    return dt.date(int(year), int(month or 1), int(day or 1))


def _last(year: str, month: str | None, day: str | None) -> dt.date:
    if day:
        return _first(year, month, day)
    if not month:
        return dt.date(int(year), 12, 31)
    following = dt.date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
    return following - dt.timedelta(days=1)
