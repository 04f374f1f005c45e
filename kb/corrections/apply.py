"""Apply people's corrections of facts to what the parser found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from kb.corrections.hiding import blot_out
from kb.model import (
    Corrected,
    DateFinding,
    Document,
    Fact,
    FactCorrection,
    Minutes,
    MunicipalityPart,
    Part,
    Participant,
    Presence,
    Role,
    Section,
    Span,
)
from kb.swedish.collation import sort_key

T = TypeVar("T")


class _MisfitError(ValueError):
    """A correction does not fit; the message is Swedish."""


def apply(document: Document, facts: Iterable[FactCorrection]) -> tuple[Document, tuple[str, ...]]:
    """Return `document` as people have corrected it, and what of that does not fit it (Swedish).

    What is already corrected in it stays so, unless `facts` say otherwise of the same thing.
    """
    minutes = document.minutes
    done = {one.correction.subject: one for one in document.corrected}
    problems = []
    for fact in facts:
        before = done.get(fact.subject)
        try:
            read: str | None
            if fact.fact is Fact.HIDDEN:
                spans = before.spans if before else _sections(document, fact)
                done[fact.subject] = Corrected(fact, None, spans)
                continue
            minutes, read = _RULES[fact.fact](minutes, fact, before)
        except _MisfitError as why:
            noun = fact.fact.kind.noun
            what = f"{noun} ”{fact.value}”" if fact.subject[1] else noun
            problems.append(f"Rättningen av {what} passar inte: {why}.")
            continue
        done[fact.subject] = Corrected(fact, before.read if before else read)
    if Fact.TITLE not in (fact for fact, _, _ in done):
        minutes = _with_own_title(document.minutes, minutes)
    corrected = replace(document, minutes=minutes, corrected=tuple(done.values()))
    already = {span for one in document.corrected for span in one.spans}
    hidden = {span for one in corrected.corrected for span in one.spans} - already
    return (blot_out(corrected, hidden) if hidden else corrected), tuple(problems)


_Rule = Callable[[Minutes, FactCorrection, Corrected | None], tuple[Minutes, str | None]]
"""Takes the facts, a correction, and the one in force; gives the facts, and what was read."""


def _title(minutes: Minutes, fact: FactCorrection, _: object) -> tuple[Minutes, str | None]:
    return replace(minutes, title=fact.value), minutes.title or None


def _date(minutes: Minutes, fact: FactCorrection, _: object) -> tuple[Minutes, str | None]:
    stated = minutes.date.stated
    day = dt.date.fromisoformat(fact.value) if fact.value else None
    # The date is decided, so no other one is proposed.
    found = DateFinding(day, 1.0, span=minutes.date.span)
    return replace(minutes, date=found), stated.isoformat() if stated else None


def _group(minutes: Minutes, fact: FactCorrection, _: object) -> tuple[Minutes, str | None]:
    return replace(minutes, group=fact.value or None), minutes.group


def _kind(minutes: Minutes, fact: FactCorrection, _: object) -> tuple[Minutes, str | None]:
    return replace(minutes, kind=fact.value), minutes.kind


def _municipality(minutes: Minutes, fact: FactCorrection, _: object) -> tuple[Minutes, str | None]:
    held = next(
        (
            municipality
            for municipality in minutes.municipalities
            if municipality.name == fact.value
        ),
        None,
    )
    others = tuple(
        municipality for municipality in minutes.municipalities if municipality is not held
    )
    if fact.remove:
        if held is None:
            raise _MisfitError("kommunen nämns inte")
        return replace(minutes, municipalities=others), held.part.value
    made = MunicipalityPart(fact.value, Part(fact.details["part"]), held.spans if held else ())
    return replace(minutes, municipalities=(*others, made)), held.part.value if held else None


def _person(
    minutes: Minutes, fact: FactCorrection, before: Corrected | None
) -> tuple[Minutes, str | None]:
    meant = _meant(minutes.participants, fact, before)
    if not meant and not fact.add:
        raise _MisfitError("personen finns inte bland deltagarna")
    people: list[Participant] = []
    for participant in minutes.participants:
        if participant not in meant:
            people.append(participant)
        elif not fact.remove:
            people.append(_changed(participant, fact.details))
    if not meant:
        added = Participant(fact.value, "", Span(0, 0), Presence.PRESENT)
        people.append(_changed(added, fact.details))
    read = describe(meant[0]) if meant else None
    return replace(minutes, participants=tuple(people)), read


def _meant(
    people: Sequence[Participant], fact: FactCorrection, before: Corrected | None
) -> list[Participant]:
    """Return the person that a correction is about.

    A person may now be read under the corrected name, or have it by an earlier correction.
    """
    names = {fact.value, fact.details.get("name", "")}
    if before:
        names.add(before.correction.details.get("name", ""))
    keys = {sort_key(name) for name in names if name}
    found = [
        participant for participant in people if sort_key(participant.name) == sort_key(fact.value)
    ]
    found = found or [
        participant
        for participant in people
        if {sort_key(participant.name), sort_key(participant.stated)} & keys
    ]
    return _nearest(found, fact.start, lambda participant: participant.span.start)


def _changed(participant: Participant, details: dict[str, str]) -> Participant:
    role = details.get("role", participant.role)
    return replace(
        participant,
        name=details.get("name", participant.name),
        presence=Presence(details.get("presence", participant.presence)),
        role=Role(role) if role else None,
        title=details.get("title", participant.title) or None,
        municipality=details.get("municipality", participant.municipality) or None,
        organisation=details.get("organisation", participant.organisation) or None,
        confidence=1.0,
    )


def describe(participant: Participant) -> str:
    """Return a person in one line: "Eva Berg, ordförande, Höganäs"."""
    presence = participant.presence.value if participant.presence is not Presence.PRESENT else None
    parts = (
        participant.name,
        participant.role,
        participant.title,
        participant.organisation,
        participant.municipality,
        presence,
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def unfit_hidings(
    document: Document, facts: Iterable[FactCorrection]
) -> tuple[FactCorrection, ...]:
    """Return those of `facts` that are to hide a section, but do not say which any longer.

    What they were to hide may stand anywhere in the document, so nobody may read it who may
    not read what is hidden.
    """
    done = {one.correction.subject for one in document.corrected}
    return tuple(
        fact
        for fact in facts
        if fact.fact is Fact.HIDDEN
        and fact.subject not in done
        and not _meant_sections(document, fact)
    )


def sections_called(document: Document, heading: str) -> list[Section]:
    """Return the sections of a heading, as it is read, as it stands, or with its number."""
    text, wanted = document.source.text, sort_key(heading)

    def is_meant(section: Section) -> bool:
        forms = (section.heading, stated(section.heading_span, text))
        return wanted in (sort_key(f"{before}{it}") for it in forms for before in numbers(section))

    def numbers(section: Section) -> tuple[str, ...]:
        return ("", f"{section.number} ") if section.number else ("",)

    return [section for section in document.minutes.sections if is_meant(section)]


def _meant_sections(document: Document, fact: FactCorrection) -> list[Section]:
    """Return the sections that a correction hides: all of its heading, or that at its place.

    A place says which of several is meant. If none is there any longer, the nearest may be
    another one, and the one that was meant may have got another heading.
    """
    found = sections_called(document, fact.value)
    return [one for one in found if fact.start in (None, one.heading_span.start)]


def _sections(document: Document, fact: FactCorrection) -> tuple[Span, ...]:
    found = _meant_sections(document, fact)
    if not found:
        where = "" if fact.start is None else " på det stället"
        raise _MisfitError(f"texten har inget avsnitt med den rubriken{where}")
    return tuple(section.span for section in found)


def stated(span: Span, text: str) -> str:
    """Return the words at `span` of a text, with single spaces."""
    return " ".join(span.slice(text).split())


def _nearest(found: list[T], start: int | None, place: Callable[[T], int]) -> list[T]:
    if start is None or not found:
        return found
    return [min(found, key=lambda one: abs(place(one) - start))]


def _with_own_title(read: Minutes, corrected: Minutes) -> Minutes:
    """Give minutes without a title line the title that follows from their corrected facts."""

    def made_up(minutes: Minutes) -> str:
        day = minutes.date.stated.isoformat() if minutes.date.stated else ""
        return f"{minutes.group or minutes.kind} {day}".strip()

    return (
        replace(corrected, title=made_up(corrected)) if read.title == made_up(read) else corrected
    )


_RULES: dict[Fact, _Rule] = {
    Fact.TITLE: _title,
    Fact.DATE: _date,
    Fact.GROUP: _group,
    Fact.KIND: _kind,
    Fact.MUNICIPALITY: _municipality,
    Fact.PERSON: _person,
}
