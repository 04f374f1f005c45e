"""The kinds of statement that minutes make, each declared once.

The knowledge base, the pages, the API, `kb parse` and the help are made of these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from operator import attrgetter
from typing import Protocol

from kb.model.minutes import Minutes
from kb.model.text import Span


class Said(Protocol):
    """Something that minutes state; some say also `who` undertook it and when it is `due`."""

    @property
    def text(self) -> str:
        """What is stated, in its own words."""

    @property
    def span(self) -> Span:
        """Where."""

    @property
    def confidence(self) -> float:
        """How sure that is, 0-1."""

    @property
    def is_doubtful(self) -> bool:
        """Whether readers are told that it may be wrong."""

    @property
    def section(self) -> int | None:
        """The place among `Minutes.sections` of the innermost one it stands in."""


class FollowUp(Enum):
    """How later minutes of the same group deal with a statement."""

    MENTIONED = auto()  # sentences that speak of it
    TAKEN_UP = auto()  # the meeting where it came back


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """The page that lists the statements of a kind.

    Attributes:
        title: Its heading, and its name in menus.
        lead: What stands below the heading, and in the help.
        by_person: They can be narrowed by who undertook them.
    """

    title: str
    lead: str
    by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementState:
    """What is said of a statement that later minutes may deal with.

    Attributes:
        how: How they do.
        open: Said of one that none has dealt with.
        closed: Said of the others.
        heading: The heading of a group's open ones, in the pack for its next meeting.
    """

    how: FollowUp
    open: str
    closed: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementKind:
    """A kind of statement.

    Attributes:
        name: What it is in the knowledge base, and in the API's answers.
        key: Its list in the JSON of `kb parse`.
        slug: Its name in addresses and in what the API is asked.
        anchor: Its places on a document's page.
        label: What one is called, where it stands in the text.
        heading: The heading of a document's list of them.
        plural: What they are in English, for the description of the API.
        of: Gives the statements of this kind of some minutes.
        page: The page that lists them across documents, or None for no page.
        state: What is said of those that later minutes may deal with, or None for others.
    """

    name: str
    key: str
    slug: str
    anchor: str
    label: str
    heading: str
    plural: str
    of: Callable[[Minutes], Sequence[Said]]
    page: StatementPage | None = None
    state: StatementState | None = None


DECISION = StatementKind(
    name="beslut",
    key="decisions",
    slug="beslut",
    anchor="beslut",
    label="Beslut",
    heading="Beslut",
    plural="decisions",
    of=attrgetter("decisions"),
    page=StatementPage(title="Beslut", lead="Vad mötena har bestämt."),
)
ACTION = StatementKind(
    name="åtagande",
    key="actions",
    slug="att-gora",
    anchor="atagande",
    label="Åtagande",
    heading="Åtaganden",
    plural="undertakings",
    of=attrgetter("actions"),
    page=StatementPage(
        title="Att göra",
        lead="Vem som har åtagit sig vad, och vilka senare möten som nämner det.",
        by_person=True,
    ),
    state=StatementState(
        how=FollowUp.MENTIONED,
        open="Inget senare möte nämner det",
        closed="Nämns senare",
        heading="Öppna åtaganden",
    ),
)
POSTPONED = StatementKind(
    name="uppskjutet",
    key="postponed",
    slug="uppskjutet",
    anchor="uppskjutet",
    label="Uppskjutet",
    heading="Uppskjutet",
    plural="postponed points",
    of=attrgetter("postponed"),
    page=StatementPage(
        title="Uppskjutet",
        lead="Punkter som har bordlagts eller skjutits upp, och om de har kommit tillbaka.",
    ),
    state=StatementState(
        how=FollowUp.TAKEN_UP,
        open="Har inte kommit tillbaka",
        closed="Kom tillbaka",
        heading="Uppskjutna punkter",
    ),
)
QUESTION = StatementKind(
    name="fråga",
    key="questions",
    slug="fragor",
    anchor="fraga",
    label="Fråga",
    heading="Frågor som väcktes",
    plural="questions",
    of=attrgetter("questions"),
)

STATEMENT_KINDS = {kind.name: kind for kind in (DECISION, ACTION, POSTPONED, QUESTION)}
"""Every kind of statement by its name, in the order they are shown."""
