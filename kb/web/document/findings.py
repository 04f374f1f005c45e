"""What was decided, promised, put off and announced, each linked to its place."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Document, Meeting, Span
from kb.web import phrases
from kb.web.document.reading import LinkedPlace
from kb.web.formats import clock, enumeration, weekday_date

SURE = 0.5
"""A finding less sure than this is marked as uncertain."""


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
    """Return the lists that have something in them."""
    minutes = document.minutes
    lists = (
        _list(
            "beslut",
            [(d.text, None, d.span, d.confidence) for d in minutes.decisions],
        ),
        _list(
            "atagande",
            [
                (
                    a.what,
                    "; ".join(
                        part
                        for part in (
                            enumeration(list(a.who)),
                            f"senast {weekday_date(a.due)}" if a.due else "",
                        )
                        if part
                    ),
                    a.span,
                    a.confidence,
                )
                for a in minutes.actions
            ],
        ),
        _list(
            "uppskjutet",
            [(p.text, None, p.span, p.confidence) for p in minutes.postponed],
        ),
        _list(
            "fraga",
            [(q.text, None, q.span, q.confidence) for q in minutes.questions],
        ),
        _list(
            "mote",
            [(_meeting(m), m.place, m.span, m.confidence) for m in minutes.meetings],
        ),
    )
    return tuple(found for found in lists if found.items)


def _list(anchor: str, rows: list[tuple[str, str | None, Span, float]]) -> FindingList:
    title, label = phrases.FINDINGS[anchor]
    items = tuple(
        Finding(
            text=" ".join(text.split()),
            detail=detail or None,
            uncertain=confidence < SURE,
            span=span,
            place=LinkedPlace(f"{anchor}-{number}", label),
        )
        for number, (text, detail, span, confidence) in enumerate(rows, 1)
    )
    return FindingList(title, anchor, items)


def _meeting(meeting: Meeting) -> str:
    day = weekday_date(meeting.date)
    return f"{day} {clock(meeting.time)}" if meeting.time else day
