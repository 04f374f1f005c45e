"""The misreadings of OCR without Swedish: costs of reading one string as another.

The noisy channel of Kernighan, Church and Gale (1990), with the string-to-string edits of Brill and
Moore (2000): each rule gives the cost, in nats, of reading `clean` as `read`.
The costs are learned from aligned pages by `kb.lab.train` and kept in `data/ocr_costs.tsv`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

COSTS = "ocr_costs.tsv"


@dataclass(frozen=True, slots=True)
class Misreading:
    """`clean` is read as `read`, at a cost in nats."""

    clean: str
    read: str
    cost: float


class NoisyChannel:
    """The rules, indexed by what was read.

    Args:
        rules: Each pair of strings once; either may be empty. A letter read as itself costs
            nothing unless there is a rule for it.
    """

    def __init__(self, rules: Iterable[Misreading]) -> None:
        by_read: defaultdict[str, list[Misreading]] = defaultdict(list)
        self._as_is: dict[str, float] = {}
        for rule in rules:
            if rule.clean == rule.read:
                self._as_is[rule.clean] = rule.cost
            else:
                by_read[rule.read].append(rule)
        self.lost = tuple((r.clean, r.cost) for r in by_read.pop("", ()))
        """Strings that may stand where nothing was read, with their costs."""
        self._starts: dict[str, list[tuple[str, str, float]]] = {}
        for read, found in by_read.items():
            self._starts.setdefault(read[0], []).extend((read, r.clean, r.cost) for r in found)

    def readings(self, read: str, at: int) -> list[tuple[int, str, float]]:
        """Return what `read[at:]` may stand for: (characters consumed, clean string, cost)."""
        letter = read[at]
        found = [(1, letter, self._as_is.get(letter, 0.0))]
        for shown, clean, cost in self._starts.get(letter, ()):
            if read.startswith(shown, at):
                found.append((len(shown), clean, cost))
        return found


def parse_rules(lines: Iterable[str]) -> Iterator[Misreading]:
    """Read rules from lines of "clean, read, cost, count", set apart by tabs."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            clean, read, cost, _count = line.rstrip("\n").split("\t")
            yield Misreading(clean, read, float(cost))


@lru_cache(maxsize=1)
def default_channel() -> NoisyChannel:
    """Return the channel with the costs in `data/`."""
    text = resources.files("kb.repair").joinpath("data", COSTS).read_text("utf-8")
    return NoisyChannel(parse_rules(text.splitlines()))
