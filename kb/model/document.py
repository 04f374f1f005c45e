"""One original with all that was derived from it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.corrections import Corrected
from kb.model.minutes import Minutes
from kb.model.text import RepairedText, SourceText


@dataclass(frozen=True, slots=True)
class Document:
    """One original with all that was derived from it.

    Attributes:
        repaired: Its text. What people have hidden is blotted out, in the source text too.
        minutes: Its facts, those corrected that people have corrected.
        corrected: The corrections that are in them.
    """

    repaired: RepairedText
    minutes: Minutes
    corrected: tuple[Corrected, ...] = ()

    @property
    def id(self) -> str:
        """The document's id: its path inside the library."""
        return self.repaired.source.path

    @property
    def source(self) -> SourceText:
        """The text as it was read."""
        return self.repaired.source
