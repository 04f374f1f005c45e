"""The words of a segment by substrings, and by their letters without diacritics.

Two tables that are written with a segment, so that no search scans all words: a trigram index of
the words (as in Zobel & Dart 1995 and `pg_trgm`), and the words with dots, rings or accents by
their form without.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.postings import FieldReader, Ints
from kb.swedish.analysis import fold

_EDGE = "\n"
"""Marks the beginning and the end of every word."""

_BITS = 21  # of a character


def tables(terms: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the tables of a lexicon, to be stored with its segment.

    Args:
        terms: All words, in the order of their bytes.

    Returns:
        "grams": every three characters, as one number, ascending; "gram_starts": where
        the words of each begin in "gram_words", and one more for the end; "gram_words":
        ordinals; "dotted": ordinals of the words that are not what they fold to, in
        the order of that.
    """
    words = [term.decode("utf-8", "replace") for term in terms]
    whole = _EDGE + "".join(word + _EDGE for word in words)
    letters = np.frombuffer(whole.encode("utf-32-le"), np.uint32).astype(np.uint64)
    grams = (letters[:-2] << 2 * _BITS) | (letters[1:-1] << _BITS) | letters[2:]
    edge = letters == ord(_EDGE)
    of = np.cumsum(edge)[:-2] - 1
    inside = ~edge[1:-1]  # an edge is the first of three or the last
    grams, of = grams[inside], of[inside]
    order = np.argsort(grams, kind="stable")
    grams, of = grams[order], of[order]
    new = np.ones(len(grams), np.bool_)
    new[1:] = (np.diff(grams) != 0) | (np.diff(of) != 0)
    grams, of = grams[new], of[new]
    distinct, first = np.unique(grams, return_index=True)
    folded = {n: plain for n, word in enumerate(words) if (plain := fold(word)) != word}
    return {
        "grams": distinct,
        "gram_starts": np.append(first, len(grams)).astype(np.uint32),
        "gram_words": of.astype(np.uint32),
        "dotted": np.array(sorted(folded, key=lambda n: (folded[n], n)), np.uint32),
    }


class SegmentLexicon:
    """The words of one segment.

    Args:
        field: The field of word forms.
        tables: What `tables` returned for them.
    """

    def __init__(self, field: FieldReader, tables: Mapping[str, NDArray[Any]]) -> None:
        self._field = field
        self._tables = tables
        # The same pattern is looked up when documents are searched and when they are shown.
        self.matching = lru_cache(maxsize=64)(self._matching)

    def word(self, ordinal: int) -> str:
        """Return a word by its number."""
        return self._field.term(ordinal).decode()

    def documents(self, form: str) -> int:
        """Return how many documents have a word."""
        ordinal = self._field.ordinal(form.encode("utf-8", "replace"))
        return 0 if ordinal is None else int(self._field.frequencies[ordinal])

    def frequencies(self) -> Ints:
        """Return how many documents have each word."""
        return self._field.frequencies

    def all(self) -> list[str]:
        """Return all words in order."""
        return [term.decode() for term in self._field.all_terms()]

    def _matching(self, part: str, prefix: bool, suffix: bool) -> NDArray[np.int64]:
        """Return the ordinals of the words with `part` at the beginning, at the end, or in them.

        It may be anywhere if it may be the beginning (`prefix`) and the end (`suffix`).
        """
        if not suffix:
            return np.arange(*self._field.range(part.encode("utf-8", "replace")))
        sought = part if prefix else part + _EDGE
        found: NDArray[np.int64]
        if len(sought) < 3:
            found = self._with_grams(sought)
        else:
            grams = sorted({sought[i : i + 3] for i in range(len(sought) - 2)})
            each = sorted((self._with_gram(gram) for gram in grams), key=len)
            found = reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), each)
        # The trigrams are exact for three letters; for more they may stand apart in the word.
        if len(sought) > 3:
            fits = [(self.word(n) + _EDGE).find(sought) >= 0 for n in found.tolist()]
            found = found[np.array(fits, np.bool_)]
        return found

    def _with_gram(self, gram: str) -> NDArray[np.int64]:
        grams = self._tables["grams"]
        at = int(np.searchsorted(grams, np.uint64(_code(gram))))
        if at == len(grams) or int(grams[at]) != _code(gram):
            return np.empty(0, np.int64)
        return self._words(at, at + 1)

    def _with_grams(self, short: str) -> NDArray[np.int64]:
        """Return the words that contain one or two characters, by their trigrams."""
        grams = self._tables["grams"]
        code, mask = np.uint64(_code(short)), np.uint64((1 << _BITS * len(short)) - 1)
        there = np.zeros(len(grams), np.bool_)
        for place in range(4 - len(short)):
            there |= (grams >> np.uint64(_BITS * place)) & mask == code
        each = [self._words(at, at + 1) for at in np.flatnonzero(there).tolist()]
        return np.unique(np.concatenate([np.empty(0, np.int64), *each]))

    def _words(self, first: int, behind: int) -> NDArray[np.int64]:
        starts = self._tables["gram_starts"]
        return self._tables["gram_words"][starts[first] : starts[behind]].astype(np.int64)

    def dotted(self, plain: str) -> list[str]:
        """Return the words that are `plain` without their dots, rings and accents."""
        places = self._tables["dotted"]
        at = bisect_left(places, plain, key=lambda n: fold(self.word(int(n))))
        found = []
        while at < len(places) and fold(word := self.word(int(places[at]))) == plain:
            found.append(word)
            at += 1
        return found


def _code(letters: str) -> int:
    code = 0
    for letter in letters:
        code = code << _BITS | ord(letter)
    return code
