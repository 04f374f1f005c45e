"""The facts of one document, each with its sentence and place.

They are all that joining needs, so that a changed document does not make others be read again.
Offsets count characters of the source text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from kb.knowledge.cases import CaseReference, cases
from kb.knowledge.names import is_nickname, tokens, words_with_places
from kb.knowledge.sentences import Sentence, holding, sentences
from kb.model import (
    STATEMENT_KINDS,
    Damage,
    Document,
    OffsetMap,
    Part,
    Participant,
    Span,
)
from kb.swedish.names import Names


class PersonMention(msgspec.Struct, frozen=True):
    """A person named in a document.

    Attributes:
        name: Best reading of the name.
        stated: As it stands.
        start: First character.
        end: The character after its last.
        municipality: The municipality represented.
        organisation: The organisation or unit represented.
        role: What the person did at the meeting.
        title: Occupation.
        presence: Whether the person took part; empty for one named in running text.
        confidence: 0-1.
    """

    name: str
    stated: str
    start: int
    end: int
    municipality: str | None = None
    organisation: str | None = None
    role: str | None = None
    title: str | None = None
    presence: str = ""
    confidence: float = 1.0


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Something that minutes state.

    Attributes:
        kind: The name of its kind.
        text: What is decided, undertaken …
        sentence: The sentence it stands in.
        start: First character.
        end: The character after its last.
        who: Who undertook it, as named there.
        due: When it is to be done.
        heading: The heading it stands under.
        keys: The conflation classes of its content words.
        topic: The same of the heading that it stands under.
        points: The same of the points of a list that it stands under.
        confidence: 0-1.
    """

    kind: str
    text: str
    sentence: str
    start: int
    end: int
    who: tuple[str, ...] = ()
    due: dt.date | None = None
    heading: str = ""
    keys: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    confidence: float = 1.0


class AnnouncedMeeting(msgspec.Struct, frozen=True):
    """A coming meeting that the document announces, and the sentence that does.

    It is of the group that met, or of another `group`.
    """

    date: dt.date
    sentence: str
    start: int
    end: int
    time: dt.time | None = None
    place: str | None = None
    confidence: float = 1.0
    group: str | None = None


class MunicipalityRow(msgspec.Struct, frozen=True):
    """A municipality and its part in the meeting; where it is named first."""

    name: str
    part: str
    start: int = 0
    end: int = 0


class SectionRow(msgspec.Struct, frozen=True):
    """A section: its heading, what it is about, and its place."""

    heading: str
    start: int
    end: int
    municipality: str | None = None
    keys: tuple[str, ...] = ()


class DocumentFacts(msgspec.Struct, frozen=True):
    """The facts of one document.

    Attributes:
        path: The document's id.
        title: Its title.
        group: Which group met.
        home: The municipality that met, if it was only one; it tells "Socialnämnden" of which.
        date: The date it states.
        proposed: A likelier one.
        doubtful: Whether readers are told that the date may be wrong.
        damaged: Whether its names may be misread.
    """

    path: str
    title: str
    kind: str
    group: str | None
    home: str
    date: dt.date | None
    proposed: dt.date | None
    doubtful: bool
    damaged: bool
    people: tuple[PersonMention, ...] = ()
    municipalities: tuple[MunicipalityRow, ...] = ()
    statements: tuple[Statement, ...] = ()
    announced: tuple[AnnouncedMeeting, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    cases: tuple[CaseReference, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @property
    def likely(self) -> dt.date | None:
        """The date it most likely has."""
        return self.proposed or self.date


_WHERE = frozenset({Part.ATTENDED, Part.HOST})
_names = Names()


def facts_of(document: Document) -> DocumentFacts:
    """Return the facts of `document`."""
    minutes = document.minutes
    offsets = OffsetMap(document.repaired.changes)
    said = tuple(sentences(document, offsets))
    present = {
        municipality.name for municipality in minutes.municipalities if municipality.part in _WHERE
    }
    date = minutes.date

    def sentence_of(span: Span) -> str:
        return holding(said, span) or " ".join(span.slice(document.source.text).split())

    def keys(span: Span) -> tuple[str, ...]:
        return tuple(dict.fromkeys(
            key for sentence in said if sentence.start < span.end and span.start < sentence.end
            for key in sentence.keys
        ))  # fmt: skip

    def under(span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return next(
            ((sentence.topic, sentence.points) for sentence in said if span.start < sentence.end),
            ((), ()),
        )

    def heading(section: int | None) -> str:
        return minutes.sections[section].heading if section is not None else ""

    return DocumentFacts(
        path=document.id,
        title=minutes.title,
        kind=minutes.kind,
        group=minutes.group,
        home=present.pop() if len(present) == 1 else "",
        date=date.stated,
        proposed=date.proposed,
        doubtful=date.is_doubtful,
        damaged=document.repaired.quality.damage is not Damage.NONE,
        people=(*map(_mention, minutes.participants), *_in_running_text(document, offsets)),
        municipalities=tuple(
            MunicipalityRow(municipality.name, municipality.part.value, first.start, first.end)
            for municipality in minutes.municipalities
            for first in [municipality.spans[0] if municipality.spans else Span(0, 0)]
        ),
        statements=tuple(
            Statement(
                kind=kind.name,
                text=" ".join(one.text.split()),
                sentence=sentence_of(one.span),
                start=one.span.start,
                end=one.span.end,
                who=getattr(one, "who", ()),
                due=getattr(one, "due", None),
                heading=heading(one.section),
                keys=keys(one.span),
                topic=topic,
                points=points,
                confidence=one.confidence,
            )
            for kind in STATEMENT_KINDS.values()
            for one in kind.of(minutes)
            for topic, points in [under(one.span)]
        ),
        announced=tuple(
            AnnouncedMeeting(
                date=meeting.date,
                sentence=sentence_of(meeting.span),
                start=meeting.span.start,
                end=meeting.span.end,
                time=meeting.time,
                place=meeting.place,
                confidence=meeting.confidence,
                group=meeting.group,
            )
            for meeting in minutes.meetings
        ),
        sections=tuple(
            SectionRow(
                section.heading,
                section.span.start,
                section.span.end,
                section.municipality,
                keys(section.heading_span),
            )
            for section in minutes.sections
        ),
        cases=tuple(cases(document, offsets)),
        sentences=said,
    )


def _mention(participant: Participant) -> PersonMention:
    return PersonMention(
        name=participant.name,
        stated=" ".join(participant.stated.split()),
        start=participant.span.start,
        end=participant.span.end,
        municipality=participant.municipality,
        organisation=participant.organisation,
        role=participant.role.value if participant.role else None,
        title=participant.title,
        presence=participant.presence.value,
        confidence=participant.confidence,
    )


def _in_running_text(document: Document, offsets: OffsetMap) -> Iterator[PersonMention]:
    """Yield the first place of each bare given name or nickname outside the lists of people.

    A word that opens a sentence is capitalised anyway, so it counts as a name only if a listed
    person has it; the same holds for a genitive.
    """
    listed = [participant.span for participant in document.minutes.participants]
    borne = {
        first
        for participant in document.minutes.participants
        for first in tokens(participant.name)[:1]
    }
    seen: set[str] = set()
    places = list(words_with_places(document.repaired.text))
    for (word, start, end, opens), (following, *_) in pairwise([*places, ("", 0, 0, False)]):
        if not word[0].isupper() or following[:1].isupper():
            continue
        name = word
        if word.casefold() not in borne and word.casefold().removesuffix("s") in borne:
            name, end = word[:-1], end - 1
        known = name.casefold() in borne or is_nickname(name)
        if name in seen or not (known or (not opens and _names.is_given_name(name))):
            continue
        span = offsets.to_source(start, end)
        if any(place.start <= span.start < place.end for place in listed):
            continue
        seen.add(name)
        stated = " ".join(span.slice(document.source.text).split())
        yield PersonMention(name, stated, span.start, span.end, confidence=0.6)
