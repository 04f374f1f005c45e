"""Limits of the cost of one query; a query beyond them is cut and says so."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

MAX_CLAUSES = 32
"""Most words of a query; a pasted page must not stop the server."""

MAX_WORDS = 1_000
"""Most words that a pattern (word*, *word*) is expanded to."""

MAX_RELATED = 2_000
"""Most words that a typed word is expanded to, when a kind of match is left out."""

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
    """A query exceeded its budget."""


@dataclass(slots=True)
class Budget:
    """The remaining budget of one query.

    The clock is read between array operations, each of which is short, so a query ends
    at most a few hundredths of a second late.

    Attributes:
        postings: Postings it may still touch.
        until: Time of the monotonic clock at which it is cut.
    """

    postings: int = MAX_POSTINGS
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def spend(self, postings: int) -> None:
        """Charge for work about to be done.

        Raises:
            OverBudgetError: It exceeds the budget.
        """
        self.postings -= postings
        if self.postings < 0 or time.monotonic() > self.until:
            raise OverBudgetError
