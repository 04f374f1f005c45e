"""Where the facts of a document stand in its text, so that each leads to its characters."""

from __future__ import annotations

from kb.model import Minutes, Span
from kb.web.document.reading import LinkedPlace
from kb.web.urls import section_anchor

Places = tuple[tuple[Span, LinkedPlace], ...]

DATE = "fakta-datum"
"""The anchor of the date."""


def municipality_spot(number: int) -> str:
    """Return the anchor of a municipality, by its number among those of the minutes."""
    return f"fakta-kommun-{number}"


def person_spot(number: int) -> str:
    """Return the anchor of a participant, by their number among those of the minutes."""
    return f"fakta-person-{number}"


def bare(places: Places) -> Places:
    """Return places without what is said of them, for a text that nothing may stand in."""
    return tuple((span, LinkedPlace(place.anchor, "")) for span, place in places)


def section_spots(minutes: Minutes) -> Places:
    """Return the places of the headings, for a text that does not show them as headings."""
    return tuple(
        (own.heading_span, LinkedPlace(section_anchor(number), ""))
        for number, own in enumerate(minutes.sections, 1)
        if own.heading
    )


def spots(minutes: Minutes) -> Places:
    """Return the places of the facts; a municipality is shown where it is named first."""
    found = [(minutes.date.span, DATE)] if minutes.date.span else []
    found += [
        (min(own.spans), municipality_spot(number))
        for number, own in enumerate(minutes.municipalities)
        if own.spans
    ]
    found += [
        (own.span, person_spot(number))
        for number, own in enumerate(minutes.participants)
        if own.span.start < own.span.end
    ]
    return tuple((span, LinkedPlace(anchor, "")) for span, anchor in found)
