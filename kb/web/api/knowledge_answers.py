"""The types of the API's answers about facts aggregated across documents."""

from __future__ import annotations

from dataclasses import dataclass

from kb.knowledge import answers as known
from kb.web.api.publishing import Published, computed
from kb.web.urls import document_url, group_url, municipality_url, person_url


class SourceAnswer(Published[known.SourceDocument], path="id", proposed="date_proposed"):
    """A document; `doubtful` says that its date may be wrong."""

    url: str = computed(lambda source: document_url(source.path))


class QuoteAnswer(Published[known.Quote], source="document"):
    """Words and the characters of the document's `source_text` they stand on; `url` leads there."""

    url: str = computed(lambda q: document_url(q.source.path, place=(q.start, q.end)))


class WhoAnswer(Published[known.Who]):
    """Somebody as named; `key` is the person's, if it is known who."""


class StatementAnswer(Published[known.Stated]):
    """A statement of one of the kinds that `/statements/{slag}` knows.

    `later` are sentences of later minutes that speak of it; `open` says that there are none.
    """

    open: bool = computed(lambda stated: stated.is_open)


@dataclass(frozen=True)
class StatementPage:
    """A page of statements, the latest first."""

    total: int
    page: int
    statements: list[StatementAnswer]


class AttendanceAnswer(Published[known.AttendanceRow]):
    """A municipality's part in a meeting, or a person's presence and role."""


class RoundAnswer(Published[known.Round], source="document", quotes="sentences"):
    """What a municipality said in the round of a meeting."""


class PersonLineAnswer(Published[known.PersonLine]):
    """A person in a list: how many meetings, and between which days."""

    url: str = computed(lambda person: person_url(person.key))


class MunicipalityLineAnswer(Published[known.MunicipalityLine]):
    """A municipality in a list: its minutes, meetings it missed, minutes with a round of it."""

    url: str = computed(lambda municipality: municipality_url(municipality.name))


@dataclass(frozen=True)
class MunicipalityList:
    """Every municipality that has met or was expected."""

    municipalities: list[MunicipalityLineAnswer]


class MunicipalityAnswer(Published[known.MunicipalityPage], actions="undertakings"):
    """What a municipality said, where it was or was missed, who came, what they undertook."""


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


class MeetingAnswer(Published[known.ComingMeeting], quotes="announced"):
    """An announced meeting: who announced it, and the ids of its minutes, if they are here."""


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


class GroupLineAnswer(Published[known.GroupLine]):
    """A group in a list."""

    url: str = computed(lambda group: group_url(group.name))


@dataclass(frozen=True)
class GroupList:
    """Every group, the one with most minutes first."""

    groups: list[GroupLineAnswer]


class ThreadAnswer(Published[known.ThreadLine], quotes="places"):
    """A point that comes back from meeting to meeting."""


class GroupAnswer(Published[known.GroupPage]):
    """A group: its meetings, members, announced meetings and threads."""


@dataclass(frozen=True)
class SaidLastAnswer:
    """What a municipality last said in a round of a group."""

    municipality: str
    round: RoundAnswer


@dataclass(frozen=True, kw_only=True)
class PackAnswer:
    """What a group needs for its next meeting."""

    group: str
    next: MeetingAnswer | None
    last: SourceAnswer | None
    undertakings: list[StatementAnswer]
    postponed: list[StatementAnswer]
    said_last: list[SaidLastAnswer]
    new: list[SourceAnswer]


class SuggestionAnswer(Published[known.NameSuggestion]):
    """Two names that may be one person's, why and how surely; an editor decides."""


@dataclass(frozen=True)
class PersonList:
    """Everybody who is listed in minutes, and the names that may be one person's."""

    people: list[PersonLineAnswer]
    suggestions: list[SuggestionAnswer]


class SpellingAnswer(Published[known.NameSpelling], without=("identity",)):
    """One way a person's name is written, why it is thought theirs, and how surely."""


class MembershipAnswer(Published[known.Membership]):
    """A role, title, municipality, organisation or group that a person had, and when."""


class PersonAnswer(Published[known.PersonPage], actions="undertakings"):
    """What the minutes say of a person; nothing more is inferred."""
