"""Analysis of many texts, each distinct word once.

The analysis of most words does not depend on context (see `Analyzer.alone`). So a text is tokenized
once, each word is looked up in a table of numbers, and only the few others are analysed in context.
The result is that of `Analyzer.tokens`, as arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.swedish.analysis import Analyzer, Word
from kb.swedish.tokenize import TokenizedText

Number = Callable[[str, Word, bool], int]
"""Assigns a number to a word: (text, analysis, whether it is a name) → number."""

_IN_CONTEXT = -1


@dataclass(frozen=True, slots=True)
class Numbered:
    """The words of a text, by place.

    Attributes:
        numbers: Number of each word.
        starts: Its first character.
        ends: The character after its last.
        words: The words as they stand.
    """

    numbers: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: TokenizedText


class BulkAnalyzer:
    """Turns texts into numbers of words. Not thread-safe.

    Args:
        analyzer: The analysis.
        number: Called once for each distinct word and analysis of it.
    """

    def __init__(self, analyzer: Analyzer, number: Number) -> None:
        self._analyzer = analyzer
        self._number = number
        self._known = _Known(self._alone)
        self._in_context: dict[tuple[str, bool], int] = {}

    def read(self, text: str) -> Numbered:
        """Return the words of `text` with their numbers."""
        words = TokenizedText(text)
        numbers = np.fromiter(map(self._known.__getitem__, words.texts), np.int64, len(words))
        for place in np.flatnonzero(numbers == _IN_CONTEXT).tolist():
            raw = words.texts[place]
            word, name = self._analyzer.in_context(text, words, place)
            number = self._in_context.get((raw, name))
            if number is None:
                number = self._in_context[raw, name] = self._number(raw, word, name)
            numbers[place] = number
        for place in _hanging(text, words):
            numbers[place] = self._completed(text, words, place, int(numbers[place]))
        bounds = np.frombuffer(words.bounds, np.int64)
        return Numbered(numbers, bounds[::2], bounds[1::2], words)

    def _alone(self, text: str) -> int:
        found = self._analyzer.alone(text)
        return self._number(text, *found) if found else _IN_CONTEXT

    def _completed(self, text: str, words: TokenizedText, place: int, number: int) -> int:
        """Return the number of a word before a hyphen, completed by its second part."""
        raw = words.texts[place]
        word, name = self._analyzer.alone(raw) or self._analyzer.in_context(text, words, place)
        whole = self._analyzer.completed(word, text, words, place)
        return number if whole is word else self._number(raw, whole, name)


def _hanging(text: str, words: TokenizedText) -> list[int]:
    """Return the places of words before a hyphen and a space: "barn- och"."""
    places = []
    at = text.find("-")
    while at >= 0:
        if text[at + 1 : at + 2] in " \n" and (place := words.ending_at(at)) is not None:
            places.append(place)
        at = text.find("-", at + 1)
    return places


class _Known(dict[str, int]):
    """The number of each word that does not depend on context, computed on first use."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self._ask = number

    def __missing__(self, text: str) -> int:
        number = self[text] = self._ask(text)
        return number
