"""Whole texts damaged as pages of the OCR corpus were, with a map of offsets.

A *noisy channel* is learned from aligned words: how often each string of up to three letters
(spaces included) was read as another. Sampling from it gives the error rate of the pages. For an
error in a word whose misreadings are known, one of those is chosen, by frequency.

Repair was trained on the same pages, so figures on such texts are somewhat optimistic.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from kb.lab.train import Pair, edits_between
from kb.model import Change, Span
from kb.repair.words import core

_LONGEST = 3
"""Letters of the whole text in one error."""

_PIECE = re.compile(r"[^\s]+|[ ]+")


class DamageKind(StrEnum):
    """The kind of damage; the values are those of the table."""

    ENG = "eng"  # read without Swedish
    GAR = "Garamond"  # the same, in that typeface
    EXTRACTION = "PDF-text"  # letters lost or set apart


class DamageChannel:
    """How strings of letters are misread, and how often.

    Args:
        pairs: Whole and damaged strings, of words or of lines.
        known: Misreadings of words, each with how often it was seen.
    """

    def __init__(self, pairs: Iterable[Pair], known: Iterable[tuple[Pair, int]] = ()) -> None:
        self._seen: Counter[str] = Counter()
        self._errors: dict[str, Counter[str]] = defaultdict(Counter)
        self._known: dict[str, Counter[str]] = defaultdict(Counter)
        self._words = self._wrong = 0
        for (clean, read), times in Counter(pairs).items():
            self._learn(clean, read, times)
        for (clean, read), times in known:
            self._known[core(clean)][core(read)] += times

    @property
    def rate(self) -> float:
        """Share of the training words, 0-1, that were misread."""
        return self._wrong / self._words

    def _learn(self, clean: str, read: str, times: int) -> None:
        for length in range(1, _LONGEST + 1):
            for start in range(len(clean) - length + 1):
                self._seen[clean[start : start + length]] += times
        for before, after in _errors(clean, read):
            self._errors[before][after] += times
        self._words += times * len(clean.split())
        self._wrong += times * _words_changed(clean, read)
        if len(clean.split()) == len(read.split()) == 1 and core(clean) != core(read):
            self._known[core(clean)][core(read)] += times

    def damage(self, text: str, seed: str) -> tuple[Change, ...]:
        """Return the damage to `text`, the same each time for the same seed."""
        dice = random.Random(seed)
        found = []
        for piece in _PIECE.finditer(text):
            whole = piece.group()
            read = self._misread(whole, dice)
            if read != whole:
                span = Span(*piece.span())
                found.append(Change(span, whole, read, 1.0))
        return tuple(found)

    def _misread(self, piece: str, dice: random.Random) -> str:
        drawn = self._drawn(piece, dice)
        word = core(piece)
        known = self._known.get(word)
        if drawn == piece or not word or not known:
            return drawn
        read = dice.choices(list(known), list(known.values()))[0]
        return piece.replace(word, read, 1)

    def _drawn(self, piece: str, dice: random.Random) -> str:
        made: list[str] = []
        at = 0
        while at < len(piece):
            for length in range(min(_LONGEST, len(piece) - at), 0, -1):
                string = piece[at : at + length]
                errors = self._errors.get(string)
                if errors and dice.random() * self._seen[string] < errors.total():
                    made += dice.choices(list(errors), list(errors.values()))
                    break
            else:
                length = 1
                made.append(piece[at])
            at += length
        return "".join(made)


def _errors(clean: str, read: str) -> Iterator[Pair]:
    """Yield the errors in `read`; letters put in belong to the letter before them."""
    last: Pair | None = None
    for before, after in edits_between(clean, read):
        if not before and last:
            last = last[0], last[1] + after
            continue
        if last and last[0] != last[1] and len(last[0]) <= _LONGEST:
            yield last
        last = before, after
    if last and last[0] and last[0] != last[1] and len(last[0]) <= _LONGEST:
        yield last


def _words_changed(clean: str, read: str) -> int:
    """Return how many words of `clean` have no counterpart in `read`."""
    return (Counter(clean.split()) - Counter(read.split())).total()


def learn(folder: Path) -> dict[DamageKind, DamageChannel]:
    """Learn each kind of damage from the OCR corpus in `folder`."""
    known = list(_confusions(folder / "tesseract_word_confusions.tsv"))
    return {
        DamageKind.ENG: DamageChannel(_aligned(folder / "train", "eng"), known),
        DamageKind.GAR: DamageChannel(_aligned(folder / "train", "gar")),
        DamageKind.EXTRACTION: DamageChannel(_lines(folder / "pdfdamage.train.jsonl")),
    }


def _aligned(folder: Path, reading: str) -> Iterator[Pair]:
    """Yield words side by side, each with the space after it, so that it too may be lost."""
    for file in sorted(folder.glob(f"*.{reading}.align.json")):
        for clean, read in json.loads(file.read_text("utf-8")):
            if clean and read:
                yield " ".join(clean) + " ", " ".join(read) + " "


def _lines(file: Path) -> Iterator[Pair]:
    for line in file.read_text("utf-8").splitlines():
        pair = json.loads(line)
        yield pair["clean"], pair["damaged"]


def _confusions(file: Path) -> Iterator[tuple[Pair, int]]:
    """Yield words as an engine without Swedish misread them on pages of minutes."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["variant"].startswith("eng"):
                yield (row["gt"], row["ocr"]), int(row["count"])
