"""The questions the API answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from msgspec import Meta

from kb.articles.store import Article, Articles
from kb.parse.export import to_json
from kb.search.completing import complete
from kb.search.query import MAX_PAGE, Facet, Query
from kb.search.results import Bar, Card, FacetValue, Hit, RelatedDocument
from kb.swedish.kinds import SLUGS
from kb.web.api import answers
from kb.web.api.declaring import Asked, Endpoint, Parameter
from kb.web.context import MAX_TEXT, current_engine, index_source
from kb.web.search.trend import MOST_SERIES, trend_page
from kb.web.urls import document_url

MOST_VALUES = 100
"""Values of each facet in an answer; all of them are an endpoint of their own."""

_Text = Annotated[str, Meta(max_length=MAX_TEXT)]
_Value = Annotated[str, Meta(max_length=300)]
_Facet = Literal["kommun", "grupp", "person", "ar", "slag"]
_Sort = Literal["relevans", "nyast", "aldst"]
_Kind = Literal[
    "bojning", "avledning", "sammansattning", "liktydigt", "lasning", "prickar", "narliggande"
]
_Year = Annotated[str, Meta(pattern="^[0-9]{4}$")]

SEARCH = (
    Parameter("q", _Text, "Words, phrases and filters, as in the search box."),
    Parameter("kommun", _Value, "Municipality.", many=True),
    Parameter("grupp", _Value, "Group that met.", many=True),
    Parameter("person", _Value, "Person who is listed.", many=True),
    Parameter("ar", _Year, "Year.", many=True),
    Parameter("slag", _Value, "Kind of document.", many=True),
    Parameter("fran", dt.date, "First day."),
    Parameter("till", dt.date, "Last day."),
    Parameter("utan", _Kind, "Kind of match to leave out.", many=True),
)
_PAGE = Parameter("sida", Annotated[int, Meta(ge=1, le=MAX_PAGE)], "Page of hits, from 1.")
_SORT = Parameter("sortera", _Sort, "Order of the hits.")


def _query(asked: Asked) -> Query:
    pairs: list[tuple[str, str]] = [("q", asked.text("q"))]
    for facet in Facet:
        pairs += [(facet.value, value) for value in asked.texts(facet.value)]
    pairs += [("utan", value) for value in asked.texts("utan")]
    for name in ("fran", "till", "sortera", "sida"):
        pairs.append((name, asked.text(name)))
    return Query.from_params(pairs)


def _search(asked: Asked) -> answers.SearchAnswer:
    results = current_engine().search(_query(asked))
    return answers.SearchAnswer(
        results.query.text,
        results.query.to_url_query(),
        results.total,
        results.query.page,
        results.relaxed,
        [_hit(hit, results.query) for hit in results.hits],
        {facet.value: _values(values) for facet, values in results.facets.items()},
        _bars(results.histogram),
        results.suggestion,
        list(results.notes),
        results.took_ms,
    )


def _suggest(asked: Asked) -> answers.SuggestAnswer:
    found = complete(current_engine(), _query(asked))
    return answers.SuggestAnswer([
        answers.CompletionAnswer(
            own.label, own.facet.value if own.facet else "", own.count, own.query.to_url_query()
        )
        for own in found
    ])  # fmt: skip


def _facet(asked: Asked) -> answers.FacetAnswer:
    facet = Facet(asked.text("facet"))
    values = current_engine().search(_query(asked)).facets.get(facet, ())
    return answers.FacetAnswer(facet.value, _values(values, len(values)))


def _document(asked: Asked) -> answers.DocumentAnswer:
    engine, doc_id = current_engine(), asked.text("id")
    document = engine.document(doc_id)
    if document is None:
        raise LookupError(doc_id)
    query = _query(asked)
    previous, following = engine.neighbours(doc_id)
    quality = document.repaired.quality
    return answers.DocumentAnswer(
        doc_id,
        document_url(doc_id),
        to_json(document.minutes),
        document.repaired.text,
        document.source.text,
        quality.damage.value,
        quality.known_words,
        [
            answers.CorrectedAnswer(
                own.correction.fact.value,
                own.correction.value,
                own.read,
                own.correction.by,
                own.correction.at,
            )
            for own in document.corrected
        ],
        [answers.MarkAnswer(*mark) for mark in (engine.marks(doc_id, query) if query.text else ())],
        _card(previous) if previous else None,
        _card(following) if following else None,
        [_related(own) for own in engine.related(doc_id)],
    )


def _overview(_: Asked) -> answers.OverviewAnswer:
    overview = current_engine().overview()
    return answers.OverviewAnswer(
        overview.documents,
        overview.first,
        overview.last,
        {facet.value: _values(values) for facet, values in overview.facets.items()},
        _bars(overview.histogram),
        [_card(card) for card in overview.latest],
    )


def _status(_: Asked) -> answers.StatusAnswer:
    state = index_source().status()
    return answers.StatusAnswer(
        state.ok, list(state.problems), state.originals, state.searchable, state.built
    )


def _trend(asked: Asked) -> answers.TrendAnswer:
    page = trend_page(current_engine(), [text.strip() for text in asked.texts("ord")])
    return answers.TrendAnswer([
        answers.TrendSeries(
            series.label,
            [answers.TrendPoint(point.year, point.found, point.of) for point in series.points],
        )
        for series in page.series
    ])  # fmt: skip


def _articles(_: Asked) -> answers.ArticleList:
    store = Articles(index_source().library)
    return answers.ArticleList([_one_article(own) for own in store.all()])


def _article(asked: Asked) -> answers.ArticleAnswer:
    found = Articles(index_source().library).get(asked.text("name"))
    if found is None:
        raise LookupError(asked.text("name"))
    return _one_article(found)


def _one_article(own: Article) -> answers.ArticleAnswer:
    return answers.ArticleAnswer(
        own.name, own.title, own.text, own.by, own.at, document_url(own.path)
    )


def _card(card: Card) -> answers.CardAnswer:
    return answers.CardAnswer(
        card.id,
        card.title,
        card.date,
        card.proposed_date,
        card.group,
        list(card.municipalities),
        card.kind,
        document_url(card.id),
    )


def _hit(hit: Hit, query: Query) -> answers.HitAnswer:
    return answers.HitAnswer(
        hit.id,
        hit.title,
        hit.date,
        hit.proposed_date,
        hit.group,
        list(hit.municipalities),
        hit.kind,
        document_url(hit.id, query),
        list(hit.persons),
        hit.score,
        [answers.PassageAnswer(own.html, own.mark, own.heading) for own in hit.passages],
        [
            answers.WhyAnswer(SLUGS[why.kind], why.kind.value, why.sought, list(why.found))
            for why in hit.why
        ],
    )


def _related(own: RelatedDocument) -> answers.RelatedAnswer:
    return answers.RelatedAnswer(_card(own.card), list(own.words), own.group, list(own.people))


def _values(values: Sequence[FacetValue], most: int = MOST_VALUES) -> list[answers.ValueAnswer]:
    return [answers.ValueAnswer(v.value, v.count, v.selected) for v in values[:most]]


def _bars(histogram: Iterable[Bar]) -> list[answers.BarAnswer]:
    return [answers.BarAnswer(bar.label, bar.since, bar.until, bar.count) for bar in histogram]


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "/search",
        "search",
        "A page of documents that match, with facets and histogram.",
        answers.SearchAnswer,
        _search,
        (*SEARCH, _SORT, _PAGE),
    ),
    Endpoint(
        "/suggest",
        "suggest",
        "What a search that is being typed may become; each finds something.",
        answers.SuggestAnswer,
        _suggest,
        SEARCH,
    ),
    Endpoint(
        "/facets/{facet}",
        "facet",
        "All values of a facet for a search.",
        answers.FacetAnswer,
        _facet,
        (Parameter("facet", _Facet, "The facet.", in_path=True), *SEARCH),
    ),
    Endpoint(
        "/documents/{id}",
        "document",
        "A document with its facts, text, marks, neighbours and related documents.",
        answers.DocumentAnswer,
        _document,
        (
            Parameter(
                "id",
                Annotated[str, Meta(min_length=1)],
                "Its path in the library.",
                in_path=True,
                slashes=True,
            ),
            Parameter("q", _Text, "A search whose words are to be marked."),
            Parameter("utan", _Kind, "Kind of match to leave out.", many=True),
        ),
    ),
    Endpoint(
        "/overview", "overview", "What the collection holds.", answers.OverviewAnswer, _overview
    ),
    Endpoint("/status", "status", "Whether the index is current.", answers.StatusAnswer, _status),
    Endpoint(
        "/trend",
        "trend",
        "How many of each year's documents searches find.",
        answers.TrendAnswer,
        _trend,
        (Parameter("ord", _Text, f"A search; up to {MOST_SERIES} are compared.", many=True),),
    ),
    Endpoint("/articles", "articles", "All articles.", answers.ArticleList, _articles),
    Endpoint(
        "/articles/{name}",
        "article",
        "An article.",
        answers.ArticleAnswer,
        _article,
        (
            Parameter(
                "name",
                Annotated[str, Meta(min_length=1, pattern="^[^/]+$")],
                "Its name in addresses.",
                in_path=True,
            ),
        ),
    ),
)
