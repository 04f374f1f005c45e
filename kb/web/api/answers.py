"""The types of the API's answers; their names, fields and docstrings are its description."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """What went wrong (RFC 9457); `detail` is Swedish and safe to show."""

    type: str
    title: str
    status: int
    detail: str


@dataclass(frozen=True)
class WhyAnswer:
    """One way a document matches: `found` are its words, `sought` the query's."""

    kind: str
    label: str
    sought: str
    found: list[str]


@dataclass(frozen=True)
class PassageAnswer:
    """A passage as HTML with <mark>; `mark` is the number of its first mark, 0 for none."""

    html: str
    mark: int
    section: str


@dataclass(frozen=True)
class CardAnswer:
    """A document in a list."""

    id: str
    title: str
    date: dt.date | None
    date_proposed: dt.date | None
    group: str | None
    municipalities: list[str]
    kind: str
    url: str


@dataclass(frozen=True)
class HitAnswer:
    """A document that was found."""

    id: str
    title: str
    date: dt.date | None
    date_proposed: dt.date | None
    group: str | None
    municipalities: list[str]
    kind: str
    url: str
    persons: list[str]
    score: float
    passages: list[PassageAnswer]
    why: list[WhyAnswer]


@dataclass(frozen=True)
class ValueAnswer:
    """A facet value with its documents, counted without the facet's own filter."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class BarAnswer:
    """A year or month and its documents."""

    label: str
    since: dt.date
    until: dt.date
    count: int


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class CompletionAnswer:
    """What a search may become; `facet` is empty for words."""

    label: str
    facet: str
    count: int
    address: str


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


@dataclass(frozen=True)
class RelatedAnswer:
    """A document about the same, and what the two share."""

    document: CardAnswer
    words: list[str]
    same_group: bool
    people: list[str]


@dataclass(frozen=True)
class CorrectedAnswer:
    """A fact that somebody has corrected, and what was read out of the text."""

    fact: str
    value: str
    read: str | None
    by: str
    at: dt.datetime | None


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class OverviewAnswer:
    """What the collection holds."""

    documents: int
    first: dt.date | None
    last: dt.date | None
    facets: dict[str, list[ValueAnswer]]
    histogram: list[BarAnswer]
    latest: list[CardAnswer]


@dataclass(frozen=True)
class StatusAnswer:
    """Whether the index is current; `problems` are Swedish sentences."""

    ok: bool
    problems: list[str]
    originals: int
    searchable: int
    built: dt.datetime | None


@dataclass(frozen=True)
class TrendPoint:
    """A year of a search: documents found, documents in all."""

    year: int
    found: int
    of: int


@dataclass(frozen=True)
class TrendSeries:
    """A search through the years."""

    query: str
    points: list[TrendPoint]


@dataclass(frozen=True)
class TrendAnswer:
    """Searches through the years."""

    series: list[TrendSeries]


@dataclass(frozen=True)
class ArticleAnswer:
    """An article in Markdown, and who wrote it last."""

    name: str
    title: str
    text: str
    by: str
    at: dt.datetime
    url: str


@dataclass(frozen=True)
class ArticleList:
    """All articles."""

    articles: list[ArticleAnswer]
