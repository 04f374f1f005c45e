"""Views of the knowledge pages that go beyond the answers of the knowledge base."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from kb.errors import NotFoundError
from kb.knowledge import Filter, KnowledgeBase
from kb.knowledge.answers import (
    Cell,
    ComingMeeting,
    GroupPage,
    Quote,
    SourceDocument,
    StatementSlice,
)
from kb.library.region import Region
from kb.model import STATEMENT_KINDS, StatementKind
from kb.swedish.collation import sort_key
from kb.web import phrases
from kb.web.dates import DateLabel, date_label
from kb.web.urls import document_url

PAGE = 50
"""Statements on a page."""

MOST_TOPICS = 5

_LONG = 92
"""Days between meetings that are no gap in any group."""


@dataclass(frozen=True, slots=True)
class StatementFilters:
    """The state of a page of statements, kept in its address.

    Attributes:
        filter: Which statements are wanted.
        page: Which page, from 1.
        params: The parameters as given, without the page.
    """

    filter: Filter
    page: int
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StatementListing:
    """A page of statements.

    Attributes:
        asked: Its state.
        found: The statements.
        previous: Address of the previous page.
        next: Address of the next page.
    """

    asked: StatementFilters
    found: StatementSlice
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a municipality said of a topic, a year at a time, the latest first."""

    total: int
    years: tuple[tuple[str, tuple[Quote, ...]], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Municipalities down, topics across."""

    topics: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]
    suggested: tuple[str, ...]

    def url(self, topic: str) -> str:
        """Return the address with one more topic, which replaces the last one at the limit."""
        kept = self.topics[: MOST_TOPICS - 1]
        return url_for("knowledge.overview", amne=[*kept, topic])


@dataclass(frozen=True, slots=True)
class Step:
    """A meeting of a group in the order of time.

    Attributes:
        source: Its minutes, if they are here.
        missing: Its announcement, if they are not.
        gap: Months to the next meeting, if that is unusually long.
    """

    source: SourceDocument | None
    missing: ComingMeeting | None
    gap: int


def kind_of(slug: str) -> StatementKind:
    """Return the kind of statement of that name in addresses.

    Raises:
        NotFoundError: There is none.
    """
    for kind in STATEMENT_KINDS.values():
        if kind.slug == slug:
            return kind
    raise NotFoundError


def asked(kind: StatementKind, params: Mapping[str, str]) -> StatementFilters:
    """Parse the state of a page of statements from its address; invalid values are ignored."""
    clean = {
        name: params[name].encode("utf-8", "replace").decode().strip()[:200]
        for name in ("kommun", "grupp", "person", "fran", "till", "visa")
        if params.get(name, "").strip()
    }
    shown = {"oppna": True, "avslutade": False}.get(clean.get("visa", ""))
    number = params.get("sida", "1")
    return StatementFilters(
        Filter(
            kind=kind.name,
            municipality=clean.get("kommun", ""),
            group=clean.get("grupp", ""),
            person=clean.get("person", ""),
            since=_day(clean.get("fran", "")),
            until=_day(clean.get("till", "")),
            open=shown,
        ),
        min(int(number), 10_000) if number.isdecimal() and len(number) < 6 and int(number) else 1,
        clean,
    )


def listing(known: KnowledgeBase, path: str, state: StatementFilters) -> StatementListing:
    """Return a page of statements; `path` is its address without the parameters."""
    found = known.statements(state.filter, (state.page - 1) * PAGE, PAGE)

    def url(number: int) -> str:
        params = {**state.params, **({"sida": str(number)} if number > 1 else {})}
        return path + (f"?{urlencode(params)}" if params else "")

    return StatementListing(
        state,
        found,
        url(state.page - 1) if state.page > 1 else None,
        url(state.page + 1) if state.page * PAGE < found.total else None,
    )


def matrix(known: KnowledgeBase, region: Region, topics: Sequence[str]) -> Matrix:
    """Return what the cooperating municipalities, and others with rounds, said of topics."""
    with_rounds = [row.name for row in known.municipalities() if row.rounds]
    names = sorted({*region.kommuner, *with_rounds}, key=sort_key)
    wanted = tuple(dict.fromkeys(topic for topic in topics if topic))[:MOST_TOPICS]
    suggested = tuple(
        topic
        for topic in region.amnen
        if any(cell.quotes for cell in known.matrix([topic], with_rounds).values())
    )
    wanted = wanted or suggested[:3]
    cells = known.matrix(wanted, names)
    return Matrix(
        wanted,
        tuple((name, tuple(_cell(cells[name, topic]) for topic in wanted)) for name in names),
        tuple(topic for topic in suggested if topic not in wanted),
    )


def _cell(cell: Cell) -> MatrixCell:
    years: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in cell.quotes:
        likely = quote.source.likely
        years[str(likely.year) if likely else phrases.NO_DATE].append(quote)
    return MatrixCell(len(cell.quotes), tuple((y, tuple(q)) for y, q in years.items()))


def timeline(group: GroupPage, today: dt.date) -> tuple[Step, ...]:
    """Return a group's meetings in order: those with minutes here, and those that lack them.

    A meeting has the gap to the next one if that is more than three months and more than twice
    the usual one of the group.
    """
    missing = [meeting for meeting in group.announced if meeting.date < today and not meeting.held]
    steps: list[tuple[dt.date, SourceDocument | None, ComingMeeting | None]] = [
        *((source.likely, source, None) for source in group.meetings if source.likely),
        *((meeting.date, None, meeting) for meeting in missing),
    ]
    steps.sort(key=lambda step: step[0])
    between = [(after - day).days for (day, *_), (after, *_) in pairwise(steps)]
    usual = sorted(between)[len(between) // 2] if between else 0
    undated = [source for source in group.meetings if not source.likely]
    return (
        *(Step(source, None, 0) for source in undated),
        *(
            Step(source, coming, round(days / 30) if days > max(_LONG, 2 * usual) else 0)
            for (_, source, coming), days in zip(steps, [*between, 0], strict=False)
        ),
    )


def helpers() -> dict[str, Any]:
    """Return the functions that the templates of these pages call."""
    return {
        "quote_url": quote_url,
        "source_url": lambda source: document_url(source.path),
        "source_date": source_date,
    }


def quote_url(quote: Quote) -> str:
    """Return the place of a statement in its document."""
    return document_url(quote.source.path, place=(quote.start, quote.end))


def source_date(source: SourceDocument) -> DateLabel:
    """Return the date of a document for a list, with its doubt."""
    return date_label(source.date, source.proposed)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
