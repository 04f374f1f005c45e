"""How well damaged text is repaired: words corrected and harmed, speed and memory.

The error costs are learned anew for each origin of texts from the texts of the other origins, so
that no page is judged by what was learned from it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import resources
from itertools import pairwise
from pathlib import Path

from kb.errors import UserError
from kb.model import OffsetMap, SourceText, Span
from kb.repair import repair
from kb.repair.candidates import Finder
from kb.repair.changes import apply
from kb.repair.channel import Channel
from kb.repair.decode import Decoder, default_decoder
from kb.repair.letters import default_letters
from kb.repair.lexicon import default_lexicon
from kb.repair.parts import default_parts
from kb.repair.train import learn, pairs_in
from kb.repair.usage import default_usage
from kb.repair.words import core

READINGS = {"eng": "eng", "gar": "Garamond"}
_WARM_PASSES = 5  # the fastest counts: the others tell of what else the machine does
_DASHES = str.maketrans("–—−", "---")


@dataclass(frozen=True, slots=True)
class Row:
    """A measured figure.

    Attributes:
        name: What was measured, in Swedish.
        value: The figure.
        floor: The worst figure allowed, None where there is none.
        unit: How the figure is written.
        lower: Whether lower is better.
    """

    name: str
    value: float
    floor: float | None = None
    unit: str = "%"
    lower: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the floor is kept."""
        if self.floor is None:
            return True
        return self.value <= self.floor if self.lower else self.value >= self.floor

    def __str__(self) -> str:
        floor = "" if self.floor is None else f"{'≤' if self.lower else '≥'} {self._as(self.floor)}"
        mark = "" if self.holds else "  UNDER GOLVET"
        return f"{self.name:<46}{self._as(self.value):>14}   {floor}{mark}"

    def _as(self, figure: float) -> str:
        if self.unit == "%":
            return f"{figure:.2%}".replace(".", ",").replace("%", " %")
        return f"{figure:,.0f} {self.unit}".replace(",", " ")


Section = Callable[[Path], Iterator[Row]]


def run(shared: Path) -> int:
    """Print the table of measured figures.

    Args:
        shared: Folder that holds `corpora/ocr` and `seeds`.

    Returns:
        0 if every floor is kept, else 1.

    Raises:
        UserError: The data is not there.
    """
    folder = shared / "corpora" / "ocr"
    if not folder.is_dir():
        raise UserError(f"Mappen {folder} finns inte; den behövs för att mäta.")
    kept = True
    for section in SECTIONS:
        for row in section(shared):
            print(row, flush=True)
            kept &= row.holds
    return 0 if kept else 1


@dataclass(slots=True)
class Tally:
    """Words counted before and after repair."""

    wrong: int = 0
    corrected: int = 0
    right: int = 0
    harmed: int = 0

    def count(self, clean: str, read: str, repaired: str) -> None:
        """Count one word, or the words that were read as one."""
        if read == clean:
            self.right += 1
            self.harmed += repaired != clean
        else:
            self.wrong += 1
            self.corrected += repaired == clean

    def rows(self, name: str, corrected: float, harmed: float) -> Iterator[Row]:
        """Yield the two shares with their floors."""
        yield Row(f"{name}: felaktiga ord rättade", self.corrected / self.wrong, corrected)
        yield Row(f"{name}: riktiga ord skadade", self.harmed / self.right, harmed, lower=True)


def words(shared: Path) -> Iterator[Row]:
    """Measure words corrected and harmed on pages read without Swedish."""
    folder = shared / "corpora" / "ocr" / "train"
    files = sorted(folder.glob("*.align.json"))
    origins = sorted({_origin(file) for file in files})
    tallies = {reading: Tally() for reading in READINGS}
    for origin in origins:
        others = [f for f in files if _origin(f) != origin and _reading(f) in READINGS]
        decoder = _decoder_from(others)
        for file in files:
            if _origin(file) == origin and _reading(file) in READINGS:
                _tally_page(file, decoder, tallies[_reading(file)])
    yield from tallies["eng"].rows("Läst utan svenska, eng", 0.94, 0.003)
    yield from tallies["gar"].rows("Läst utan svenska, Garamond", 0.91, 0.003)


def _origin(file: Path) -> str:
    return file.name.partition(".")[0].partition("_")[0]


def _reading(file: Path) -> str:
    return file.name.split(".")[-3]


def _decoder_from(files: Sequence[Path]) -> Decoder:
    rules = [rule for rule, _ in learn(pair for file in files for pair in pairs_in(file))]
    channel = Channel(rules)
    finder = Finder(default_lexicon(), default_parts(), channel, default_letters())
    return Decoder(finder, default_usage().context)


def _tally_page(file: Path, decoder: Decoder, tally: Tally) -> None:
    text = file.with_name(file.name.replace(".align.json", ".txt")).read_text("utf-8")
    changes = tuple(decoder.decode(text))
    repaired = apply(text, changes)
    places = OffsetMap(changes)
    spans = _word_spans(text)
    for clean, read in json.loads(file.read_text("utf-8")):
        here = [next(spans) for _ in read]
        mended = ""
        if here:
            mended = places.to_repaired(here[0].start, here[-1].end).slice(repaired)
        truth = _plain(" ".join(clean))
        if truth:
            tally.count(truth, _plain(" ".join(read)), _plain(mended))


def _word_spans(text: str) -> Iterator[Span]:
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        yield Span(start, end)


def _plain(string: str) -> str:
    """Return `string` as compared: without punctuation around it, one kind of dash."""
    return core(" ".join(string.split())).translate(_DASHES)


def seed(shared: Path) -> Iterator[Row]:
    """Measure the seed that was read without Swedish against a careful reader's text."""
    file = next((shared / "seeds").glob("004_*.txt"))
    text = file.read_text("utf-8")
    truth = resources.files("kb.evaluate").joinpath("data/004_clean.txt").read_text("utf-8")
    tally = Tally()
    mended = repair(_source(text)).text
    for clean, read, repaired in zip(truth.split(), text.split(), mended.split(), strict=True):
        tally.count(clean, read, repaired)
    yield from tally.rows("Frö 004", 0.94, 0.003)


def clean(shared: Path) -> Iterator[Row]:
    """Measure how many words of clean texts are changed."""
    texts = [
        *(shared / "corpora" / "ocr" / "train").glob("*.clean.txt"),
        *(shared / "corpora" / "minutes").rglob("*.txt"),
        *(shared / "corpora" / "minutes").rglob("*.md"),
        *(file for file in (shared / "seeds").glob("00[123]_*.txt")),
    ]
    changed = total = 0
    for file in texts:
        text = file.read_text("utf-8")
        total += len(text.split())
        changed += sum(
            _letters(change.original) != _letters(change.repaired)
            for change in repair(_source(text)).changes
        )
    yield Row("Hela texter: ord ändrade", changed / total, 0.0002, lower=True)


def _letters(string: str) -> str:
    """Return the letters of `string`; joining or composing what was set apart changes none."""
    return "".join(c for c in unicodedata.normalize("NFC", string) if c.isalnum())


def extraction(shared: Path) -> Iterator[Row]:
    """Measure words whole after repair of lines that broke at å, ä and ö."""
    lines = (shared / "corpora" / "ocr" / "pdfdamage.train.jsonl").read_text("utf-8").splitlines()
    total = whole = before = 0
    for line in lines:
        pair = json.loads(line)
        wanted = pair["clean"].split()
        total += len(wanted)
        before += _matching(wanted, pair["damaged"].split())
        whole += _matching(wanted, repair(_source(pair["damaged"])).text.split())
    yield Row("Söndrade rader: hela ord före", before / total)
    yield Row("Söndrade rader: hela ord efter", whole / total, 0.93)


def _matching(wanted: list[str], got: list[str]) -> int:
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def speed(shared: Path) -> Iterator[Row]:
    """Measure speed and memory in a process of its own."""
    command = [sys.executable, "-m", __name__, str(shared)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    load, cold, warm, memory = map(float, done.stdout.split())
    yield Row("Start (läsa in ordlistorna)", load * 1000, unit="ms", lower=True)
    yield Row("Fart, nya ord", cold, 3_000, unit="ord/s")
    yield Row("Fart, kända ord", warm, 100_000, unit="ord/s")
    yield Row("Minne", memory, 300, unit="MB", lower=True)


def _measure(shared: Path) -> str:
    """Return seconds to load, words a second cold and warm, and megabytes at most."""
    texts = [
        file.read_text("utf-8")
        for reading in READINGS
        for file in sorted((shared / "corpora" / "ocr" / "train").glob(f"*.{reading}.txt"))
    ]
    count = sum(len(text.split()) for text in texts)
    marks = [time.process_time()]
    default_decoder()
    marks.append(time.process_time())
    for _ in range(1 + _WARM_PASSES):
        for text in texts:
            repair(_source(text))
        marks.append(time.process_time())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load, cold, *warm = (b - a for a, b in pairwise(marks))
    return f"{load} {count / cold} {count / min(warm)} {memory}"


def _source(text: str) -> SourceText:
    return SourceText("", text, (Span(0, len(text)),), "", "utf-8")


SECTIONS: tuple[Section, ...] = (words, seed, clean, extraction, speed)
"""What is measured, in order; measuring retrieval in damaged text adds its section here."""

if __name__ == "__main__":
    print(_measure(Path(sys.argv[1])))
