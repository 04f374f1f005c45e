"""The facts of a document: when, where, who, and the places in its text they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.model import COUNTED_PARTS, Minutes, Participant, Span
from kb.search.facets import PERSON
from kb.swedish.collation import sort_key
from kb.web import phrases
from kb.web.document.reading import LinkedPlace
from kb.web.formats import clock, weekday_date
from kb.web.urls import filter_url, group_url, municipality_url, person_url, section_anchor

Places = tuple[tuple[Span, LinkedPlace], ...]

DATE = "fakta-datum"
"""The anchor of the date."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, where they lead if anywhere, and the anchor of their place in the text."""

    text: str
    url: str | None = None
    spot: str | None = None


@dataclass(frozen=True, slots=True)
class DateFacts:
    """The date, why it may be wrong, and the anchor of its place in the text."""

    stated: str | None
    proposed: str | None
    doubtful: bool
    reasons: tuple[str, ...]
    spot: str | None


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """A participant.

    Attributes:
        name: The name, leading to the person's minutes.
        details: Role, title, organisation, municipality and the part of the meeting attended, as
            far as known.
        stated: The words of the original, when they read otherwise.
        uncertain: The name may be misread.
    """

    name: Linked
    details: tuple[str, ...]
    stated: str | None
    uncertain: bool


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Things under a common heading."""

    title: str
    people: tuple[ParticipantView, ...] = ()
    places: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFactsView:
    """All facts of a document."""

    date: DateFacts
    time: str | None
    place: str | None
    form: str | None
    kind: str
    group: Linked | None
    municipalities: tuple[FactGroup, ...]
    participants: tuple[FactGroup, ...]


def facts(minutes: Minutes, people: Mapping[str, str]) -> DocumentFactsView:
    """Return the facts of `minutes` as the page shows them.

    Args:
        minutes: The facts.
        people: The keys of the people's own pages by the names they have here.
    """
    return DocumentFactsView(
        date=_date(minutes),
        time=clock(minutes.time, minutes.end_time) if minutes.time else None,
        place=minutes.place,
        form=minutes.form,
        kind=minutes.kind,
        group=Linked(minutes.group, group_url(minutes.group)) if minutes.group else None,
        municipalities=tuple(_municipalities(minutes)),
        participants=tuple(_participants(minutes, people)),
    )


def _date(minutes: Minutes) -> DateFacts:
    date = minutes.date
    return DateFacts(
        stated=weekday_date(date.stated) if date.stated else None,
        proposed=weekday_date(date.proposed) if date.proposed else None,
        doubtful=date.is_doubtful,
        reasons=date.reasons,
        spot=DATE if date.span else None,
    )


def _municipalities(minutes: Minutes) -> list[FactGroup]:
    groups = []
    for part in phrases.PARTS:
        named = sorted(
            (
                (municipality, municipality_spot(number) if municipality.spans else None)
                for number, municipality in enumerate(minutes.municipalities)
                if municipality.part is part
            ),
            key=lambda found: sort_key(found[0].name),
        )
        links = tuple(
            Linked(
                municipality.name,
                municipality_url(municipality.name) if part in COUNTED_PARTS else None,
                spot,
            )
            for municipality, spot in named
        )
        if links:
            groups.append(FactGroup(phrases.PARTS[part], places=links))
    return groups


def _participants(minutes: Minutes, people: Mapping[str, str]) -> list[FactGroup]:
    groups = []
    for presence, title in phrases.PRESENCE.items():
        listed = tuple(
            _person(participant, people, number)
            for number, participant in enumerate(minutes.participants)
            if participant.presence is presence
        )
        if listed:
            groups.append(FactGroup(title, people=listed))
    return groups


def _person(participant: Participant, people: Mapping[str, str], number: int) -> ParticipantView:
    key = people.get(participant.name)
    url = person_url(key) if key else filter_url(PERSON.name, participant.name)
    spot = person_spot(number) if participant.span.start < participant.span.end else None
    role = participant.role.value if participant.role else None
    details = (
        role,
        participant.title,
        participant.organisation,
        participant.municipality,
        participant.during,
    )
    return ParticipantView(
        name=Linked(participant.name, None if participant.is_doubtful else url, spot),
        details=tuple(dict.fromkeys(detail for detail in details if detail)),
        stated=participant.stated if participant.name not in participant.stated else None,
        uncertain=participant.is_doubtful,
    )


def municipality_spot(number: int) -> str:
    """Return the anchor of a municipality, by its number among those of the minutes."""
    return f"fakta-kommun-{number}"


def person_spot(number: int) -> str:
    """Return the anchor of a participant, by their number among those of the minutes."""
    return f"fakta-person-{number}"


def bare(places: Places) -> Places:
    """Return places without labels, for a text into which nothing may be inserted."""
    return tuple((span, LinkedPlace(place.anchor, "")) for span, place in places)


def section_spots(minutes: Minutes) -> Places:
    """Return the places of the headings, for a text that does not show them as headings."""
    return tuple(
        (section.heading_span, LinkedPlace(section_anchor(number), ""))
        for number, section in enumerate(minutes.sections, 1)
        if section.heading
    )


def spots(minutes: Minutes) -> Places:
    """Return the places of the facts; a municipality is shown where it is named first."""
    found = [(minutes.date.span, DATE)] if minutes.date.span else []
    found += [
        (min(municipality.spans), municipality_spot(number))
        for number, municipality in enumerate(minutes.municipalities)
        if municipality.spans
    ]
    found += [
        (participant.span, person_spot(number))
        for number, participant in enumerate(minutes.participants)
        if participant.span.start < participant.span.end
    ]
    return tuple((span, LinkedPlace(anchor, "")) for span, anchor in found)
