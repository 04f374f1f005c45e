"""Pages read without Swedish, aligned with the printed text, and cross-validated repair.

The error costs are learned for each origin of texts from the texts of the other origins, so
that no page is evaluated with costs learned from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.lab.train import learn, pairs_in
from kb.model import Span
from kb.repair.candidates import Finder
from kb.repair.channel import NoisyChannel
from kb.repair.decode import Decoder
from kb.repair.letters import default_letters
from kb.repair.lexicon import default_lexicon
from kb.repair.parts import default_parts
from kb.repair.usage import default_usage

READINGS = {"eng": "eng", "gar": "Garamond"}
"""The readings that are measured, with their names in the table."""

Aligned = Sequence[tuple[Sequence[str], Sequence[str]]]
"""Groups of clean words, each with the words they were read as."""


@dataclass(frozen=True, slots=True)
class AlignedPage:
    """A page read without Swedish.

    Attributes:
        file: Its `*.align.json`; the texts lie beside it.
    """

    file: Path

    @property
    def name(self) -> str:
        """The name of the text, the same in every reading of it."""
        return self.file.name.partition(".")[0]

    @property
    def origin(self) -> str:
        """Where the text comes from."""
        return self.name.partition("_")[0]

    @property
    def reading(self) -> str:
        """Which reading it is, one of `READINGS`."""
        return self.file.name.split(".")[-3]

    @property
    def read(self) -> str:
        """The text as it was read."""
        return self.file.with_name(self.file.name.replace(".align.json", ".txt")).read_text("utf-8")

    @property
    def clean(self) -> str:
        """The text as it was printed."""
        return self.file.with_name(f"{self.name}.clean.txt").read_text("utf-8")

    @property
    def aligned(self) -> Aligned:
        """The words of both, side by side; all of them, in order."""
        groups: Aligned = json.loads(self.file.read_text("utf-8"))
        return groups


def pages(folder: Path) -> list[AlignedPage]:
    """Return the pages of `folder` that were read without Swedish, in order of name."""
    found = [AlignedPage(file) for file in sorted(folder.glob("*.align.json"))]
    return [page for page in found if page.reading in READINGS]


def by_origin(all_pages: Sequence[AlignedPage]) -> Iterator[tuple[list[AlignedPage], Decoder]]:
    """Yield the pages of each origin with a decoder that learned from the others only."""
    for origin in sorted({page.origin for page in all_pages}):
        held_out = [page for page in all_pages if page.origin == origin]
        others = [page for page in all_pages if page.origin != origin]
        yield held_out, _decoder_from(tuple(others))


@lru_cache(maxsize=8)
def _decoder_from(learned: tuple[AlignedPage, ...]) -> Decoder:
    rules = [rule for rule, _ in learn(pair for page in learned for pair in pairs_in(page.file))]
    finder = Finder(default_lexicon(), default_parts(), NoisyChannel(rules), default_letters())
    return Decoder(finder, default_usage().context)


def word_spans(text: str) -> Iterator[Span]:
    """Yield the place of each word of `text`, as white space sets them apart."""
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        yield Span(start, end)
