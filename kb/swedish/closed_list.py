"""Match words of a closed list, tolerating misread letters.

"Hoganis", "Höga nä s" and "Höganäs" share a loose `skeleton`. Equal skeletons only make a
candidate; a weighted edit distance, cheap for the confusions of `data/misreadings.tsv` and
expensive for all else, decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Generic, TypeVar

from kb.swedish.skeleton import skeleton
from kb.swedish.tables import rows

T = TypeVar("T")

CONFUSED = 0.2
"""Cost of a known confusion of two letters."""

_PUNCTUATION = re.compile(r"[^\w\s£&@|]+")
_BROKEN = re.compile(r"\s+")


@cache
def _confusions() -> frozenset[tuple[str, str]]:
    return frozenset(
        (truth, read) for truth, readings in _pairs() for read in (*readings.split(), truth)
    )


def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in rows("kb.swedish", "misreadings.tsv"))


def distance(truth: str, read: str, limit: float = 2.0) -> float:
    """Return the weighted edit distance from `truth` to what was `read`.

    Letters cost 1, known confusions `CONFUSED`, and a space within a word a tenth.
    Dynamic programming after Wagner and Fischer (1974), stopped once above `limit`.
    """
    truth, read = _plain(truth), _plain(read)
    if truth == read:
        return 0.0
    if abs(len(truth) - len(read)) > limit + read.count(" ") + 1:
        return limit + 1
    confused = _confusions()
    before: list[float] = []
    row = [0.0]
    for letter in read:
        row.append(row[-1] + _insertion(letter))
    for i, real in enumerate(truth, 1):
        before, row = row, [float(i)]
        for j, letter in enumerate(read, 1):
            swap = 0.0 if real == letter else CONFUSED if (real, letter) in confused else 1.0
            best = min(before[j - 1] + swap, before[j] + 1.0, row[j - 1] + _insertion(letter))
            if j > 1 and (real, read[j - 2 : j]) in confused:
                best = min(best, before[j - 2] + CONFUSED)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _insertion(letter: str) -> float:
    return _SPACE if letter == " " else 1.0


@lru_cache(maxsize=100_000)
def _plain(phrase: str) -> str:
    text = unicodedata.normalize("NFKC", phrase).casefold()
    if text.isalnum():
        return text
    return _BROKEN.sub(" ", _PUNCTUATION.sub("", text)).strip()


class PhraseVocabulary(Generic[T]):
    """A closed list of phrases with their meanings, matched in spite of damage.

    Attributes:
        phrase: Returns the listed phrase, normalised, that a phrase is a form of, or None.
        like: Returns the meaning of the listed phrase that a phrase is a form of, or None.
    """

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = {_plain(phrase): meaning for phrase, meaning in meanings.items()}
        self._phrases: dict[str, list[str]] = {}
        self._written = {_plain(phrase): phrase for phrase in meanings}
        for phrase in self._meanings:
            self._phrases.setdefault(skeleton(phrase, loose=True), []).append(phrase)
        self._longest = max(map(len, self._meanings), default=0) + _MOST_SPACES
        self.phrase = lru_cache(maxsize=50_000)(self._search)
        self.like = lru_cache(maxsize=50_000)(self._mean)

    def __len__(self) -> int:
        return len(self._meanings)

    def exact(self, phrase: str) -> T | None:
        """Return the meaning of `phrase` by exact match, ignoring case."""
        return self._meanings.get(_plain(phrase))

    def _mean(self, phrase: str) -> T | None:
        found = self._search(phrase)
        return None if found is None else self._meanings[found]

    def written(self, phrase: str) -> str | None:
        """Return the listed phrase that `phrase` is a form of, as spelled in the list."""
        found = self.phrase(phrase)
        return None if found is None else self._written[found]

    def _search(self, phrase: str) -> str | None:
        plain = _plain(phrase)
        if plain in self._meanings:
            return plain
        if len(plain) > self._longest:
            return None
        candidates = self._phrases.get(skeleton(plain, loose=True))
        if not candidates:
            return None
        best = min((distance(each, plain), each) for each in candidates)
        return best[1] if best[0] <= tolerance(plain) else None


_FARTHEST = 1.5
_SPACE = 0.1
_MOST_SPACES = int(_FARTHEST / _SPACE)
"""Most characters that a damaged form may add to a phrase; spaces cost least."""


def tolerance(phrase: str) -> float:
    """Return the largest distance from a listed phrase that a phrase of this length may have."""
    return min(_FARTHEST, 0.11 * len(phrase))


def vocabulary(phrases: Iterable[str]) -> PhraseVocabulary[str]:
    """Return a vocabulary in which each phrase is its own meaning."""
    return PhraseVocabulary({phrase: phrase for phrase in phrases})
