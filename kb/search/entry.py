"""What an index holds of a document besides its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.model import COUNTED_PARTS, Document
from kb.search.query import Facet
from kb.search.results import Card

POSITION_GAP = 100
"""Positions between the text and the facts added after it, so that no phrase spans both."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What a document is listed, filtered and counted by.

    Attributes:
        card: What lists show.
        persons: Values of the person facet.
        dates: The dates it is found under: the stated one and a proposed one.
    """

    card: Card
    persons: tuple[str, ...]
    dates: tuple[dt.date, ...]

    @property
    def likely(self) -> dt.date | None:
        """The date it most likely has."""
        return self.card.proposed_date or self.card.date

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return the document's values in a facet."""
        match facet:
            case Facet.MUNICIPALITY:
                return self.card.municipalities
            case Facet.GROUP:
                return (self.card.group,) if self.card.group else ()
            case Facet.PERSON:
                return self.persons
            case Facet.YEAR:
                return tuple(dict.fromkeys(str(day.year) for day in self.dates))
            case Facet.KIND:
                return (self.card.kind,) if self.card.kind else ()


def row(document: Document) -> DocumentRow:
    """Return what `document` is listed, filtered and counted by."""
    minutes = document.minutes
    card = Card(
        id=document.id,
        title=minutes.title,
        date=minutes.date.stated,
        proposed_date=minutes.date.proposed,
        group=minutes.group,
        municipalities=tuple(m.name for m in minutes.municipalities if m.part in COUNTED_PARTS),
        kind=minutes.kind,
    )
    persons = dict.fromkeys(p.name for p in minutes.participants if not p.is_doubtful)
    dates = dict.fromkeys(d for d in (minutes.date.stated, minutes.date.proposed) if d)
    return DocumentRow(card, tuple(persons), tuple(dates))


def facts(document: Document) -> list[str]:
    """Return the facts in their true spelling, so that damaged ones are found too."""
    minutes = document.minutes
    return [
        title(document),
        *(municipality.name for municipality in minutes.municipalities),
        *(participant.name for participant in minutes.participants),
    ]


def title(document: Document) -> str:
    """Return the title and the group."""
    return f"{document.minutes.title}. {document.minutes.group or ''}"


def headings(document: Document) -> str:
    """Return the headings of all sections."""
    return " ".join(section.heading for section in document.minutes.sections)
