"""How well minutes are understood: what `kb eval parse` prints and holds to its floors.

Each figure is given for the half that rule writers look at, for the other (blind), and for
all, which the floors are for.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import UserError
from kb.evaluate.minutes_compare import Kind, Outcome, Verdict, compare
from kb.evaluate.minutes_gold import Gold, load
from kb.evaluate.table import Row
from kb.model import RepairedText
from kb.parse import parse, to_json
from kb.read import read_original
from kb.repair import repair

_SPEED_RUNS = 5
_CONTEXT = 90  # characters of the text that a list of errors shows


@dataclass(frozen=True, slots=True)
class Read:
    """A document of the gold with how each comparison went."""

    gold: Gold
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something was right, missed and false, and the shares that follow, 0-1."""

    right: int
    missed: int
    false: int

    @classmethod
    def of(cls, reads: Iterable[Read], kind: Kind) -> Counts:
        """Count the outcomes of one kind."""
        seen = [each.verdict for read in reads for each in read.outcomes if each.kind is kind]
        return cls(*(seen.count(verdict) for verdict in Verdict))

    @property
    def precision(self) -> float:
        """Share of what was found that is right; NaN if nothing was."""
        return self._share(self.right + self.false)

    @property
    def recall(self) -> float:
        """Share of what is to be found that was; NaN if there is nothing."""
        return self._share(self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN if there is nothing to find or found."""
        return self._share(self.right + (self.missed + self.false) / 2)

    def _share(self, whole: float) -> float:
        return self.right / whole if whole else math.nan


Share = Callable[[Counts], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what is counted, how, and the floor over all documents."""

    name: str
    kind: Kind
    share: Share
    floor: float | None = None

    def line(self, reads: Sequence[Read]) -> tuple[Row, str]:
        """Return the figure over all of `reads`, and how it is shown beside its halves."""
        dev = [read for read in reads if not read.gold.blind]
        blind = [read for read in reads if read.gold.blind]
        halves = [self.share(Counts.of(half, self.kind)) for half in (dev, blind)]
        counts = Counts.of(reads, self.kind)
        row = Row(self.name, self.share(counts), self.floor)
        return row, f"{row.beside(*halves)}   ({counts.right + counts.missed} st)"


def _precision(counts: Counts) -> float:
    return counts.precision


def _recall(counts: Counts) -> float:
    return counts.recall


def _f1(counts: Counts) -> float:
    return counts.f1


FIGURES = (
    Figure("Datum rätt", Kind.DATE, _recall, 0.98),
    Figure("Personer: precision", Kind.PERSON, _precision, 0.97),
    Figure("Personer: täckning", Kind.PERSON, _recall, 0.97),
    Figure("Närvaro och roll rätt, av funna personer", Kind.PRESENCE, _recall, 0.96),
    Figure("Grupp F1", Kind.GROUP, _f1),
    Figure("Tid F1", Kind.TIME, _f1),
    Figure("Plats F1", Kind.PLACE, _f1),
    Figure("Kommun med del F1", Kind.MUNICIPALITY, _f1, 0.97),
    Figure("Avsnitt F1", Kind.SECTION, _f1, 0.93),
    Figure("Avsnittens slut rätt, av funna avsnitt", Kind.END, _recall),
    Figure("Beslut F1", Kind.DECISION, _f1, 0.85),
    Figure("Åtaganden F1", Kind.ACTION, _f1, 0.80),
    Figure("Bordlagt F1", Kind.POSTPONED, _f1),
    Figure("Kommande möten F1", Kind.MEETING, _f1, 0.92),
)


def run(shared: Path, gold: Path, errors: str | None = None) -> int:
    """Print the table of measured figures, or what lies behind them.

    Args:
        shared: Folder that holds `corpora/minutes`, `corpora/ocr` and `seeds`.
        gold: Folder of gold; the seeds' lies beside it, in `golden`.
        errors: List the errors of this kind in the open half instead; "" for all kinds.

    Returns:
        0 if every floor is kept, else 1.

    Raises:
        UserError: Gold or corpus is missing, or there is no such kind.
    """
    documents = load(gold / "minutes", shared / "corpora" / "minutes")
    if errors is not None:
        return _list_errors(documents, errors)
    texts = {each.path: repair(each.source) for each in documents}
    reads = [read(each, texts[each.path]) for each in documents]
    blind = sum(each.blind for each in documents)
    print(f"{f'{len(documents)} dokument':<46}{'öppna':>10}{'blinda':>10}{'alla':>14}")
    print(f"{'':<46}{len(documents) - blind:>10}{blind:>10}{len(documents):>14}")
    kept = True
    for figure in FIGURES:
        row, line = figure.line(reads)
        print(line, flush=True)
        kept &= not row.fails
    for row in (_speed(list(texts.values())), _seeds(shared / "seeds", gold.parent / "golden")):
        print(row, flush=True)
        kept &= not row.fails
    return 0 if kept else 1


def read(gold: Gold, text: RepairedText) -> Read:
    """Parse a document and compare."""
    return Read(gold, tuple(compare(gold, parse(text))))


def _list_errors(documents: Iterable[Gold], kind: str) -> int:
    if kind and kind not in list(Kind):
        raise UserError(f"Det finns inget fel av slaget ”{kind}”. Slag: {', '.join(Kind)}.")
    wanted = {Kind(kind)} if kind else set(Kind)
    for gold in documents:
        if not gold.blind:
            for line in error_lines(read(gold, repair(gold.source)), wanted):
                print(line, flush=True)
    return 0


def error_lines(done: Read, kinds: Iterable[Kind]) -> Iterator[str]:
    """Yield a line for each miss (-) and each false finding (+), with its place and text."""
    wanted = set(kinds)
    wrong = [each for each in done.outcomes if each.verdict is not Verdict.RIGHT]
    for each in sorted(wrong, key=lambda each: (each.kind, each.span.start if each.span else -1)):
        if each.kind in wanted:
            place = f"{each.span.start}:{each.span.end}" if each.span else "–"
            said = each.span.slice(done.gold.text) if each.span else ""
            shown = " | ".join(
                part[:_CONTEXT] for part in (each.shown, " ".join(said.split())) if part
            )
            yield f"{each.verdict.value} {each.kind:<12} {done.gold.path} {place} {shown}"


def _speed(texts: Sequence[RepairedText]) -> Row:
    """Measure parsing by itself: the median of several runs over all texts, on one core."""
    spent = []
    for _ in range(_SPEED_RUNS):
        begun = time.process_time()
        for text in texts:
            parse(text)
        spent.append(time.process_time() - begun)
    pace = len(texts) / max(statistics.median(spent), 1e-9)
    return Row("Fart, efter lagning", pace, 200, unit="dok/s", enforced=False)


def _seeds(folder: Path, golden: Path) -> Row:
    """Measure how many seeds are read exactly as a careful reader listed them."""
    files = sorted(golden.glob("*.json"))
    if not files:
        raise UserError(f"Mappen {golden} saknar fröernas facit; det behövs för att mäta.")
    exact = 0
    for file in files:
        name = f"{file.stem}.txt"
        got = to_json(parse(repair(read_original(folder / name, name))))
        exact += got == json.loads(file.read_text("utf-8"))
    return Row("Frön exakt lästa", exact / len(files), 1.0)
