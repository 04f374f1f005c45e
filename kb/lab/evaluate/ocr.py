"""How well damaged text is repaired and found: words, documents, speed and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import resources
from itertools import chain
from pathlib import Path

from kb.errors import UserError
from kb.lab.evaluate.pages import READINGS, AlignedPage, by_origin, pages, word_spans
from kb.lab.evaluate.retrieval import retrieval
from kb.lab.evaluate.table import EVERYTHING, FigureRow, Measured
from kb.model import OffsetMap, SourceText
from kb.repair import repair
from kb.repair.changes import apply
from kb.repair.decode import Decoder
from kb.repair.words import core

_DASHES = str.maketrans("–—−", "---")


Section = Callable[[Path], Iterator[FigureRow]]


def run(shared: Path, measured: Set[Measured] = EVERYTHING) -> int:
    """Print the table of measured figures.

    Args:
        shared: Folder that holds `corpora/ocr` and `seeds`.
        measured: What is measured of it.

    Returns:
        0 if every floor is kept, else 1.

    Raises:
        UserError: The data is missing.
    """
    folder = shared / "corpora" / "ocr"
    if not folder.is_dir():
        raise UserError(f"Mappen {folder} finns inte; den behövs för att mäta.")
    kept = True
    sections = chain.from_iterable(SECTIONS[part] for part in Measured if part in measured)
    for row in chain.from_iterable(section(shared) for section in sections):
        print(row, flush=True)
        kept &= not row.fails
    return 0 if kept else 1


@dataclass(slots=True)
class RepairTally:
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

    def rows(self, name: str, corrected: float, harmed: float) -> Iterator[FigureRow]:
        """Yield the two shares with their floors."""
        yield FigureRow(f"{name}: felaktiga ord rättade", self.corrected / self.wrong, corrected)
        yield FigureRow(
            f"{name}: riktiga ord skadade", self.harmed / self.right, harmed, lower=True
        )


def words(shared: Path) -> Iterator[FigureRow]:
    """Measure words corrected and harmed on pages read without Swedish."""
    tallies = {reading: RepairTally() for reading in READINGS}
    for held_out, decoder in by_origin(pages(shared / "corpora" / "ocr" / "train")):
        for page in held_out:
            _tally_page(page, decoder, tallies[page.reading])
    yield from tallies["eng"].rows("Läst utan svenska, eng", 0.94, 0.003)
    yield from tallies["gar"].rows("Läst utan svenska, Garamond", 0.91, 0.003)


def _tally_page(page: AlignedPage, decoder: Decoder, tally: RepairTally) -> None:
    text = page.read
    changes = tuple(decoder.decode(text))
    repaired = apply(text, changes)
    places = OffsetMap(changes)
    spans = word_spans(text)
    for clean, read in page.aligned:
        here = [next(spans) for _ in read]
        mended = ""
        if here:
            mended = places.to_repaired(here[0].start, here[-1].end).slice(repaired)
        truth = _plain(" ".join(clean))
        if truth:
            tally.count(truth, _plain(" ".join(read)), _plain(mended))


def _plain(string: str) -> str:
    """Return `string` as compared: without punctuation around it, one kind of dash."""
    return core(" ".join(string.split())).translate(_DASHES)


def seed(shared: Path) -> Iterator[FigureRow]:
    """Compare the seed that was read without Swedish with a careful reader's text."""
    file = next((shared / "seeds").glob("004_*.txt"))
    text = file.read_text("utf-8")
    truth = resources.files("kb.lab.evaluate").joinpath("data/004_clean.txt").read_text("utf-8")
    tally = RepairTally()
    mended = repair(SourceText.of(text)).text
    for clean, read, repaired in zip(truth.split(), text.split(), mended.split(), strict=True):
        tally.count(clean, read, repaired)
    yield from tally.rows("Frö 004", 0.94, 0.003)


def clean(shared: Path) -> Iterator[FigureRow]:
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
            for change in repair(SourceText.of(text)).changes
        )
    yield FigureRow("Hela texter: ord ändrade", changed / total, 0.0002, lower=True)


def _letters(string: str) -> str:
    """Return the letters of `string`; joining or composing what was set apart changes none."""
    return "".join(c for c in unicodedata.normalize("NFC", string) if c.isalnum())


def extraction(shared: Path) -> Iterator[FigureRow]:
    """Measure words whole after repair of lines that broke at å, ä and ö."""
    lines = (shared / "corpora" / "ocr" / "pdfdamage.train.jsonl").read_text("utf-8").splitlines()
    total = whole = before = 0
    for line in lines:
        pair = json.loads(line)
        wanted = pair["clean"].split()
        total += len(wanted)
        before += _matching(wanted, pair["damaged"].split())
        whole += _matching(wanted, repair(SourceText.of(pair["damaged"])).text.split())
    yield FigureRow("Söndrade rader: hela ord före", before / total)
    yield FigureRow("Söndrade rader: hela ord efter", whole / total, 0.93)


def _matching(wanted: list[str], got: list[str]) -> int:
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def speed(shared: Path) -> Iterator[FigureRow]:
    """Measure speed and memory in a separate process."""
    command = [sys.executable, "-m", "kb.lab.evaluate.speed", str(shared)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    load, cold, warm, memory = map(float, done.stdout.split())
    yield FigureRow("Start (läsa in ordlistorna)", load * 1000, unit="ms", lower=True)
    yield FigureRow("Fart, nya ord", cold, 3_000, unit="ord/s", enforced=False)
    yield FigureRow("Fart, kända ord", warm, 100_000, unit="ord/s", enforced=False)
    yield FigureRow("Minne", memory, 300, unit="MB", lower=True, enforced=False)


SECTIONS: Mapping[Measured, tuple[Section, ...]] = {
    Measured.QUALITY: (words, seed, clean, extraction, retrieval),
    Measured.SPEED: (speed,),
}
"""What is measured, in order."""
