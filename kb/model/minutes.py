"""What the parser reads out of one document; each fact carries the span it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from kb.model import doubt
from kb.model.doubt import Doubt
from kb.model.text import Span


class Presence(StrEnum):
    """Whether somebody took part."""

    PRESENT = "närvarande"
    ABSENT = "ej närvarande"
    GUEST = "gäst"
    OTHER = "övrig"  # listed under "Övriga": there, but not a member


class Role(StrEnum):
    """What somebody did at the meeting."""

    CHAIR = "ordförande"
    SECRETARY = "sekreterare"
    ADJUSTER = "justerare"
    COOPTED = "adjungerad"
    DEPUTY = "ersättare"


@dataclass(frozen=True, slots=True)
class Participant(Doubt):
    """A person listed in the minutes.

    Attributes:
        name: Best reading of the name.
        stated: The entry's words as they stand in the original.
        municipality: The municipality represented, by its real name.
        organisation: The organisation or unit represented, as stated.
        role: What the person did at the meeting.
        title: Occupation or title given with the name, as stated.
        presence: Whether the person took part.
        during: For which part of the meeting, as stated ("§§ 1-4"); None for all of it.
        span: Place of the entry in the original.
        confidence: 0-1; a low one is shown but does not become a facet.
    """

    threshold: ClassVar[float] = doubt.PARTICIPANT

    name: str
    stated: str
    span: Span
    presence: Presence
    municipality: str | None = None
    organisation: str | None = None
    role: Role | None = None
    title: str | None = None
    during: str | None = None
    confidence: float = 1.0


class Part(StrEnum):
    """A municipality's part in a meeting."""

    ATTENDED = "deltog"
    ABSENT = "frånvarande"
    HOST = "värd"
    SUBJECT = "handlar om"
    MENTIONED = "nämns"


COUNTED_PARTS = frozenset({Part.ATTENDED, Part.HOST, Part.SUBJECT})
"""The parts that make a minute count for a municipality in the facet."""


@dataclass(frozen=True, slots=True)
class MunicipalityPart(Doubt):
    """A municipality, its strongest part in the meeting, and each place it is named."""

    threshold: ClassVar[float] = doubt.MUNICIPALITY

    name: str
    part: Part
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Section(Doubt):
    """A stretch of the minutes under one heading.

    Attributes:
        heading: The heading's words, repaired, without number.
        level: 1 for a top section, 2 for one inside it.
        number: The stated number ("5", "§ 12").
        municipality: The municipality the section is about.
        span: Heading and body in the original.
        heading_span: The heading alone.
        confidence: 0-1, by how the heading is marked.
    """

    threshold: ClassVar[float] = doubt.SECTION

    heading: str
    level: int
    span: Span
    heading_span: Span
    number: str | None = None
    municipality: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DateFinding(Doubt):
    """The date of a meeting, how sure it is, and why.

    Attributes:
        stated: The date as the minutes state it.
        confidence: 0-1.
        reasons: Swedish sentences for and against it, safe to show.
        proposed: A likelier date when the stated one is contradicted; it never
            replaces the stated one by itself.
        span: Where the date is stated.
    """

    threshold: ClassVar[float] = doubt.DATE

    stated: dt.date | None
    confidence: float
    reasons: tuple[str, ...] = ()
    proposed: dt.date | None = None
    span: Span | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether readers are told that it may be wrong: a likelier one is known, or it is weak."""
        weak = self.stated is not None and self.confidence < self.threshold
        return self.proposed is not None or weak


@dataclass(frozen=True, slots=True)
class Decision(Doubt):
    """Something the meeting decided, in its own words.

    `section`, here and below, is the place among `Minutes.sections` of the innermost one.
    """

    threshold: ClassVar[float] = doubt.STATEMENT

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Action(Doubt):
    """Something somebody undertook to do."""

    threshold: ClassVar[float] = doubt.STATEMENT

    who: tuple[str, ...]
    what: str
    span: Span
    due: dt.date | None = None
    confidence: float = 1.0
    section: int | None = None

    @property
    def text(self) -> str:
        """What is undertaken, as other statements have it."""
        return self.what


@dataclass(frozen=True, slots=True)
class Postponed(Doubt):
    """A point put off to a later meeting."""

    threshold: ClassVar[float] = doubt.STATEMENT

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Question(Doubt):
    """A question that somebody raised."""

    threshold: ClassVar[float] = doubt.STATEMENT

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting(Doubt):
    """A coming meeting that the minutes announce; `group` if it is another body's."""

    threshold: ClassVar[float] = doubt.MEETING

    date: dt.date
    span: Span
    time: dt.time | None = None
    place: str | None = None
    confidence: float = 1.0
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Voice(Doubt):
    """A sentence that tells what is so in a municipality, or what it thinks, asks or promises."""

    threshold: ClassVar[float] = doubt.STATEMENT

    municipality: str
    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Reference(Doubt):
    """Something the minutes point to: a link, an attachment, slides, other minutes."""

    threshold: ClassVar[float] = doubt.REFERENCE

    text: str
    span: Span
    confidence: float = 1.0
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the parser read out of one document."""

    title: str
    kind: str
    date: DateFinding
    group: str | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    place: str | None = None
    form: str | None = None
    municipalities: tuple[MunicipalityPart, ...] = ()
    participants: tuple[Participant, ...] = ()
    sections: tuple[Section, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    questions: tuple[Question, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    voices: tuple[Voice, ...] = ()
    references: tuple[Reference, ...] = ()
