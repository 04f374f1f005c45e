"""What becomes of a word: the one analysis that documents and queries share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from kb.swedish.tokenize import normalize, tokenize

VERSION = f"1/snowball-{'3.1.1'}"
"""Changes whenever the same text would give other tokens; stored with each index."""


@dataclass(frozen=True, slots=True)
class Word:
    """The analysis of one word form.

    Attributes:
        form: Normalised surface form.
        lemma: Dictionary form; two inflections of a word share it.
        key: Conflation class; words a searcher wants together share it.
        parts: Finest compound split in surface form, empty if no compound.
        part_keys: The keys the parts are searched by.
        folded: The form without diacritics.
    """

    form: str
    lemma: str
    key: str
    parts: tuple[str, ...]
    part_keys: tuple[str, ...]
    folded: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place; `start` and `end` are character offsets."""

    word: Word
    text: str
    start: int
    end: int
    position: int
    name: bool = False


class Analyzer:
    """Turns text into tokens. Safe to share between threads."""

    def __init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("swedish")
        self.word = lru_cache(maxsize=200_000)(self._analyse)

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the analysed words of `text`, one a position."""
        for position, raw in enumerate(tokenize(text)):
            word = self.word(normalize(raw.text))
            yield Token(word, raw.text, raw.start, raw.end, position)

    def _analyse(self, form: str) -> Word:
        stem = self._stemmer.stemWord(form)
        return Word(form, stem, stem, (), (), fold(form))


def fold(form: str) -> str:
    """Return `form` without diacritics: "hälsa" → "halsa"."""
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def default_analyzer() -> Analyzer:
    """Return the analyzer of this process."""
    return Analyzer()
