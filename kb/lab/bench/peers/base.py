"""The questions of the benchmark, and the interface that an engine must implement.

All get the same tokens: the forms of a document's words in order, and the same facet
values. They answer with the ten best documents, the exact count, and on demand all
values of four facets with counts and a snippet of each of the ten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

TOP = 10

FACETS = ("kommun", "grupp", "person", "ar")


@dataclass(frozen=True, slots=True)
class Sample:
    """A document as every engine gets it.

    Attributes:
        id: Its name.
        tokens: The forms of its words, in order.
        facets: Its values by facet.
    """

    id: str
    tokens: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]

    @property
    def text(self) -> str:
        """The tokens set apart by spaces."""
        return " ".join(self.tokens)


class Shape(StrEnum):
    """Form of a question."""

    TERM = "term"
    AND = "and"
    OR = "or"
    PHRASE = "phrase"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class PeerQuestion:
    """A question to an engine.

    Attributes:
        kind: Its name in the tables.
        shape: How its terms are combined.
        terms: The terms; for a prefix question the prefix.
        filter: Facet and value that restrict it.
    """

    kind: str
    shape: Shape
    terms: tuple[str, ...]
    filter: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """An engine's answer.

    Attributes:
        total: Exact number of documents.
        top: Ids of the best ones, best first.
        facets: Count by value and facet among all found; empty if not asked for.
        snippets: How many of the top ones have a snippet.
    """

    total: int
    top: tuple[str, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    snippets: int = 0


class PeerEngine(Protocol):
    """An engine with its index open."""

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question, with facets and snippets if `whole`; None if it cannot."""
        ...


class PeerKind(Protocol):
    """An engine to be measured."""

    name: str

    def available(self) -> bool:
        """Tell whether it is installed."""
        ...

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Write an index of `samples` into the empty `folder`."""
        ...

    def open(self, folder: Path) -> PeerEngine:
        """Open a finished index."""
        ...
