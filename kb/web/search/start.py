"""The start page: what the library holds, and ways in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kb.library.region import Region
from kb.search.engine import Engine
from kb.search.facets import GROUP, MUNICIPALITY, PERSON
from kb.search.query import Query
from kb.search.results import Card
from kb.web.dates import BarView, DateLabel, bars, date_label
from kb.web.search.facets import FacetView, facet_view
from kb.web.urls import document_url, search_url, values_url

EXAMPLES_SHOWN = 4
LATEST_SHOWN = 6

_Tried = tuple[tuple[str, ...], tuple[str, ...]]
"""Examples, and those of them that find something."""

_examples: WeakKeyDictionary[Engine, _Tried] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class CardView:
    """A document in a list."""

    title: str
    url: str
    date: DateLabel
    group: str | None
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A search that finds something."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """All that the start page shows."""

    documents: int
    first: dt.date | None
    last: dt.date | None
    groups: FacetView
    municipalities: FacetView
    persons: int
    bars: tuple[BarView, ...]
    latest: tuple[CardView, ...]
    examples: tuple[Example, ...]
    everything_url: str
    all_groups_url: str
    all_municipalities_url: str
    all_persons_url: str


def start_page(engine: Engine, region: Region) -> StartPage:
    """Return what the start page shows of an index."""
    overview = engine.overview()
    query = Query()
    facets = overview.facets
    return StartPage(
        documents=overview.documents,
        first=overview.first,
        last=overview.last,
        groups=facet_view(query, GROUP, facets.get(GROUP, ())),
        municipalities=facet_view(query, MUNICIPALITY, facets.get(MUNICIPALITY, ())),
        persons=len(facets.get(PERSON, ())),
        bars=bars(query, overview.histogram),
        latest=tuple(card_view(card) for card in overview.latest[:LATEST_SHOWN]),
        examples=tuple(
            Example(text, search_url(Query(text=text)))
            for text in _working_examples(engine, region.exempel)
        ),
        everything_url=search_url(query),
        all_groups_url=values_url(GROUP, query),
        all_municipalities_url=values_url(MUNICIPALITY, query),
        all_persons_url=values_url(PERSON, query),
    )


def card_view(card: Card) -> CardView:
    """Return a document as lists show it."""
    return CardView(
        title=card.title,
        url=document_url(card.id),
        date=date_label(card.date, card.proposed_date),
        group=card.group if card.group and card.group not in card.title else None,
        municipalities=card.municipalities,
    )


def _working_examples(engine: Engine, examples: tuple[str, ...]) -> tuple[str, ...]:
    """Return examples that find something in this very index, tried once an engine."""
    tried = _examples.get(engine)
    if tried is None or tried[0] != examples:
        found: list[str] = []
        for text in examples:
            results = engine.search(Query(text=text))
            if results.total and not results.relaxed:
                found.append(text)
            if len(found) == EXAMPLES_SHOWN:
                break
        tried = _examples[engine] = examples, tuple(found)
    return tried[1]
