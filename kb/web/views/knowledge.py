"""What the knowledge pages show beside what the knowledge base answers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from kb.knowledge import Filter, KnowledgeBase
from kb.knowledge.answers import Cell, Page, Quote, Source
from kb.swedish.collation import sort_key
from kb.swedish.tables import words
from kb.web import phrases
from kb.web.urls import document_url
from kb.web.views.dates import DateLabel, date_label

PAGE = 50
"""Statements on a page."""

MOST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """The state of a page of statements, which is its address.

    Attributes:
        filter: What is wanted.
        page: Which page, from 1.
        params: The parameters as given, without the page.
    """

    filter: Filter
    page: int
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of statements.

    Attributes:
        asked: Its state.
        found: What there is.
        previous: Where the page before is.
        next: Where the next page is.
    """

    asked: Asked
    found: Page
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


def asked(kind: str, params: Mapping[str, str]) -> Asked:
    """Read the state of a page of statements out of its address; nonsense is left out."""
    clean = {
        name: params[name].encode("utf-8", "replace").decode().strip()[:200]
        for name in ("kommun", "grupp", "person", "fran", "till", "visa")
        if params.get(name, "").strip()
    }
    shown = {"oppna": True, "avslutade": False}.get(clean.get("visa", ""))
    number = params.get("sida", "1")
    return Asked(
        Filter(
            kind,
            clean.get("kommun", ""),
            clean.get("grupp", ""),
            clean.get("person", ""),
            _day(clean.get("fran", "")),
            _day(clean.get("till", "")),
            shown,
        ),
        min(int(number), 10_000) if number.isdecimal() and len(number) < 6 and int(number) else 1,
        clean,
    )


def listing(known: KnowledgeBase, path: str, state: Asked) -> Listing:
    """Return a page of statements; `path` is its address without the parameters."""
    found = known.statements(state.filter, (state.page - 1) * PAGE, PAGE)

    def url(number: int) -> str:
        params = {**state.params, **({"sida": str(number)} if number > 1 else {})}
        return path + (f"?{urlencode(params)}" if params else "")

    return Listing(
        state,
        found,
        url(state.page - 1) if state.page > 1 else None,
        url(state.page + 1) if state.page * PAGE < found.total else None,
    )


def matrix(known: KnowledgeBase, topics: Sequence[str]) -> Matrix:
    """Return what the cooperating municipalities, and others with rounds, said of topics."""
    with_rounds = [name for name, _, rounds in known.municipalities() if rounds]
    names = sorted({*words("kb.knowledge", "cooperating.txt"), *with_rounds}, key=sort_key)
    wanted = tuple(dict.fromkeys(topic for topic in topics if topic))[:MOST_TOPICS]
    suggested = tuple(
        topic
        for topic in phrases.TOPICS
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


def gaps(meetings: Sequence[Source]) -> dict[str, int]:
    """Return after which meetings of a group unusually many months pass, and how many.

    Unusual is more than three months, and more than twice what is usual in the group.
    """
    dated = [own for own in meetings if own.likely]
    days = [
        (after.likely - own.likely).days
        for own, after in pairwise(dated)
        if own.likely and after.likely
    ]
    usual = sorted(days)[len(days) // 2] if days else 0
    return {
        own.path: round(between / 30)
        for own, between in zip(dated, days, strict=False)
        if between > 92 and between > 2 * usual
    }


def helpers() -> dict[str, Any]:
    """Return what the templates of these pages call."""
    return {
        "quote_url": quote_url,
        "source_url": lambda source: document_url(source.path),
        "source_date": source_date,
    }


def quote_url(quote: Quote) -> str:
    """Return the place in its document that a statement stands on."""
    return document_url(quote.source.path, place=(quote.start, quote.end))


def source_date(source: Source) -> DateLabel:
    """Return the date of a document for a list, with its doubt."""
    return date_label(source.date, source.proposed)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
