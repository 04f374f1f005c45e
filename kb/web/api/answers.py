"""The types of the API's answers; their names, fields and docstrings are its description.

Those that publish a domain type are generated from it (`publishing`); the others are written out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kb.articles.store import Article
from kb.model import Corrected
from kb.search.completing import Completion
from kb.search.results import (
    Bar,
    Card,
    FacetValue,
    Hit,
    Passage,
    RelatedDocument,
    Why,
)
from kb.swedish.kinds import SLUGS
from kb.web.api.publishing import Published, computed
from kb.web.search.trend import Point, Series
from kb.web.urls import document_url


@dataclass(frozen=True)
class Problem:
    """What went wrong (RFC 9457); `detail` is Swedish and safe to show."""

    type: str
    title: str
    status: int
    detail: str


class WhyAnswer(Published[Why]):
    """One way a document matches: `found` are its words, `sought` the query's."""

    kind: str = computed(lambda why: SLUGS[why.kind])
    label: str = computed(lambda why: why.kind.value)


class PassageAnswer(Published[Passage], without=("section",), heading="section"):
    """A passage as HTML with <mark>; `mark` is the number of its first mark, 0 for none."""


class CardAnswer(Published[Card], proposed_date="date_proposed"):
    """A document in a list."""

    url: str = computed(lambda card: document_url(card.id))


class HitAnswer(Published[Hit], without=("path",), proposed_date="date_proposed"):
    """A document that was found; `url` carries the search, so that its words are marked."""

    url: str = computed(lambda hit: document_url(hit.id))


class ValueAnswer(Published[FacetValue], without=("label",)):
    """A facet value with its documents, counted without the facet's own filter."""


class BarAnswer(Published[Bar]):
    """A year or month and its documents."""


@dataclass(frozen=True, kw_only=True)
class SearchAnswer:
    """A page of hits.

    `address` is the search as understood, as the part of an address after "?"; `relaxed` says
    that no document has all the words and these have some; `total` is null if the search was cut
    before documents were counted (`notes` says so).
    """

    query: str
    address: str
    total: int | None
    page: int
    relaxed: bool
    hits: list[HitAnswer]
    facets: dict[str, list[ValueAnswer]]
    histogram: list[BarAnswer]
    suggestion: str | None
    notes: list[str]
    took_ms: float


class CompletionAnswer(Published[Completion], without=("facet", "query")):
    """What a search may become; `facet` is empty for words."""

    facet: str = computed(lambda found: found.facet.name if found.facet else "")
    address: str = computed(lambda found: found.query.to_url_query())


@dataclass(frozen=True)
class SuggestAnswer:
    """What a search that is being typed may become."""

    suggestions: list[CompletionAnswer]


@dataclass(frozen=True)
class FacetAnswer:
    """All values of a facet, most documents first."""

    facet: str
    values: list[ValueAnswer]


@dataclass(frozen=True)
class MarkAnswer:
    """Where a word of the search stands: characters of `source_text`."""

    start: int
    end: int
    kind: str


class RelatedAnswer(Published[RelatedDocument], card="document", group="same_group"):
    """A document about the same, and what the two share."""


class CorrectedAnswer(Published[Corrected], without=("correction", "spans")):
    """A fact that somebody has corrected, and what was read out of the text."""

    fact: str = computed(lambda corrected: corrected.correction.fact.value)
    value: str = computed(lambda corrected: corrected.correction.value)
    by: str = computed(lambda corrected: corrected.correction.by)
    at: dt.datetime | None = computed(lambda corrected: corrected.correction.at)


@dataclass(frozen=True, kw_only=True)
class DocumentAnswer:
    """A document: `facts` are as `kb parse --json` gives them, spans count `source_text`."""

    id: str
    url: str
    facts: dict[str, Any]
    text: str
    source_text: str
    damage: str
    known_words: float
    corrected: list[CorrectedAnswer]
    marks: list[MarkAnswer]
    previous: CardAnswer | None
    next: CardAnswer | None
    related: list[RelatedAnswer]


@dataclass(frozen=True, kw_only=True)
class OverviewAnswer:
    """What the collection holds."""

    documents: int
    first: dt.date | None
    last: dt.date | None
    facets: dict[str, list[ValueAnswer]]
    histogram: list[BarAnswer]
    latest: list[CardAnswer]


@dataclass(frozen=True, kw_only=True)
class StatusAnswer:
    """Whether the index is current; `problems` are Swedish sentences."""

    ok: bool
    problems: list[str]
    originals: int
    searchable: int
    built: dt.datetime | None


class TrendPoint(Published[Point], without=("x", "y", "url")):
    """A year of a search: documents found, documents in all."""


class TrendSeries(Published[Series], without=("number", "lines", "total", "url"), label="query"):
    """A search through the years."""


@dataclass(frozen=True)
class TrendAnswer:
    """Searches through the years."""

    series: list[TrendSeries]


class ArticleAnswer(Published[Article], without=("path", "state")):
    """An article in Markdown, and who wrote it last."""

    url: str = computed(lambda article: document_url(article.path))


@dataclass(frozen=True)
class ArticleList:
    """All articles."""

    articles: list[ArticleAnswer]
