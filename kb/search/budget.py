"""What one query may cost. All limits lie here; past them a query is cut, and says so."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

MAX_CLAUSES = 32
"""Words of a query that are looked for; a pasted page must not stop the server."""

MAX_WORDS = 1_000
"""Words that a beginning or an inner part (word*, *word*) may stand for."""

MAX_RELATED = 2_000
"""Words that a typed word may stand for one by one, when a kind of match is left out."""

SECONDS = 2.0
"""Time to find documents in."""

MAX_POSTINGS = 100_000_000
"""Postings and pairs of positions that may be touched."""

TOO_LONG = (
    "Sökningen blev för omfattande och avbröts, så alla träffar är inte med. "
    "Prova med färre eller mer ovanliga ord."
)
FIRST_CLAUSES = f"Bara de första {MAX_CLAUSES} orden användes."


class OverBudgetError(Exception):
    """A query has cost what it may cost."""


@dataclass(slots=True)
class Budget:
    """What is left to one query.

    The clock is read between array operations, each of which is short, so a query ends
    at most a few hundredths of a second late.

    Attributes:
        postings: Postings it may still touch.
        until: Moment, by the monotonic clock, at which it is cut.
    """

    postings: int = MAX_POSTINGS
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def spend(self, postings: int) -> None:
        """Take account of work about to be done.

        Raises:
            OverBudgetError: There is no time or room for it.
        """
        self.postings -= postings
        if self.postings < 0 or time.monotonic() > self.until:
            raise OverBudgetError
