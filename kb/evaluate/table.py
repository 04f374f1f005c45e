"""A measured figure beside its floor, as the tables of `kb eval` show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured figure.

    Attributes:
        name: What was measured, in Swedish.
        value: The figure.
        floor: The worst figure allowed, None where there is none.
        unit: How the figure is written.
        lower: Whether lower is better.
        enforced: Whether missing the floor fails the evaluation; speed and memory are
            told but do not, for machines differ.
    """

    name: str
    value: float
    floor: float | None = None
    unit: str = "%"
    lower: bool = False
    enforced: bool = True

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
        floor = "" if self.floor is None else f"{'≤' if self.lower else '≥'} {self._as(self.floor)}"
        mark = "" if self.holds else "  UNDER GOLVET"
        return f"{self.name:<46}{self._as(self.value):>14}   {floor}{mark}"

    def _as(self, figure: float) -> str:
        if self.unit == "%":
            return f"{figure:.2%}".replace(".", ",").replace("%", " %")
        return f"{figure:,.0f} {self.unit}".replace(",", " ")
