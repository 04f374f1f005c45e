"""Remove hidden sections from a document: from its texts, and from all facts read there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, ClassVar, Protocol, TypeVar

from kb.model import Change, Document, Minutes, RepairedText, Span

MARK = "[…]"
"""The placeholder of a hidden section; it has no searchable word."""

UNTOLD = "Skälen visas inte, eftersom ett avsnitt är dolt."
"""Replaces the reasons why a date is doubtful."""


class _Placed(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Placed)


def blot_out(document: Document, spans: Iterable[Span]) -> Document:
    """Return `document` without what stands at `spans` of its source text.

    The texts keep their length, so that every other place in them stays where it is.
    """
    stretches = _apart(spans, document.repaired.changes)
    return replace(
        document,
        repaired=_text(document.repaired, stretches),
        minutes=_minutes(document.minutes, stretches),
    )


def _apart(spans: Iterable[Span], changes: Sequence[Change]) -> list[Span]:
    """Return stretches in order that cut no repair in two."""
    stretches: list[Span] = []
    for span in sorted(spans):
        start, end = span.start, span.end
        for change in changes:
            if change.span.start < start < change.span.end:
                start = change.span.start
            if change.span.start < end < change.span.end:
                end = change.span.end
        if stretches and start <= stretches[-1].end:
            end = max(end, stretches[-1].end)
            start = stretches.pop().start
        if start < end:
            stretches.append(Span(start, end))
    return stretches


def _text(repaired: RepairedText, stretches: Sequence[Span]) -> RepairedText:
    text = repaired.source.text
    for span in stretches:
        length = span.end - span.start
        blot = (MARK + " " * length)[: length - 1] + "\n"
        text = text[: span.start] + blot + text[span.end :]
    changes = tuple(
        change
        for change in repaired.changes
        if not any(span.start <= change.span.start < span.end for span in stretches)
    )
    pieces, at = [], 0
    for change in changes:
        pieces += [text[at : change.span.start], change.repaired]
        at = change.span.end
    source = replace(repaired.source, text=text)
    return replace(repaired, source=source, text="".join([*pieces, text[at:]]), changes=changes)


def _minutes(minutes: Minutes, stretches: Sequence[Span]) -> Minutes:
    def is_hidden(place: Span) -> bool:
        return any(place.start < span.end and span.start < place.end for span in stretches)

    sections = [
        number
        for number, section in enumerate(minutes.sections)
        if not is_hidden(section.heading_span)
    ]
    moved = {number: place for place, number in enumerate(sections)}

    def shown(found: Iterable[P]) -> tuple[P, ...]:
        kept = (one for one in found if not is_hidden(one.span))
        return tuple(
            replace(one, section=moved.get(one.section)) if hasattr(one, "section") else one
            for one in kept
        )

    municipalities = []
    for municipality in minutes.municipalities:
        places = tuple(span for span in municipality.spans if not is_hidden(span))
        if places or not municipality.spans:
            municipalities.append(replace(municipality, spans=places))
    # The reasons may reveal what is hidden, and do not say where they were read.
    reasons = (UNTOLD,) if minutes.date.reasons else ()
    # Whatever is placed in the text, also what minutes may come to hold later.
    values = ((field.name, getattr(minutes, field.name)) for field in fields(minutes))
    placed: dict[str, Any] = {
        name: shown(found)
        for name, found in values
        if isinstance(found, tuple) and found and hasattr(found[0], "span")
    }
    placed["sections"] = tuple(minutes.sections[number] for number in sections)
    date = replace(minutes.date, reasons=reasons)
    return replace(minutes, **placed, date=date, municipalities=tuple(municipalities))
