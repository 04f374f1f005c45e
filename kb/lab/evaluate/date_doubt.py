"""Whether wrong dates are marked as doubtful, and right ones are not."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.lab.evaluate.date_plants import Evidence, Plant, plants
from kb.lab.evaluate.minutes_gold import MinutesGold, is_blind
from kb.lab.evaluate.table import FigureRow
from kb.model import DateFinding
from kb.parse import parse
from kb.read.plain import read_plain
from kb.repair import repair

FLAGGED, FALSE_FLAGS = 0.95, 0.02
"""The floor and the ceiling."""

_UNSURE = ("publication", "verify")
"""Words of the manifest for dates that may not be those of the meetings."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A file of the corpus: the day of its meeting, if that is known for sure, and the one read."""

    path: str
    true: dt.date | None
    read: DateFinding

    @property
    def right(self) -> bool:
        """Whether the true day was read."""
        return self.read.stated == self.true

    @property
    def falsely_flagged(self) -> bool:
        """Whether it is doubted, and is not known to be wrong."""
        return flagged(self.read) and (self.true is None or self.right)


def flagged(date: DateFinding) -> bool:
    """Tell whether a reader is told that the date may be wrong."""
    return date.stated is not None and date.is_doubtful and bool(date.reasons)


def corpus(folder: Path, documents: Sequence[MinutesGold]) -> list[Dated]:
    """Read the date of every file that the manifest in `folder` lists.

    Dates in `documents` override the manifest.
    """
    known = {gold.path: gold.date for gold in documents}
    found = []
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = row["path"]
            unsure = any(word in row["date_source"] for word in _UNSURE)
            listed = None if unsure else dt.date.fromisoformat(row["date"])
            text = read_plain((folder / path).read_bytes(), path, "")
            found.append(Dated(path, known.get(path, listed), parse(repair(text)).date))
    return found


def doubted(plant: Plant) -> bool:
    """Tell whether the date planted in a document is doubted."""
    return flagged(_read(plant))


def _read(plant: Plant) -> DateFinding:
    return parse(repair(read_plain(plant.text.encode(), plant.path, ""))).date


def rows(folder: Path, documents: Sequence[MinutesGold]) -> Iterator[FigureRow]:
    """Measure dates over all files of the corpus, and doubt where it is due and undue."""
    found = corpus(folder, documents)
    sure = [each for each in found if each.true]
    yield FigureRow(f"Datum rätt, alla {len(sure)} med känt datum", _mean([e.right for e in sure]))
    false = [each.falsely_flagged for each in found]
    yield FigureRow(f"Falska tvivel, {len(false)} filer", _mean(false), FALSE_FLAGS, lower=True)
    planted = [(plant, doubted(plant)) for plant in plants(documents)]
    for kind in Evidence:
        hits = [hit for plant, hit in planted if kind in plant.evidence]
        yield FigureRow(f"  {kind} ({len(hits)})", _mean(hits))
    hits = [hit for _, hit in planted]
    yield FigureRow(f"Motsägelser märkta, av {len(hits)}", _mean(hits), FLAGGED)


def _mean(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def error_lines(folder: Path, documents: Sequence[MinutesGold]) -> Iterator[str]:
    """Yield a line for each plant not doubted (-), false doubt (+) and wrong date (/).

    Errors of the blind half are not listed.
    """
    for plant in plants(documents):
        date = _read(plant)
        if not flagged(date):
            told = ", ".join(sorted(plant.evidence))
            yield (
                f"- doubt {plant.gold.path} {plant.gold.date} planterat {plant.wrong} ({told}), "
                f"läst {date.stated} {date.confidence}"
            )
    for each in corpus(folder, documents):
        if is_blind(each.path):
            continue
        told = f"{each.path} {each.true}, läst {each.read.stated} {each.read.confidence}"
        if each.falsely_flagged:
            yield f"+ doubt {told}: {' '.join(each.read.reasons)}"
        elif each.true and not each.right:
            yield f"/ doubt {told}"
