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


class Fact(StrEnum):
    """A fact that people can correct, by its name in a sidecar."""

    TITLE = "title"
    DATE = "date"
    GROUP = "group"
    KIND = "kind"
    MUNICIPALITY = "municipality"
    PERSON = "person"
    HIDDEN = "hide"  # a section to be kept from search and page


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
        if self.fact in (Fact.MUNICIPALITY, Fact.PERSON, Fact.HIDDEN):
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
