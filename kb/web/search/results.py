"""The page of results: hits, active filters, facets, and help when nothing is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from kb.articles import is_article
from kb.search.engine import Engine
from kb.search.facets import FACETS, MUNICIPALITY
from kb.search.query import PAGE_SIZE, Query, Sort
from kb.search.results import Hit, Passage, Results, Why
from kb.swedish.analysis import default_analyzer
from kb.swedish.kinds import MatchKind
from kb.web import phrases
from kb.web.dates import BarView, DateLabel, bars, date_label
from kb.web.formats import abridged, number
from kb.web.search.facets import Chip, FacetView, chips, facet_view
from kb.web.search.paging import Pager, pager
from kb.web.urls import (
    csv_url,
    document_url,
    feed_url,
    json_url,
    mark_anchor,
    search_url,
    section_anchor,
    trend_url,
)

FOUND_SHOWN = 4
"""Most word forms shown for one reason; more would hide the snippets."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document matched: the words found, and how they are related to the one sought."""

    found: str
    relation: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as safe HTML, and its address; `heading` of a section searched for."""

    html: Markup
    url: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One hit; `kind` is shown unless it is minutes."""

    title: str
    url: str
    path: str
    date: DateLabel
    group: str | None
    municipalities: str
    passages: tuple[PassageView, ...]
    kind: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of a short list of choices."""

    label: str
    url: str
    selected: bool
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class SearchSuggestion:
    """An alternative search."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class NoHits:
    """Suggestions when nothing was found."""

    unfiltered: SearchSuggestion | None
    tips: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """The content of the page of results.

    Attributes:
        notices: Remarks on how the search was understood.
        hidden: The search as form fields, all but words and page.
        date_hidden: The same for the form of dates, which sets the dates itself.
        kinds: The kinds of match, each with a link that toggles it.
        tools: Links to other uses of the search.
        feed_url: Its Atom feed.
        past_end: The address of the first page if the requested one is after the last.
    """

    query: Query
    title: str
    heading: str
    total: int
    took_ms: int
    notices: tuple[str, ...]
    suggestion: SearchSuggestion | None
    chips: tuple[Chip, ...]
    clear_url: str
    hits: tuple[HitView, ...]
    first_number: int
    facets: tuple[FacetView, ...]
    bars: tuple[BarView, ...]
    sorts: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    pager: Pager
    past_end: str | None
    no_hits: NoHits | None
    tools: tuple[Choice, ...]
    feed_url: str
    hidden: tuple[tuple[str, str], ...]
    date_hidden: tuple[tuple[str, str], ...]


def answer(engine: Engine, query: Query) -> ResultsPage:
    """Run the search and arrange the answer."""
    by_date = not query.text and query.sort is Sort.RELEVANCE
    # Without words there is no relevance to sort by: newest first.
    results = engine.search(replace(query, sort=Sort.NEWEST) if by_date else query)
    # Filters typed in the box become filters of the query.
    query = replace(results.query, sort=query.sort)
    heading = phrases.hits(results.total)
    return ResultsPage(
        query=query,
        title=f"{query.text} – {heading}" if query.text else heading,
        heading=heading,
        total=results.total or 0,
        took_ms=round(results.took_ms),
        notices=_notices(query, results),
        suggestion=_suggestion(query, results),
        chips=chips(query, results),
        clear_url=search_url(query.without_filters()),
        hits=tuple(_hit(query, hit) for hit in results.hits),
        first_number=(query.page - 1) * PAGE_SIZE + 1,
        facets=tuple(
            facet_view(query, facet, results.facets.get(facet, ())) for facet in FACETS.values()
        ),
        bars=bars(query, results.histogram),
        sorts=_sorts(query, Sort.NEWEST if by_date else query.sort),
        kinds=_kinds(query),
        pager=pager(query, results.total or 0),
        past_end=_past_end(query, results),
        no_hits=_no_hits(engine, query) if results.total == 0 else None,
        tools=_tools(query),
        feed_url=feed_url(query),
        hidden=_hidden(query, {"q", "sida"}),
        date_hidden=_hidden(query, {"fran", "till", "sida"}),
    )


def _hit(query: Query, hit: Hit) -> HitView:
    return HitView(
        title=hit.title,
        url=document_url(hit.id, query),
        path=hit.path,
        date=date_label(hit.date, hit.proposed_date),
        group=hit.group if hit.group and hit.group not in hit.title else None,
        municipalities=abridged(hit.municipalities, query.values(MUNICIPALITY)),
        passages=tuple(
            PassageView(Markup(passage.html), _place_url(query, hit, passage), passage.heading)
            for passage in hit.passages
        ),
        kind=hit.kind if is_article(hit.id) else "",
        reasons=tuple(
            Reason(
                ", ".join(_spelled_out(why)),
                phrases.RELATIONS[why.kind].format(why.sought),
            )
            for why in hit.why
        ),
    )


def _spelled_out(why: Why) -> tuple[str, ...]:
    """Return the words found; compounds with their parts separated: "familje·hems·vård"."""
    found = why.found[:FOUND_SHOWN]
    if why.kind is not MatchKind.COMPOUND:
        return found
    return tuple(_joints(word) for word in found)


@lru_cache(maxsize=4096)
def _joints(word: str) -> str:
    readings = default_analyzer().readings(word) if word.isalpha() else ()
    return "·".join(readings[0].parts) or word if readings else word


def _place_url(query: Query, hit: Hit, passage: Passage) -> str:
    if is_article(hit.id):
        return document_url(hit.id)
    if passage.mark:
        return document_url(hit.id, query, anchor=mark_anchor(passage.mark))
    anchor = section_anchor(passage.section) if passage.section else "text"
    return document_url(hit.id, query, anchor=anchor)


def _notices(query: Query, results: Results) -> tuple[str, ...]:
    notices = [phrases.RELAXED] if results.relaxed and results.total else []
    if query.since and query.until and query.since > query.until:
        notices.append(phrases.REVERSED_DATES)
    return (*notices, *results.notes)


def _suggestion(query: Query, results: Results) -> SearchSuggestion | None:
    if not results.suggestion or results.suggestion == query.text:
        return None
    return SearchSuggestion(
        results.suggestion, search_url(replace(query, text=results.suggestion, page=1))
    )


def _sorts(query: Query, current: Sort) -> tuple[Choice, ...]:
    sorts = Sort if query.text else (Sort.NEWEST, Sort.OLDEST)
    return tuple(
        Choice(phrases.SORTS[sort], search_url(replace(query, sort=sort, page=1)), sort is current)
        for sort in sorts
    )


def _kinds(query: Query) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            phrases.KINDS[kind],
            search_url(replace(query, off=query.off ^ {kind}, page=1)),
            kind not in query.off,
            phrases.KIND_EXAMPLES[kind],
        )
        for kind in MatchKind
        if kind is not MatchKind.EXACT
    )


def _tools(query: Query) -> tuple[Choice, ...]:
    addresses = {
        phrases.FOLLOW: feed_url(query),
        phrases.AS_CSV: csv_url(query),
        phrases.AS_JSON: json_url(query),
    }
    if query.text:
        addresses |= {phrases.TREND: trend_url(query)}
    return tuple(Choice(label, url, selected=False) for label, url in addresses.items())


def _past_end(query: Query, results: Results) -> str | None:
    empty = bool(results.total) and not results.hits
    return search_url(replace(query, page=1)) if empty else None


def _no_hits(engine: Engine, query: Query) -> NoHits:
    unfiltered = None
    if query.is_filtered:
        bare = query.without_filters()
        total = engine.search(bare).total
        if total:
            unfiltered = SearchSuggestion(number(total), search_url(bare))
    return NoHits(unfiltered, phrases.TIPS)


def _hidden(query: Query, apart: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in query.to_params() if name not in apart)
