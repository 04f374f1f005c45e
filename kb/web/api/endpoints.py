"""The endpoints of the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta

from kb.actions import reading
from kb.articles.store import Articles
from kb.parse.export import to_json
from kb.search.completing import complete
from kb.search.facets import FACETS, Facet
from kb.search.query import MAX_PAGE, Query, Sort
from kb.search.results import FacetValue
from kb.swedish.kinds import SLUGS, MatchKind
from kb.web.api import answers
from kb.web.api.declaring import Asked, Endpoint, Parameter, found, one_of
from kb.web.context import MAX_TEXT, current_engine, index_source
from kb.web.identity import desk
from kb.web.search.trend import MOST_SERIES, trend_page
from kb.web.urls import document_url

MOST_VALUES = 100
"""Values of each facet in an answer; a separate endpoint returns all of them."""

_Text = Annotated[str, Meta(max_length=MAX_TEXT)]
_Value = Annotated[str, Meta(max_length=300)]
_Id = Annotated[str, Meta(min_length=1)]
_Key = Annotated[str, Meta(min_length=1, pattern="^[^/]+$")]
_Sort = one_of(Sort)
_Kind = one_of(slug for kind, slug in SLUGS.items() if kind is not MatchKind.EXACT)

_QUERY = Parameter("q", _Text, "Words, phrases and filters, as in the search box.")
_WITHOUT = Parameter("utan", _Kind, "Kind of match to leave out.", many=True)
_PAGE = Parameter("sida", Annotated[int, Meta(ge=1, le=MAX_PAGE)], "Page of hits, from 1.")
_SORT = Parameter("sortera", _Sort, "Order of the hits.")


def _search_parameters() -> tuple[Parameter, ...]:
    """Return the filter parameters of a search."""
    return (
        _QUERY,
        *(_facet_parameter(facet) for facet in FACETS.values()),
        Parameter("fran", dt.date, "First day."),
        Parameter("till", dt.date, "Last day."),
        _WITHOUT,
    )


def _facet_parameter(facet: Facet) -> Parameter:
    kind = Annotated[str, Meta(pattern=facet.pattern)] if facet.pattern else _Value
    return Parameter(facet.name, kind, facet.summary, many=True)


def _query(asked: Asked) -> Query:
    pairs: list[tuple[str, str]] = [("q", asked.text("q"))]
    for name in (*FACETS, "utan"):
        pairs += [(name, value) for value in asked.texts(name)]
    for name in ("fran", "till", "sortera", "sida"):
        pairs.append((name, asked.text(name)))
    return Query.from_params(pairs)


def _search(asked: Asked) -> answers.SearchAnswer:
    results = current_engine().search(_query(asked))
    return answers.SearchAnswer(
        query=results.query.text,
        address=results.query.to_url_query(),
        total=results.total,
        page=results.query.page,
        relaxed=results.relaxed,
        hits=[
            answers.HitAnswer.made_of(hit, url=document_url(hit.id, results.query))
            for hit in results.hits
        ],
        facets=_facets(results.facets),
        histogram=[answers.BarAnswer.made_of(bar) for bar in results.histogram],
        suggestion=results.suggestion,
        notes=list(results.notes),
        took_ms=results.took_ms,
    )


def _suggest(asked: Asked) -> answers.SuggestAnswer:
    completions = complete(current_engine(), _query(asked))
    return answers.SuggestAnswer([answers.CompletionAnswer.made_of(one) for one in completions])


def _facet(asked: Asked) -> answers.FacetAnswer:
    facet = FACETS[asked.text("facet")]
    values = current_engine().search(_query(asked)).facets.get(facet, ())
    return answers.FacetAnswer(facet.name, _values(values, len(values)))


def _document(asked: Asked) -> answers.DocumentAnswer:
    engine, doc_id = current_engine(), asked.text("id")
    document = reading.shown(desk(), found(engine.document(doc_id)))
    query = _query(asked)
    previous, following = engine.neighbours(doc_id)
    marks = engine.marks(doc_id, query) if query.text else ()
    return answers.DocumentAnswer(
        id=doc_id,
        url=document_url(doc_id),
        facts=to_json(document.minutes),
        text=document.repaired.text,
        source_text=document.source.text,
        damage=document.repaired.quality.damage.value,
        known_words=document.repaired.quality.known_words,
        corrected=[answers.CorrectedAnswer.made_of(corrected) for corrected in document.corrected],
        marks=[answers.MarkAnswer(*mark) for mark in marks],
        previous=answers.CardAnswer.made_of(previous) if previous else None,
        next=answers.CardAnswer.made_of(following) if following else None,
        related=[answers.RelatedAnswer.made_of(related) for related in engine.related(doc_id)],
    )


def _overview(_: Asked) -> answers.OverviewAnswer:
    overview = current_engine().overview()
    return answers.OverviewAnswer(
        documents=overview.documents,
        first=overview.first,
        last=overview.last,
        facets=_facets(overview.facets),
        histogram=[answers.BarAnswer.made_of(bar) for bar in overview.histogram],
        latest=[answers.CardAnswer.made_of(card) for card in overview.latest],
    )


def _status(_: Asked) -> answers.StatusAnswer:
    state = index_source().status()
    return answers.StatusAnswer(
        ok=state.ok,
        problems=list(state.problems),
        originals=state.originals,
        searchable=state.searchable,
        built=state.built,
    )


def _trend(asked: Asked) -> answers.TrendAnswer:
    page = trend_page(current_engine(), [text.strip() for text in asked.texts("ord")])
    return answers.TrendAnswer([answers.TrendSeries.made_of(series) for series in page.series])


def _articles(_: Asked) -> answers.ArticleList:
    store = Articles(index_source().library)
    return answers.ArticleList([answers.ArticleAnswer.made_of(article) for article in store.all()])


def _article(asked: Asked) -> answers.ArticleAnswer:
    return answers.ArticleAnswer.made_of(
        found(Articles(index_source().library).get(asked.text("name")))
    )


def _facets(
    facets: Mapping[Facet, Sequence[FacetValue]],
) -> dict[str, list[answers.ValueAnswer]]:
    return {facet.name: _values(values) for facet, values in facets.items()}


def _values(values: Sequence[FacetValue], most: int = MOST_VALUES) -> list[answers.ValueAnswer]:
    return [answers.ValueAnswer.made_of(value) for value in values[:most]]


def endpoints() -> tuple[Endpoint, ...]:
    """Return the endpoints, for the facets that are declared now."""
    search = _search_parameters()
    return (
        Endpoint(
            path="/search",
            name="search",
            summary="A page of documents that match, with facets and histogram.",
            answer=answers.SearchAnswer,
            handle=_search,
            parameters=(*search, _SORT, _PAGE),
        ),
        Endpoint(
            path="/suggest",
            name="suggest",
            summary="What a search that is being typed may become; each finds something.",
            answer=answers.SuggestAnswer,
            handle=_suggest,
            parameters=search,
        ),
        Endpoint(
            path="/facets/{facet}",
            name="facet",
            summary="All values of a facet for a search.",
            answer=answers.FacetAnswer,
            handle=_facet,
            parameters=(
                Parameter("facet", one_of(FACETS), "The facet.", in_path=True),
                *search,
            ),
        ),
        Endpoint(
            path="/documents/{id}",
            name="document",
            summary="A document with its facts, text, marks, neighbours and related documents.",
            answer=answers.DocumentAnswer,
            handle=_document,
            parameters=(
                Parameter("id", _Id, "Its path in the library.", in_path=True, slashes=True),
                Parameter("q", _Text, "A search whose words are to be marked."),
                _WITHOUT,
            ),
        ),
        Endpoint(
            path="/overview",
            name="overview",
            summary="What the collection holds.",
            answer=answers.OverviewAnswer,
            handle=_overview,
        ),
        Endpoint(
            path="/status",
            name="status",
            summary="Whether the index is current.",
            answer=answers.StatusAnswer,
            handle=_status,
        ),
        Endpoint(
            path="/trend",
            name="trend",
            summary="How many of each year's documents searches find.",
            answer=answers.TrendAnswer,
            handle=_trend,
            parameters=(
                Parameter("ord", _Text, f"A search; up to {MOST_SERIES} are compared.", many=True),
            ),
        ),
        Endpoint(
            path="/articles",
            name="articles",
            summary="All articles.",
            answer=answers.ArticleList,
            handle=_articles,
        ),
        Endpoint(
            path="/articles/{name}",
            name="article",
            summary="An article.",
            answer=answers.ArticleAnswer,
            handle=_article,
            parameters=(Parameter("name", _Key, "Its name in addresses.", in_path=True),),
        ),
    )
