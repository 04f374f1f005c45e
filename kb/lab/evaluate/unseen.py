"""Quality on minutes of bodies that no rule was written for.

Gold and split are in `tests/gold/unseen`; its README describes the format. Written texts are beside
their gold; real ones are fetched into a separate folder, and measured if it is given.
Single errors are listed for the open half only; for the closed half only totals are shown.
Leaving one body out at a time would add nothing: hand-written rules are not refitted.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.lab.evaluate.minutes_compare import MinutesKind, SameName, Verdict, compare, same_name
from kb.lab.evaluate.minutes_damaged import legible_name
from kb.lab.evaluate.minutes_gold import MinutesGold, decode, load_file
from kb.lab.evaluate.minutes_table import Counts, Read, f1, halved, precision, recall
from kb.lab.evaluate.table import FigureRow
from kb.parse import parse
from kb.repair import repair

_LONG = 8000
"""Number of characters from which minutes count as long."""

_SURE = 0.9
"""Confidence at which nine of ten persons must be right."""

_ATTENDANCE = (MinutesKind.PERSON, MinutesKind.PRESENCE)


Measure = Callable[[Sequence[Read]], float]
"""Computes a figure of some documents; NaN where there is nothing to measure."""


def _counted(kind: MinutesKind, share: Callable[[Counts], float]) -> Measure:
    return lambda reads: share(Counts.of(reads, kind))


def load(folder: Path, texts: Path | None) -> tuple[list[MinutesGold], list[MinutesGold]]:
    """Read the gold in `folder`: of written minutes, and of real ones whose text is in `texts`.

    Raises:
        UserError: A text is missing among the written ones, or does not fit its gold.
    """
    closed = {row["body"] for row in _split(folder) if row["half"] == "closed"}

    def read(file: Path, beside: Path) -> MinutesGold:
        gold = load_file(file, beside)
        return replace(gold, blind=file.stem.partition("__")[0] in closed)

    written = [read(file, file.parent) for file in sorted((folder / "written").glob("*.json"))]
    real = [
        read(file, texts)
        for file in sorted((folder / "real").glob("*.json"))
        if texts is not None and (texts / decode(file).path).is_file()
    ]
    return written, real


def _split(folder: Path) -> Iterator[dict[str, str]]:
    lines = (folder / "split.tsv").read_text("utf-8").splitlines()
    yield from csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")


def rows(written: Sequence[MinutesGold], real: Sequence[MinutesGold]) -> Iterator[str | FigureRow]:
    """Yield the tables of written and of real ones, separately."""
    for title, documents, holds in (
        ("Osedda organ, skrivna", written, True),
        ("Osedda organ, verkliga", real, False),
    ):
        if not documents:
            yield f"\n{title}: inga texter (--texts)"
            continue
        reads = [read(each) for each in documents]
        halves = halved(reads)
        names = "".join(f"{name:>10}" for name in ("öppna", "alla"))
        counts = f"{len(halves[0]):>10}{len(reads):>10}{len(halves[1]):>14}"
        yield f"\n{title:<46}{names}{'slutna':>14}\n{'Dokument':<46}{counts}"
        for figure in FIGURES:
            yield figure.row(reads, floors=holds)


def read(gold: MinutesGold) -> Read:
    """Parse a document and compare; where its letters are damaged, names need be legible only."""
    damaged = any(letters_lost(gold))
    same: SameName = legible_name if damaged else same_name
    return Read(gold, tuple(compare(gold, parse(repair(gold.source)), same)))


def letters_lost(gold: MinutesGold) -> Iterator[bool]:
    """Yield for each person whether the name is damaged."""
    return (person.name != person.stands for person in gold.people)


def _wholly_right(reads: Iterable[Read]) -> float:
    """Return the share of documents with people in which all are right, and no one is false."""
    right = [
        all(each.verdict is Verdict.RIGHT for each in read.outcomes if each.kind in _ATTENDANCE)
        for read in reads
        if read.gold.people
    ]
    return sum(right) / len(right) if right else math.nan


def _calibrated(reads: Iterable[Read]) -> float:
    """Return how many of the persons found with high confidence are right."""
    sure = [
        each.verdict is Verdict.RIGHT
        for read in reads
        for each in read.outcomes
        if each.kind is MinutesKind.PERSON and each.sure is not None and each.sure >= _SURE
    ]
    return sum(sure) / len(sure) if sure else math.nan


def _false_decisions(reads: Iterable[Read]) -> float:
    """Return how many false decisions a long document has."""
    false = [
        sum(e.kind is MinutesKind.DECISION and e.verdict is Verdict.FALSE for e in read.outcomes)
        for read in reads
        if len(read.gold.text) >= _LONG
    ]
    return sum(false) / len(false) if false else math.nan


@dataclass(frozen=True, slots=True)
class UnseenFigure:
    """A line of the table; its floor is for the closed half of the written ones."""

    name: str
    measure: Measure
    floor: float | None = None
    unit: str = "%"
    lower: bool = False

    def row(self, reads: Sequence[Read], *, floors: bool) -> FigureRow:
        """Return the figure of the open half, of all and of the closed half."""
        opened, closed = halved(reads)
        return FigureRow(
            self.name,
            self.measure(closed),
            self.floor if floors else None,
            self.unit,
            lower=self.lower,
            parts=(self.measure(opened), self.measure(reads)),
        )


FIGURES = (
    UnseenFigure("Datum rätt", _counted(MinutesKind.DATE, recall), 0.97),
    UnseenFigure("Grupp F1", _counted(MinutesKind.GROUP, f1), 0.35),
    UnseenFigure("Personer: precision", _counted(MinutesKind.PERSON, precision), 0.97),
    UnseenFigure("Personer: täckning", _counted(MinutesKind.PERSON, recall), 0.90),
    UnseenFigure(
        "Närvaro och roll rätt, av funna personer", _counted(MinutesKind.PRESENCE, recall), 0.88
    ),
    UnseenFigure("Närvaron helt rätt, av dokumenten", _wholly_right, 0.20),
    UnseenFigure("Personer säkra till 90 % som är rätt", _calibrated, 0.95),
    UnseenFigure("Tid F1", _counted(MinutesKind.TIME, f1), 0.80),
    UnseenFigure("Plats F1", _counted(MinutesKind.PLACE, f1)),
    UnseenFigure("Kommun med del F1", _counted(MinutesKind.MUNICIPALITY, f1), 0.70),
    UnseenFigure("Avsnitt: precision", _counted(MinutesKind.SECTION, precision), 0.90),
    UnseenFigure("Avsnitt: täckning", _counted(MinutesKind.SECTION, recall), 0.74),
    UnseenFigure("Avsnittens slut rätt, av funna avsnitt", _counted(MinutesKind.END, recall), 0.93),
    UnseenFigure("Beslut: precision", _counted(MinutesKind.DECISION, precision), 0.89),
    UnseenFigure("Beslut: täckning", _counted(MinutesKind.DECISION, recall), 0.74),
    UnseenFigure("Beslut F1", _counted(MinutesKind.DECISION, f1), 0.81),
    UnseenFigure("Falska beslut per långt dokument", _false_decisions, 3, unit="st", lower=True),
    UnseenFigure("Åtaganden: precision", _counted(MinutesKind.ACTION, precision), 0.82),
    UnseenFigure("Åtaganden: täckning", _counted(MinutesKind.ACTION, recall), 0.62),
    UnseenFigure("Åtaganden F1", _counted(MinutesKind.ACTION, f1), 0.72),
    UnseenFigure("Bordlagt F1", _counted(MinutesKind.POSTPONED, f1), 0.50),
    UnseenFigure("Kommande möten F1", _counted(MinutesKind.MEETING, f1), 0.42),
    UnseenFigure("Vad kommuner säger: precision", _counted(MinutesKind.VOICE, precision), 0.88),
    UnseenFigure("Vad kommuner säger: täckning", _counted(MinutesKind.VOICE, recall), 0.82),
)
