"""What the pages are given in tests: a real index, and a state that the test sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kb.build.background import BuildState
from kb.build.intake import take_received
from kb.build.missing import MissingAnswer
from kb.build.status import Status
from kb.knowledge import KnowledgeBase
from kb.library import Library
from kb.model import Damage, DateFinding, Document, Minutes, Quality, RepairedText, SourceText
from kb.search.engine import Engine
from tests import indexes
from tests.indexes import OpenIndex


@dataclass(eq=False)
class PreparedSource:
    """A source whose index is opened when first asked for; counts builds instead of building.

    Attributes:
        opened: Gives the index, or None where there is none.
        state: How index and library stand to each other.
        folder: The library.
        failure: Called before the engine is given, to fail.
        building: The state of the last build.
        joined: Whether what documents say together is known.
        builds: How many builds were asked for.
        cancelled: Whether a build was asked to stop.
        answered: What was said about documents whose files are gone.
    """

    opened: Callable[[], OpenIndex | None] = indexes.seeds
    state: Status = field(default_factory=lambda: Status((), None))
    folder: Path = indexes.SEEDS
    failure: Callable[[], None] | None = None
    building: BuildState | None = None
    joined: bool = True
    builds: int = 0
    cancelled: bool = False
    answered: MissingAnswer | None = None

    def hold(self, documents: Iterable[Document]) -> None:
        """Have an index over these documents instead."""
        index = indexes.over(documents)
        self.opened = lambda: index

    def lose_index(self) -> None:
        """Have no index."""
        self.opened = lambda: None

    def engine(self) -> Engine | None:
        if self.failure:
            self.failure()
        index = self.opened()
        return index.engine if index else None

    def knowledge(self) -> KnowledgeBase | None:
        index = self.opened()
        return index.knowledge if index and self.joined else None

    def status(self) -> Status:
        return self.state

    @property
    def library(self) -> Library:
        return Library(self.folder)

    def look_again(self) -> None:
        """The state is what the test has set."""

    def texts(self) -> None:
        """Nothing is kept."""

    def build(self) -> None:
        self.builds += 1
        take_received(self.library)

    def build_state(self) -> BuildState | None:
        return self.building

    def answer_missing(self, what: MissingAnswer) -> int:
        self.answered = what
        return 0

    def cancel_build(self) -> None:
        self.cancelled = True

    def original(self, doc_id: str) -> Path | None:
        return self.library.locate(doc_id)


@cache
def crowd(count: int) -> OpenIndex:
    """Return an index over `count` short documents, each of a group of its own, in 34 years."""
    return indexes.over(_member(number) for number in range(count))


def _member(number: int) -> Document:
    path = f"mapp/dokument {number:04}.txt"
    minutes = Minutes(
        title=f"Möte {number}",
        kind="minnesanteckningar",
        date=DateFinding(dt.date(1990 + number % 34, 1 + number % 12, 1), 1.0),
        group=f"Grupp {number}",
    )
    return plain(path, f"Möte {number}\n\nAnteckningar.", minutes)


def plain(path: str, text: str, minutes: Minutes) -> Document:
    """Return a document of an undamaged text."""
    source = SourceText.of(text, path)
    return Document(RepairedText(source, text, (), Quality(1.0, 0.05, Damage.NONE)), minutes)
