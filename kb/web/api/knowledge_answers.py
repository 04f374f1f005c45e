"""The types of the API's answers about what many minutes say together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class SourceAnswer:
    """A document; `doubtful` says that its date may be wrong."""

    id: str
    title: str
    group: str | None
    date: dt.date | None
    date_proposed: dt.date | None
    doubtful: bool
    url: str


@dataclass(frozen=True)
class QuoteAnswer:
    """Words and the characters of the document's `source_text` they stand on; `url` leads there."""

    text: str
    start: int
    end: int
    confidence: float
    document: SourceAnswer
    url: str


@dataclass(frozen=True)
class WhoAnswer:
    """Somebody as named; `key` is the person's, if it is known who."""

    name: str
    key: str | None


@dataclass(frozen=True)
class StatementAnswer:
    """A decision, undertaking, postponed point or question.

    `later` are sentences of later minutes that speak of it; `open` says that there are none.
    """

    kind: str
    text: str
    quote: QuoteAnswer
    who: list[WhoAnswer]
    due: dt.date | None
    heading: str
    open: bool
    later: list[QuoteAnswer]


@dataclass(frozen=True)
class StatementPage:
    """A page of statements, the latest first."""

    total: int
    page: int
    statements: list[StatementAnswer]


@dataclass(frozen=True)
class AttendanceAnswer:
    """A municipality's part in a meeting, or a person's presence and role."""

    part: str
    role: str | None
    quote: QuoteAnswer


@dataclass(frozen=True)
class RoundAnswer:
    """What a municipality said in the round of a meeting."""

    document: SourceAnswer
    sentences: list[QuoteAnswer]


@dataclass(frozen=True)
class PersonLineAnswer:
    """A person in a list: how many meetings, and between which days."""

    key: str
    name: str
    place: str
    meetings: int
    first: dt.date | None
    last: dt.date | None
    url: str


@dataclass(frozen=True)
class MunicipalityLineAnswer:
    """A municipality in a list: its minutes, meetings it missed, minutes with a round of it."""

    name: str
    documents: int
    missed: int
    rounds: int
    url: str


@dataclass(frozen=True)
class MunicipalityList:
    """Every municipality that has met or was expected."""

    municipalities: list[MunicipalityLineAnswer]


@dataclass(frozen=True)
class MunicipalityAnswer:
    """What a municipality said, where it was or was missed, who came, what they undertook."""

    name: str
    rounds: list[RoundAnswer]
    meetings: list[AttendanceAnswer]
    people: list[PersonLineAnswer]
    undertakings: list[StatementAnswer]


@dataclass(frozen=True)
class CellAnswer:
    """What a municipality said of a topic in rounds, the latest first."""

    municipality: str
    topic: str
    sentences: list[QuoteAnswer]


@dataclass(frozen=True)
class TopicsAnswer:
    """Municipalities by topics; what nobody has said is left out."""

    topics: list[str]
    municipalities: list[str]
    cells: list[CellAnswer]


@dataclass(frozen=True)
class MeetingAnswer:
    """An announced meeting: who announced it, and the ids of its minutes, if they are here."""

    group: str
    date: dt.date
    time: dt.time | None
    place: str | None
    announced: list[QuoteAnswer]
    held: list[str]


@dataclass(frozen=True)
class MeetingList:
    """Announced meetings, by date."""

    meetings: list[MeetingAnswer]


@dataclass(frozen=True)
class AbsenceAnswer:
    """Who was absent from a meeting."""

    document: SourceAnswer
    municipalities: list[str]
    people: list[str]


@dataclass(frozen=True)
class CoverageAnswer:
    """What is missing: announced meetings without minutes here, and who was absent when."""

    missing: list[MeetingAnswer]
    absences: list[AbsenceAnswer]


@dataclass(frozen=True)
class GroupLineAnswer:
    """A group in a list."""

    name: str
    meetings: int
    first: dt.date | None
    last: dt.date | None
    url: str


@dataclass(frozen=True)
class GroupList:
    """Every group, the one with most minutes first."""

    groups: list[GroupLineAnswer]


@dataclass(frozen=True)
class ThreadAnswer:
    """A point that comes back from meeting to meeting."""

    heading: str
    places: list[QuoteAnswer]


@dataclass(frozen=True)
class GroupAnswer:
    """A group: its meetings, members, announced meetings and threads."""

    name: str
    meetings: list[SourceAnswer]
    members: list[PersonLineAnswer]
    announced: list[MeetingAnswer]
    threads: list[ThreadAnswer]


@dataclass(frozen=True)
class SaidLastAnswer:
    """What a municipality last said in a round of a group."""

    municipality: str
    round: RoundAnswer


@dataclass(frozen=True)
class PackAnswer:
    """What a group needs for its next meeting."""

    group: str
    next: MeetingAnswer | None
    last: SourceAnswer | None
    undertakings: list[StatementAnswer]
    postponed: list[StatementAnswer]
    said_last: list[SaidLastAnswer]
    new: list[SourceAnswer]


@dataclass(frozen=True)
class SuggestionAnswer:
    """Two names that may be one person's, why and how surely; an editor decides."""

    one: str
    other: str
    one_key: str | None
    other_key: str | None
    confidence: float
    reason: str


@dataclass(frozen=True)
class PersonList:
    """Everybody who is listed in minutes, and the names that may be one person's."""

    people: list[PersonLineAnswer]
    suggestions: list[SuggestionAnswer]


@dataclass(frozen=True)
class SpellingAnswer:
    """One way a person's name is written, why it is thought theirs, and how surely."""

    name: str
    place: str
    count: int
    reason: str
    confidence: float


@dataclass(frozen=True)
class MembershipAnswer:
    """A role, title, municipality, organisation or group that a person had, and when."""

    what: str
    first: dt.date | None
    last: dt.date | None
    meetings: int


@dataclass(frozen=True)
class PersonAnswer:
    """What the minutes say of a person; nothing more is inferred."""

    key: str
    name: str
    place: str
    spellings: list[SpellingAnswer]
    memberships: list[MembershipAnswer]
    meetings: list[AttendanceAnswer]
    undertakings: list[StatementAnswer]
    suggestions: list[SuggestionAnswer]
