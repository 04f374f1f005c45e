"""When a fact is doubtful: one threshold for each kind of fact."""

from __future__ import annotations

from typing import ClassVar, Final

DATE: Final = 0.5
PARTICIPANT: Final = 0.5
MUNICIPALITY: Final = 0.5
SECTION: Final = 0.5
STATEMENT: Final = 0.5
"""Decisions, undertakings, postponed points and questions."""
MEETING: Final = 0.5
"""Coming meetings."""
REFERENCE: Final = 0.5
LATER: Final = 0.5
"""That a later sentence speaks of an undertaking or a postponed point."""


class Doubt:
    """A fact that is doubtful when its confidence, 0-1, is below the threshold of its kind.

    A doubtful fact is marked where it is shown, is no facet, and is no evidence about other
    documents.
    """

    __slots__ = ()

    confidence: float
    threshold: ClassVar[float]

    @property
    def is_doubtful(self) -> bool:
        """Whether readers are told that it may be wrong."""
        return self.confidence < self.threshold
