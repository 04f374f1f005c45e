"""A measured figure with its floor, as the tables of `kb eval` show it."""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum


class Measured(StrEnum):
    """What an evaluation measures; speed is measured alone, so that nothing else slows it."""

    QUALITY = "quality"
    SPEED = "speed"  # and memory


EVERYTHING: Set[Measured] = frozenset(Measured)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A measured figure.

    Attributes:
        name: What was measured, in Swedish.
        value: The figure; NaN if there was nothing to measure, which holds no floor.
        floor: The worst figure allowed, None where there is none.
        unit: How the figure is written.
        lower: Whether lower is better.
        enforced: Whether missing the floor fails the evaluation; speed and memory are only
            reported, since machines differ.
        parts: The same figure of parts of the whole, shown before it.
    """

    name: str
    value: float
    floor: float | None = None
    unit: str = "%"
    lower: bool = False
    enforced: bool = True
    parts: tuple[float, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether the floor is kept."""
        if self.floor is None:
            return True
        return self.value <= self.floor if self.lower else self.value >= self.floor

    @property
    def fails(self) -> bool:
        """Tell whether the evaluation fails by it."""
        return self.enforced and not self.holds

    def __str__(self) -> str:
        bound = "≤" if self.lower else "≥"
        floor = "" if self.floor is None else f"{bound} {self.written(self.floor)}"
        mark = "" if self.holds else "  UNDER GOLVET"
        parts = "".join(f"{self.written(part):>10}" for part in self.parts)
        return f"{self.name:<46}{parts}{self.written(self.value):>14}   {floor}{mark}"

    def written(self, figure: float) -> str:
        """Return a figure in the row's unit; one that could not be measured is a dash."""
        if math.isnan(figure):
            return "–"
        if self.unit == "%":
            return f"{figure:.2%}".replace(".", ",").replace("%", " %")
        return f"{figure:,.0f} {self.unit}".replace(",", " ")
