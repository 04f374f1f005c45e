"""What an index stores of a document besides its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.model import Document
from kb.search.facets import MUNICIPALITY, PERSON
from kb.search.results import Card

POSITION_GAP = 100
"""Positions between the text and the facts added after it, so that no phrase spans both."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document's entry in lists, with its dates.

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


def row(document: Document) -> DocumentRow:
    """Return what `document` is listed and dated by."""
    minutes = document.minutes
    card = Card(
        id=document.id,
        title=minutes.title,
        date=minutes.date.stated,
        proposed_date=minutes.date.proposed,
        group=minutes.group,
        municipalities=tuple(MUNICIPALITY.values(minutes)),
        kind=minutes.kind,
    )
    dates = dict.fromkeys(day for day in (minutes.date.stated, minutes.date.proposed) if day)
    return DocumentRow(card, tuple(PERSON.values(minutes)), tuple(dates))


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
