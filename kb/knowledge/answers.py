"""The types that the knowledge base returns: every statement with its document and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A document, as shown beside the facts that were read from it.

    Attributes:
        path: The document's id.
        title: Its title.
        group: Which group met.
        date: The date it states.
        proposed: A likelier one.
        doubtful: The date may be wrong.
    """

    path: str
    title: str
    group: str | None
    date: dt.date | None
    proposed: dt.date | None
    doubtful: bool

    @property
    def likely(self) -> dt.date | None:
        """The date it most likely has."""
        return self.proposed or self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document and where they stand in its original.

    Attributes:
        source: The document.
        text: The words.
        start: First character.
        end: The character after the last.
        confidence: 0-1, of the fact that the words state.
        is_doubtful: Whether readers are told that the fact may be wrong.
    """

    source: SourceDocument
    text: str
    start: int
    end: int
    confidence: float = 1.0
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """A person as named; `key` of the person, if known."""

    name: str
    key: str | None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A name and its place in a document; `key` of the person, if known."""

    name: str
    start: int
    end: int
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement of one of the `STATEMENT_KINDS`.

    Attributes:
        kind: The name of its kind.
        text: What is decided, undertaken …
        quote: The sentence.
        who: Who undertook it.
        due: When it is to be done.
        heading: What it stands under.
        later: Sentences of later documents about it; a postponed point was taken up there.
    """

    kind: str
    text: str
    quote: Quote
    who: tuple[Who, ...]
    due: dt.date | None
    heading: str
    later: tuple[Quote, ...]

    @property
    def is_open(self) -> bool:
        """Whether no later minutes mention it."""
        return not self.later


@dataclass(frozen=True, slots=True)
class StatementSlice:
    """A page of statements, and how many there are in all."""

    total: int
    statements: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A municipality's part in a meeting, or a person's presence."""

    quote: Quote
    part: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What a municipality said in the round of a meeting."""

    source: SourceDocument
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in a list: how many meetings, and between which days."""

    key: str
    name: str
    place: str
    meetings: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSpelling:
    """A spelling of a person's name, why it is taken to be theirs, and the confidence, 0-1."""

    name: str
    place: str
    identity: str
    count: int
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSuggestion:
    """Two names that may be one person's."""

    one: str
    other: str
    one_key: str | None
    other_key: str | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A role, title, municipality or organisation that a person had, and when."""

    what: str
    first: dt.date | None
    last: dt.date | None
    meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person."""

    key: str
    name: str
    place: str
    spellings: tuple[NameSpelling, ...]
    memberships: tuple[Membership, ...]
    meetings: tuple[AttendanceRow, ...]
    actions: tuple[Stated, ...]
    suggestions: tuple[NameSuggestion, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality in a list: counts of its minutes, missed meetings, and minutes with rounds."""

    name: str
    documents: int
    missed: int
    rounds: int


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality: its rounds, meetings, people and undertakings."""

    name: str
    rounds: tuple[Round, ...]
    meetings: tuple[AttendanceRow, ...]
    people: tuple[PersonLine, ...]
    actions: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingMeeting:
    """An announced meeting.

    Attributes:
        group: The group that is to meet.
        date: The day.
        time: The time, if stated.
        place: The place, if stated.
        quotes: The sentences that announce it, the latest first.
        held: Ids of its minutes, if the library has them.
    """

    group: str
    date: dt.date
    time: dt.time | None
    place: str | None
    quotes: tuple[Quote, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A recurring point and its places."""

    heading: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list."""

    name: str
    meetings: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group: its meetings, members, coming dates and threads."""

    name: str
    meetings: tuple[SourceDocument, ...]
    members: tuple[PersonLine, ...]
    announced: tuple[ComingMeeting, ...]
    threads: tuple[ThreadLine, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a municipality said of a topic, by year."""

    municipality: str
    topic: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a group needs for its next meeting.

    Attributes:
        group: The group.
        last: Its latest minutes.
        open: Its open statements of every kind that can be open, by the kind's name.
        rounds: What each municipality last said in its rounds.
        new: The minutes of others since.
    """

    group: GroupPage
    last: SourceDocument | None
    open: Mapping[str, tuple[Stated, ...]]
    rounds: tuple[tuple[str, Round], ...]
    new: tuple[SourceDocument, ...]

    def following(self, today: dt.date) -> ComingMeeting | None:
        """Return the next meeting that is announced."""
        return next((meeting for meeting in self.group.announced if meeting.date >= today), None)
