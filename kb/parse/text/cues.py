"""Phrases in running text, matched word by word, tolerating damage.

A cue is a sequence of words; "~" allows a few words between, "*" matches a word that a predicate
accepts. All cues of a file are matched in one pass over the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kb.parse.text.phrases import PACKAGE
from kb.parse.text.sieve import Sieve
from kb.swedish.closed_list import PhraseVocabulary, vocabulary
from kb.swedish.tables import rows

_WORD = re.compile(r"[^\W_]+(?:[£'’:-][^\W_]+)*|£[^\W_]+")
_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: its place, the row of its file, and the place of its first word."""

    start: int
    end: int
    row: tuple[str, ...]


_NOTHING: Iterator[Cue] = iter(())


class SentenceWords:
    """The words of a sentence, and their places, computed on demand since few are needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.texts: tuple[str, ...] = tuple(_WORD.findall(text))

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each word begins and ends."""
        return tuple([match.span() for match in _WORD.finditer(self._text)])


def split_words(text: str) -> SentenceWords:
    """Return the words of `text`."""
    return SentenceWords(text)


class Cues:
    """A matcher for the cues of one file."""

    def __init__(
        self, table: tuple[tuple[str, ...], ...], wild: Callable[[str], bool] | None = None
    ) -> None:
        self._wild = wild
        self._rows: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        plain: set[str] = set()
        for row in table:
            pattern = tuple(row[0].casefold().split())
            plain.update(word for word in pattern if word not in "~*")
            self._rows.setdefault(pattern[0], []).append((pattern, row))
        for patterns in self._rows.values():
            patterns.sort(key=lambda pair: -len(pair[0]))
        self._words: PhraseVocabulary[str] = vocabulary(sorted(plain))
        self._sieve = Sieve(self._begun_by)

    def _begun_by(self, word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the cues that `word` begins, the longest first."""
        first = self._words.phrase(word)
        return self._rows.get(first, []) if first else []

    def find(self, words: SentenceWords) -> Iterator[Cue]:
        """Yield the cues among `words`, in order, the longest where several begin."""
        places = self._sieve.places(words.texts)
        return self._among(words, places) if places else _NOTHING

    def _among(self, words: SentenceWords, places: Sequence[int]) -> Iterator[Cue]:
        for at in places:
            for pattern, row in self._begun_by(words.texts[at]):
                last = self._match(pattern, words.texts, at)
                if last is not None:
                    yield Cue(words.spans[at][0], words.spans[last][1], row)
                    break

    def _match(self, pattern: tuple[str, ...], words: tuple[str, ...], at: int) -> int | None:
        """Return the index of the last word of `pattern` begun at `at`, if it is there."""
        slack, here = 0, at
        for wanted in pattern[1:]:
            if wanted == "~":
                slack = _BETWEEN
                continue
            for step in range(1, slack + 2):
                place = here + step
                if place >= len(words):
                    return None
                if self._fits(wanted, words[place]):
                    here = place
                    break
            else:
                return None
            slack = 0
        return here

    def _fits(self, wanted: str, word: str) -> bool:
        if wanted == "*":
            return self._wild is not None and self._wild(word)
        return self._words.phrase(word) == wanted


@cache
def cues(name: str, wild: Callable[[str], bool] | None = None) -> Cues:
    """Return the cues of data file `name`."""
    return Cues(rows(PACKAGE, name), wild)
