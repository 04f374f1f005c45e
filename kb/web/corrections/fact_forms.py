"""The forms that correct a document's facts: what they show, and the corrections they send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.corrections import sections_called
from kb.corrections.apply import stated
from kb.errors import UserError
from kb.model import (
    Document,
    Fact,
    FactCorrection,
    Minutes,
    Part,
    Participant,
    Presence,
    Role,
)
from kb.swedish.collation import sort_key
from kb.swedish.municipalities import municipalities
from kb.web import phrases


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A form for one person.

    Attributes:
        key: Name of the form.
        read: The name as it was read, or as somebody added it; "" for a new person.
        start: Which of several people of that name.
        values: The person's details as the page shows them, by name in the sidecar.
    """

    key: str
    read: str
    start: int | None
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section that can be hidden."""

    start: int
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactForms:
    """All forms of a document.

    Attributes:
        single: The facts there is one of: name in the sidecar, label and value.
        proposed: A likelier date than the stated one, or None.
        people: A form a person, and an empty one last.
        sections: What can be hidden.
        parts: The parts a municipality can have, with their labels.
        presences: The presences a person can have, with their labels.
        roles: The roles a person can have at a meeting.
        municipalities: The names of all municipalities.
    """

    single: tuple[tuple[str, str, str], ...]
    proposed: dt.date | None
    people: tuple[PersonForm, ...]
    sections: tuple[SectionChoice, ...]
    parts: tuple[tuple[str, str], ...]
    presences: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused form: its name, why, and its values."""

    key: str
    message: str
    values: Mapping[str, str]


def fact_forms(document: Document) -> FactForms:
    """Return the forms of a document, filled in with its facts."""
    minutes = document.minutes
    return FactForms(
        single=_single(minutes),
        proposed=minutes.date.proposed,
        people=(*_people(document), PersonForm("person-ny", "", None, {})),
        sections=tuple(
            SectionChoice(
                section.heading_span.start,
                " ".join(filter(None, (section.number, section.heading))),
            )
            for section in minutes.sections
        ),
        parts=tuple((part.value, label) for part, label in phrases.PARTS.items()),
        presences=tuple(
            (presence.value, label) for presence, label in phrases.PRESENCE_OF_ONE.items()
        ),
        roles=tuple(role.value for role in Role),
        municipalities=tuple(
            sorted((municipality.name for municipality in municipalities()), key=sort_key)
        ),
    )


def entry_of(
    form: Mapping[str, str], document: Document, held: Sequence[FactCorrection]
) -> dict[str, object]:
    """Return the entry of a sidecar that a form sends.

    Args:
        form: What was sent.
        document: The document as the page showed it.
        held: The corrections in its sidecar now.

    Raises:
        UserError: The form is about something that the document does not have.
    """
    fact = form.get("fakta", "")
    match fact:
        case Fact.MUNICIPALITY:
            part = form.get("part", Part.ATTENDED.value)
            about = {fact: form.get("municipality", "")}
            return {**about, "part": part} if part else {**about, "remove": True}
        case Fact.PERSON:
            return _person_entry(form, document, held)
        case Fact.HIDDEN:
            for section in document.minutes.sections:
                if str(section.heading_span.start) == form.get("start"):
                    heading = stated(section.heading_span, document.source.text)
                    # Which of several; a place that is not needed could only become stale.
                    several = len(sections_called(document, heading)) > 1
                    start = {"start": section.heading_span.start} if several else {}
                    return {fact: heading, **start}
            raise UserError(phrases.NO_SECTION_CHOSEN)
        case _:
            return {fact: form.get("value", "").strip()}


def _person_entry(
    form: Mapping[str, str], document: Document, held: Sequence[FactCorrection]
) -> dict[str, object]:
    read, start = form.get("value", ""), form.get("start", "")
    sent = {
        name: " ".join(form.get(name, "").split())
        for name in Fact.PERSON.kind.details
        if name in form
    }
    if not read:
        name = sent.pop("name", "")
        return {"person": name, "add": True, **{key: value for key, value in sent.items() if value}}
    person = next(
        (
            p
            for p in _people(document)
            if (p.read, "" if p.start is None else str(p.start)) == (read, start)
        ),
        None,
    )
    if person is None:
        raise UserError(phrases.no_participant(read))
    about: dict[str, object] = {"person": read}
    if person.start is not None:
        about["start"] = person.start
    if "remove" in form:
        return {**about, "remove": True}
    before = next((f for f in held if f.subject == (Fact.PERSON, read, person.start)), None)
    if before:
        about |= {**before.details, **({"add": True} if before.add else {})}
    return about | {key: value for key, value in sent.items() if value != person.values[key]}


def _single(minutes: Minutes) -> tuple[tuple[str, str, str], ...]:
    day = minutes.date.stated
    values = {
        Fact.DATE: day.isoformat() if day else "",
        Fact.GROUP: minutes.group or "",
        Fact.TITLE: minutes.title,
        Fact.KIND: minutes.kind,
    }
    return tuple(
        (fact.value, fact.kind.field or fact.kind.label, value) for fact, value in values.items()
    )


def _people(document: Document) -> list[PersonForm]:
    """Return a form a person, each under the name it was read."""
    renamed: dict[tuple[str, int | None], FactCorrection] = {}
    for one in document.corrected:
        fact = one.correction
        if fact.fact is Fact.PERSON and not fact.remove:
            renamed[sort_key(fact.details.get("name", fact.value)), fact.start] = fact
    people = document.minutes.participants
    by = [
        renamed.get((sort_key(participant.name), participant.span.start))
        or renamed.get((sort_key(participant.name), None))
        for participant in people
    ]
    reads = [
        fact.value if fact else participant.name
        for participant, fact in zip(people, by, strict=True)
    ]
    forms = []
    for number, (participant, fact_, read) in enumerate(zip(people, by, reads, strict=True), 1):
        several = participant.span.start if reads.count(read) > 1 else None
        start = fact_.start if fact_ else several
        forms.append(PersonForm(f"person-{number}", read, start, _values(participant)))
    return forms


def _values(participant: Participant) -> dict[str, str]:
    return {
        "name": participant.name,
        "presence": Presence(participant.presence).value,
        "role": participant.role.value if participant.role else "",
        "title": participant.title or "",
        "municipality": participant.municipality or "",
        "organisation": participant.organisation or "",
    }
