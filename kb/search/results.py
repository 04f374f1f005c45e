"""Search results: hits, facets and a histogram, independent of the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from kb.search.facets import Facet
from kb.search.query import Query
from kb.swedish.kinds import MatchKind


@dataclass(frozen=True, slots=True)
class Why:
    """One reason a document matched.

    Attributes:
        kind: How the words are related.
        sought: The word of the query.
        found: The words in the document, as written, commonest first.
    """

    kind: MatchKind
    sought: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that shows why it was found.

    Attributes:
        html: Its words as safe HTML, those searched for in <mark>.
        mark: Which of the document's marks (`Engine.marks`) is its first, from 1; 0 for none.
        section: Which of its sections, from 1, it is in, where that is about the municipality
            sought; else 0.
        heading: Of that section.
    """

    html: str
    mark: int = 0
    section: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that answers a query, with its best passages."""

    id: str
    path: str
    title: str
    date: dt.date | None
    proposed_date: dt.date | None
    group: str | None
    municipalities: tuple[str, ...]
    persons: tuple[str, ...]
    score: float
    passages: tuple[Passage, ...]
    why: tuple[Why, ...]
    kind: str = ""


class FacetValue(msgspec.Struct, frozen=True, gc=False):
    """One value of a facet, counted without the facet's own filter.

    An answer has thousands of them, and a named tuple is fastest to create.
    """

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the date histogram: a year or a month, and its documents."""

    label: str
    since: dt.date
    until: dt.date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a query.

    Attributes:
        query: The query that was answered.
        total: Number of documents found, exact; None if the search was cut before they were
            counted.
        relaxed: No document had all the words, so any of them was enough.
        hits: The page asked for.
        facets: Values by facet, most documents first.
        histogram: Years with their counts; months when one year is chosen.
        suggestion: "Menade du …?", or None.
        notes: Swedish remarks on how the query was understood, safe to show.
        took_ms: Time spent, in milliseconds.
    """

    query: Query
    total: int | None
    relaxed: bool
    hits: tuple[Hit, ...]
    facets: dict[Facet, Sequence[FacetValue]]
    histogram: tuple[Bar, ...]
    suggestion: str | None
    notes: tuple[str, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class Card:
    """What lists show of a document."""

    id: str
    title: str
    date: dt.date | None
    proposed_date: dt.date | None
    group: str | None
    municipalities: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HitList:
    """Documents that answer a query, without passages or reasons.

    Attributes:
        query: The query as it was understood.
        total: How many there are; None if the search was cut before they were counted.
        relaxed: No document had all the words, so any of them was enough.
        cards: The first of them.
        notes: Swedish remarks on how the query was understood or cut, safe to show.
    """

    query: Query
    total: int | None
    relaxed: bool
    cards: tuple[Card, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A document on the same subject as another one, and what they share.

    Attributes:
        card: The document.
        words: Shared rare words, by weight, as written in the other document.
        group: Whether the same group met.
        people: The people named in both.
    """

    card: Card
    words: tuple[str, ...]
    group: bool
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Totals of an index, for the start page."""

    documents: int
    first: dt.date | None
    last: dt.date | None
    facets: dict[Facet, Sequence[FacetValue]]
    histogram: tuple[Bar, ...]
    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """The contribution of one kind of match to a score.

    Attributes:
        sought: The words of the query.
        how: The kind of match, or the field that adds to it.
        terms: The terms of the index that were found.
        points: The contribution.
    """

    sought: str
    how: str
    terms: tuple[str, ...]
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of a document's score, which add up to it, the greatest first."""

    score: float
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """How large an index is.

    Attributes:
        documents: Documents that can be found.
        deleted: Documents that are deleted but not merged away.
        segments: Parts the index was written in.
        words: Distinct words, counted in each part.
        bytes: Size on disk.
    """

    documents: int
    deleted: int
    segments: int
    words: int
    bytes: int
