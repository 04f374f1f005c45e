"""What people decide about the words and facts of a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from kb.model.text import Span, occurrences


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody decided that a word of a document reads.

    Attributes:
        original: The word as it stands in the source text.
        corrected: What it reads; the same as `original` when it stands right.
        start: Where in the source text, or None for wherever the word stands in it.
            A hint: where the word has moved, the nearest one is meant.
        by: Who decided.
        at: When; None when somebody wrote it by hand and did not say.
    """

    original: str
    corrected: str
    start: int | None = None
    by: str = ""
    at: dt.datetime | None = None

    def places(self, text: str) -> tuple[Span, ...]:
        """Return where in the source text `text` it holds; nowhere if it no longer fits."""
        found = occurrences(self.original, text)
        if self.start is None or not found:
            return found
        wanted = self.start
        return (min(found, key=lambda span: abs(span.start - wanted)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """A kind of fact that people can correct.

    Attributes:
        label: What it is called.
        field: What its field of a form is called, where that says more.
        noun: What it is called in a sentence.
        none: What is said where there is none, or "" if it cannot be none.
        details: What else is decided about it, by its names in a sidecar.
        flags: What may be true of its correction: "add", "remove".
        several: A document has several, so that a correction says which one it is about.
        placed: A correction may say where in the text the one meant stands.
    """

    label: str
    noun: str
    field: str = ""
    none: str = ""
    details: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    several: bool = False
    placed: bool = False


class Fact(StrEnum):
    """A fact that people can correct, by its name in a sidecar."""

    kind: FactKind

    def __new__(cls, name: str, kind: FactKind | None = None) -> Fact:
        """Make a member of its name in a sidecar and its declaration."""
        assert kind is not None  # only a look-up by name has none
        fact = str.__new__(cls, name)
        fact._value_ = name
        fact.kind = kind
        return fact

    TITLE = "title", FactKind(label="Titel", noun="titeln")
    DATE = "date", FactKind(label="Datum", noun="datumet", none="inget datum")
    GROUP = "group", FactKind(label="Grupp", noun="gruppen", none="ingen grupp")
    KIND = "kind", FactKind(label="Slag", noun="slaget av anteckning", field="Slag av anteckning")
    MUNICIPALITY = (
        "municipality",
        FactKind(
            label="Kommun", noun="kommunen", several=True, details=("part",), flags=("remove",)
        ),
    )
    PERSON = (
        "person",
        FactKind(
            label="Person",
            noun="personen",
            several=True,
            placed=True,
            details=("name", "presence", "role", "title", "municipality", "organisation"),
            flags=("add", "remove"),
        ),
    )
    HIDDEN = (  # a section to be kept from search and page
        "hide",
        FactKind(label="Avsnitt", noun="avsnittet", several=True, placed=True),
    )


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """What somebody decided about a fact of a document.

    Attributes:
        fact: Which fact.
        value: Of title, date (ISO), group and kind what it is, "" for none; of the others
            what it is about: a municipality, a person or a section's heading, as read.
        details: What else was decided, by its name in the sidecar; "" for none.
        add: The person was not read out of the text at all.
        remove: The municipality or person does not belong there.
        start: Where person or section stand in the source text. A hint, where there are
            several of the same name.
        by: Who decided.
        at: When; None when somebody wrote it by hand and did not say.
    """

    fact: Fact
    value: str
    details: dict[str, str] = field(default_factory=dict)
    add: bool = False
    remove: bool = False
    start: int | None = None
    by: str = ""
    at: dt.datetime | None = None

    @property
    def subject(self) -> tuple[Fact, str, int | None]:
        """What it is about; of each subject there is one correction at a time."""
        if self.fact.kind.several:
            return self.fact, self.value, self.start
        return self.fact, "", None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A fact that people have corrected: what they say, and what the text says.

    Attributes:
        correction: What they say.
        read: What was read out of the text (Swedish, safe to show), None for nothing.
        spans: Where hidden sections stood.
    """

    correction: FactCorrection
    read: str | None
    spans: tuple[Span, ...] = ()
