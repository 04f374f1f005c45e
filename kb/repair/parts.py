"""Parts of Swedish compounds: how many words begin and end with each.

The counts are learned once from the words of wordfreq and kept in `data/compound_parts.tsv`. They
prefer "barn|hus" to "bar|nåhus", and include heads that are no words by themselves
("föräldra|grupp", "skol|lag").
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.swedish.tables import rows

PARTS = "compound_parts.tsv"

_VOWELS = frozenset("aeiouyåäö")
_FEWEST = 2
_FEWEST_OWN = 6  # words that must share a head that is no word itself
_HEADER = """\
# Parts of Swedish compounds. Columns: part, how many words begin with it, how many end with it.
# Learned from the word list of wordfreq 3.1.1 (Robyn Speer; data CC BY-SA 4.0), 2026-11-22, by
# `kb.repair.parts.write`.
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """Costs of parts in nats: `heads` in front, `tails` at the end of a compound."""

    heads: Mapping[str, float]
    tails: Mapping[str, float]


@lru_cache(maxsize=1)
def default_parts() -> Parts:
    """Return the compound parts of this process."""
    heads: dict[str, int] = {}
    tails: dict[str, int] = {}
    for part, first, last in rows("kb.repair", PARTS):
        if first != "0":
            heads[part] = int(first)
        if last != "0":
            tails[part] = int(last)
    return Parts(_costs(heads), _costs(tails))


def _costs(counts: Mapping[str, int]) -> dict[str, float]:
    whole = math.log(sum(counts.values()))
    return {part: whole - math.log(count) for part, count in counts.items()}


def learn(costs: Mapping[str, float]) -> tuple[Counter[str], Counter[str]]:
    """Count the heads and tails of the words in `costs`, each split at its likeliest place."""
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    stems: Counter[str] = Counter()  # whatever stands before a common word
    for word, cost in costs.items():
        if len(word) < 7 or cost > 18.5:
            continue
        splits = []
        for cut in range(3, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            last = costs.get(tail, math.inf)
            if last > (11.0 if len(tail) < 4 else 14.0) or not _sounds(head, tail):
                continue
            if last < 12.0 and len(tail) > 4:
                stems[head] += 1
            first = _head_cost(head, costs)
            if first <= (11.0 if cut < 4 else 14.5):
                splits.append((first + last, head, tail))
        cheapest, head, tail = min(splits, default=(math.inf, "", ""))
        if cheapest < 26.0:
            heads[head] += 1
            tails[tail] += 1
    heads.update({h: n for h, n in stems.items() if n >= _FEWEST_OWN and h not in heads})
    return heads, tails


def _head_cost(head: str, costs: Mapping[str, float]) -> float:
    alone = costs.get(head, math.inf)
    if head.endswith("s") and len(head) > 3:
        return min(alone, costs.get(head[:-1], math.inf) + 0.5)
    return alone


def _sounds(*parts: str) -> bool:
    return all(_VOWELS & set(part) for part in parts)


def write(costs: Mapping[str, float], target: Path) -> None:
    """Learn the parts from `costs` and write them to `target`."""
    heads, tails = learn(costs)
    rows: Iterable[str] = (
        f"{part}\t{heads[part]}\t{tails[part]}\n"
        for part in sorted(heads.keys() | tails.keys())
        if max(heads[part], tails[part]) >= _FEWEST
    )
    target.write_text(_HEADER + "".join(rows), "utf-8")
