"""Decisions, undertakings, postponed points and announcements, each linked to its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kb.model import STATEMENT_KINDS, Document, Meeting, Said, Span
from kb.web import phrases
from kb.web.document.reading import LinkedPlace
from kb.web.formats import clock, enumeration, weekday_date


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in the text; `span` counts characters of the original."""

    text: str
    detail: str | None
    uncertain: bool
    span: Span
    place: LinkedPlace


@dataclass(frozen=True, slots=True)
class FindingList:
    """Findings of one kind."""

    title: str
    anchor: str
    items: tuple[Finding, ...]


def findings(document: Document) -> tuple[FindingList, ...]:
    """Return the lists that are not empty."""
    minutes = document.minutes
    statements = (
        _list(
            kind.anchor,
            heading=kind.heading,
            label=kind.label,
            rows=[_Row(said.text, _detail(said), said.span, said.is_doubtful)
                  for said in kind.of(minutes)],
        )
        for kind in STATEMENT_KINDS.values()
    )  # fmt: skip
    meetings = _list(
        "mote",
        heading=phrases.COMING_MEETINGS,
        label=phrases.ANNOUNCED,
        rows=[_Row(_meeting(m), m.place, m.span, m.is_doubtful) for m in minutes.meetings],
    )
    return tuple(found for found in (*statements, meetings) if found.items)


class _Row(NamedTuple):
    text: str
    detail: str | None
    span: Span
    uncertain: bool


def _list(anchor: str, *, heading: str, label: str, rows: list[_Row]) -> FindingList:
    items = tuple(
        Finding(
            text=" ".join(row.text.split()),
            detail=row.detail or None,
            uncertain=row.uncertain,
            span=row.span,
            place=LinkedPlace(f"{anchor}-{number}", label),
        )
        for number, row in enumerate(rows, 1)
    )
    return FindingList(heading, anchor, items)


def _detail(said: Said) -> str:
    """Return who is responsible for an undertaking, and its due date."""
    due = getattr(said, "due", None)
    parts = (enumeration(list(getattr(said, "who", ()))), due and f"senast {weekday_date(due)}")
    return "; ".join(part for part in parts if part)


def _meeting(meeting: Meeting) -> str:
    day = weekday_date(meeting.date)
    return f"{day} {clock(meeting.time)}" if meeting.time else day
