"""Counts of comparisons, for both halves of the gold and the whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.lab.evaluate.minutes_compare import MinutesKind, MinutesOutcome, Verdict
from kb.lab.evaluate.minutes_gold import MinutesGold
from kb.lab.evaluate.table import FigureRow


@dataclass(frozen=True, slots=True)
class Read:
    """A document of the gold with how each comparison went."""

    gold: MinutesGold
    outcomes: tuple[MinutesOutcome, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of right, missed and false outcomes."""

    right: int
    missed: int
    false: int

    @classmethod
    def of(cls, reads: Iterable[Read], kind: MinutesKind) -> Counts:
        """Count the outcomes of one kind."""
        seen = [each.verdict for read in reads for each in read.outcomes if each.kind is kind]
        return cls(*(seen.count(verdict) for verdict in Verdict))


def precision(counts: Counts) -> float:
    """Return the precision; NaN if nothing was found."""
    return _share(counts, counts.right + counts.false)


def recall(counts: Counts) -> float:
    """Return the recall; NaN if there is nothing to find."""
    return _share(counts, counts.right + counts.missed)


def f1(counts: Counts) -> float:
    """Return F1, the harmonic mean of precision and recall; NaN if neither is defined."""
    return _share(counts, counts.right + (counts.missed + counts.false) / 2)


def _share(counts: Counts, whole: float) -> float:
    return counts.right / whole if whole else math.nan


@dataclass(frozen=True, slots=True)
class MinutesFigure:
    """A line of the table: what is counted, how, and the floor over all documents."""

    name: str
    kind: MinutesKind
    share: Callable[[Counts], float]
    floor: float | None = None

    def row(self, reads: Sequence[Read]) -> FigureRow:
        """Return the figure over all of `reads`, and over its halves."""
        halves = halved(reads)
        counts = Counts.of(reads, self.kind)
        parts = tuple(self.share(Counts.of(half, self.kind)) for half in halves)
        return FigureRow(self.name, self.share(counts), self.floor, parts=parts)


def halved(reads: Iterable[Read]) -> tuple[list[Read], list[Read]]:
    """Return the documents of the open half, and the blind ones."""
    halves: tuple[list[Read], list[Read]] = ([], [])
    for read in reads:
        halves[read.gold.blind].append(read)
    return halves


def heading(title: str, reads: Sequence[Read]) -> str:
    """Return the head of a table over `reads`."""
    numbers = "".join(f"{name:>10}" for name in ("öppna", "blinda"))
    dev, blind = map(len, halved(reads))
    return (
        f"\n{title:<46}{numbers}{'alla':>14}\n{'Dokument':<46}{dev:>10}{blind:>10}{len(reads):>14}"
    )
