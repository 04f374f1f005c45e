"""Measures the Swedish analysis with hand-made lists, and checks its floors."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from kb.errors import UserError
from kb.lab.evaluate.table import EVERYTHING, Measured
from kb.swedish.analysis import Analyzer, default_analyzer
from kb.swedish.tokenize import normalize, tokenize

RECALL_FLOOR = 0.96
FALSE_MERGE_CEILING = 0.06
COMPOUND_FLOOR = 0.95
WHOLE_FLOOR = 0.97
WARM_FLOOR = 100_000
COLD_FLOOR = 5_000
MEMORY_CEILING = 400


FloorLine = tuple[str, float, str, float]
"""What was measured, the figure, its relation to the bound (">=" or "<="), the bound."""


@dataclass(frozen=True, slots=True)
class WordPair:
    """Two words and whether a search for one should find the other."""

    first: str
    second: str
    conflate: bool
    category: str


@dataclass(frozen=True, slots=True)
class Conflation:
    """How many pairs were united and kept apart, and which were not."""

    together: int
    apart: int
    missed: tuple[WordPair, ...]
    merged: tuple[WordPair, ...]

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together and were united."""
        return 1 - len(self.missed) / self.together if self.together else 1.0

    @property
    def false_merges(self) -> float:
        """Share of the pairs that do not belong together and were united."""
        return len(self.merged) / self.apart if self.apart else 0.0


@dataclass(frozen=True, slots=True)
class Compounds:
    """How compounds were split; the splits that are not exact as (got, wanted)."""

    compounds: int
    wholes: int
    finer: tuple[tuple[str, str], ...]
    coarser: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    cut: tuple[tuple[str, str], ...]

    @property
    def exact(self) -> float:
        """Share of compounds split at exactly the wanted places."""
        off = len(self.finer) + len(self.coarser) + len(self.wrong)
        return 1 - off / self.compounds if self.compounds else 1.0

    @property
    def right(self) -> float:
        """The same, a finer or coarser split counted as right."""
        return 1 - len(self.wrong) / self.compounds if self.compounds else 1.0

    @property
    def left_whole(self) -> float:
        """Share of the words that are no compounds and were not split."""
        return 1 - len(self.cut) / self.wholes if self.wholes else 1.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Words a second (on one core) seen before, new words a second, and megabytes in use."""

    warm: float
    cold: float
    megabytes: float


def conflation(pairs: Sequence[WordPair], analyzer: Analyzer) -> Conflation:
    """Measure which pairs of words get the same key."""
    missed, merged = [], []
    for pair in pairs:
        united = _keys(analyzer, pair.first) == _keys(analyzer, pair.second)
        if pair.conflate and not united:
            missed.append(pair)
        elif united and not pair.conflate:
            merged.append(pair)
    together = sum(pair.conflate for pair in pairs)
    return Conflation(together, len(pairs) - together, tuple(missed), tuple(merged))


def compounds(wanted: Sequence[tuple[str, str, bool]], analyzer: Analyzer) -> Compounds:
    """Measure where words are split.

    Args:
        wanted: Word, its split at "+", and whether it is a compound.
        analyzer: What splits them.
    """
    found: dict[str, list[tuple[str, str]]] = {"finer": [], "coarser": [], "wrong": [], "cut": []}
    for word, split, is_compound in wanted:
        parts = [part for token in analyzer.tokens(word) for part in token.word.parts]
        got = "+".join(parts) or word
        if got.casefold() != split.casefold():
            found[_deviation(got, split) if is_compound else "cut"].append((got, split))
    number = sum(is_compound for _, _, is_compound in wanted)
    return Compounds(
        number,
        len(wanted) - number,
        *(tuple(found[k]) for k in ("finer", "coarser", "wrong", "cut")),
    )


def speed(text: str) -> Speed:
    """Measure a new analyzer on the words of `text`, each distinct word first, then all."""
    analyzer = Analyzer()
    forms = sorted({normalize(raw.text) for raw in tokenize(text)})
    cold = _timed(lambda: sum(1 for _ in map(analyzer.word, forms)))
    words = sum(1 for _ in analyzer.tokens(text))
    warm = _timed(lambda: sum(1 for _ in analyzer.tokens(text)))
    return Speed(words / warm, len(forms) / cold, _megabytes())


def run(shared: Path, measured: Set[Measured] = EVERYTHING) -> int:
    """Print the figures for the lists below `shared`; return 1 if a floor is missed."""
    lines: list[FloorLine] = []
    notes: list[str] = []
    if Measured.QUALITY in measured:
        lines, notes = _quality(shared / "gold", default_analyzer())
    if Measured.SPEED in measured:
        pace = speed(_sample(shared))
        lines += [
            ("words a second, warm", pace.warm, ">=", WARM_FLOOR),
            ("new words a second", pace.cold, ">=", COLD_FLOOR),
            ("memory, MB", pace.megabytes, "<=", MEMORY_CEILING),
        ]
    passed = True
    for name, value, relation, bound in lines:
        holds = value >= bound if relation == ">=" else value <= bound
        passed &= holds
        shown = f"{value:10.3f}" if value <= 1 else f"{value:10,.0f}"
        print(f"{name:<35}{shown}  {relation} {bound:<9,}{'ok' if holds else 'MISSED'}")
    for note in notes:
        print(note)
    return 0 if passed else 1


def _quality(gold: Path, analyzer: Analyzer) -> tuple[list[FloorLine], list[str]]:
    """Return the figures of the lists in `gold`, and the words behind the errors."""
    united = conflation(read_pairs(gold / "stem_pairs.tsv"), analyzer)
    split = compounds(read_compounds(gold / "compounds.tsv"), analyzer)
    lines: list[FloorLine] = [
        ("conflation recall", united.recall, ">=", RECALL_FLOOR),
        ("false merges", united.false_merges, "<=", FALSE_MERGE_CEILING),
        ("compounds exact", split.exact, ">=", COMPOUND_FLOOR),
        ("compounds right (any granularity)", split.right, ">=", COMPOUND_FLOOR),
        ("non-compounds left whole", split.left_whole, ">=", WHOLE_FLOOR),
    ]
    merges = (("not united", united.missed), ("wrongly united", united.merged))
    deviations = (
        ("split finer", split.finer),
        ("split coarser", split.coarser),
        ("split elsewhere", split.wrong),
        ("split though whole", split.cut),
    )
    notes = [
        f"{title}: " + ", ".join(f"{pair.first}/{pair.second}" for pair in pairs)
        for title, pairs in merges
        if pairs
    ]
    notes += [
        f"{title}: " + ", ".join(f"{got} (not {want})" for got, want in found)
        for title, found in deviations
        if found
    ]
    return lines, notes


def read_pairs(path: Path) -> list[WordPair]:
    """Read a list with the columns word1, word2, conflate, category."""
    return [WordPair(row[0], row[1], row[2] == "1", row[3]) for row in _rows(path, 4)]


def read_compounds(path: Path) -> list[tuple[str, str, bool]]:
    """Read a list with the columns word, split, is_compound."""
    return [(row[0], row[1], row[2] == "1") for row in _rows(path, 3)]


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise UserError(f"Listan {path} går inte att läsa.") from error
    body = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    for row in body[1:]:
        if len(row) < columns:
            raise UserError(f"Listan {path} har en rad med för få kolumner: {row}")
        yield row


def _sample(shared: Path) -> str:
    """Return the text of the minutes below `shared`, to measure speed on."""
    paths = sorted((shared / "corpora" / "minutes").rglob("*.txt"))
    return "\n".join(path.read_text("utf-8", "replace") for path in paths)


def _keys(analyzer: Analyzer, word: str) -> list[str]:
    return [token.word.key for token in analyzer.tokens(word)]


def _deviation(got: str, want: str) -> str:
    mine, theirs = _cuts(got), _cuts(want)
    return "finer" if mine > theirs else "coarser" if mine < theirs else "wrong"


def _cuts(split: str) -> set[int]:
    ends, at = set(), 0
    for part in split.split("+")[:-1]:
        at += len(part)
        ends.add(at)
    return ends


def _timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that `work` takes."""
    begun = time.process_time()
    work()
    return max(time.process_time() - begun, 1e-9)


def _megabytes() -> float:
    """Return the peak memory of this process, including building the word list."""
    import resource  # not on Windows, where the rest of this module may be used

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)
