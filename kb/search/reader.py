"""Documents as arrays of token types, the input of the index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.model import Change, ChangeKind, Damage, Document, RepairedText
from kb.search.entry import facts, headings, title
from kb.search.repaired import SETTLED, changed_words, is_guess, readings
from kb.search.types import Types, plain_type
from kb.swedish.analysis import Analyzer, Word
from kb.swedish.bulk import BulkAnalyzer, Numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """The words of a document by type.

    Attributes:
        passage: Its repaired text and then its facts, each on a line.
        length: Characters of the text.
        types: Type of each word of the passage.
        starts: Its first character in the passage.
        ends: The character after its last.
        parts: Number of words of the text, and of each fact.
        title: Types of the words of the title and the group.
        headings: Types of the words of the section headings.
    """

    passage: str
    length: int
    types: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    parts: list[int]
    title: NDArray[np.int64]
    headings: NDArray[np.int64]


class DocumentReader:
    """Reads documents into types, each distinct word once. Not thread-safe.

    Attributes:
        types: All types met so far.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.types = Types()
        self._analyzer = analyzer
        self._plain = BulkAnalyzer(analyzer, self._number_plain)
        self._damaged = BulkAnalyzer(analyzer, self._number_damaged)
        # The same names stand in many documents.
        self._read_fact = lru_cache(maxsize=20_000)(self._plain.read)
        self._changed: dict[tuple[object, ...], int] = {}

    def read(self, document: Document) -> ReadDocument:
        """Return the types of the words of `document`."""
        text = document.repaired.text
        passage, at = [text], len(text)
        found = [self._text(document.repaired)]
        offsets = [0]
        for fact in facts(document):
            offsets.append(at + 1)
            passage.append(fact)
            found.append(self._read_fact(fact))
            at += 1 + len(fact)
        return ReadDocument(
            passage="\n".join(passage),
            length=len(text),
            types=np.concatenate([part.numbers for part in found]),
            starts=_shifted([part.starts for part in found], offsets),
            ends=_shifted([part.ends for part in found], offsets),
            parts=[len(part.numbers) for part in found],
            title=self._read_fact(title(document)).numbers,
            headings=self._plain.read(headings(document)).numbers,
        )

    def _text(self, repaired: RepairedText) -> Numbered:
        damaged = repaired.quality.damage is not Damage.NONE
        found = (self._damaged if damaged else self._plain).read(repaired.text)
        for place, change in changed_words(repaired, found.starts, found.ends):
            number = int(found.numbers[place])
            found.numbers[place] = self._number_changed(found.words.texts[place], number, change)
        return found

    def _number_plain(self, text: str, word: Word, name: bool) -> int:
        return self.types.number(plain_type(text, word, name))

    def _number_damaged(self, text: str, word: Word, name: bool) -> int:
        others = readings(text, word.form, None, self._analyzer)
        return self.types.number(plain_type(text, word, name)._replace(readings=others))

    def _number_changed(self, text: str, number: int, change: Change) -> int:
        """Return the type of a word of type `number` that comes from a repair."""
        guess = is_guess(change)
        certain = change.kind is ChangeKind.CORRECTION or change.probability >= SETTLED
        others = tuple(other.text for other in change.alternatives)
        what = (text, number, change.original, change.repaired, others, change.kind, certain, guess)
        known = self._changed.get(what)
        if known is None:
            plain = self.types.types[number]
            assert plain is not None  # it was read here, not taken over
            found = plain._replace(
                readings=readings(text, plain.form, change, self._analyzer),
                original=change.original if guess else None,
            )
            known = self._changed[what] = self.types.number(found)
        return known


def _shifted(arrays: list[NDArray[np.int64]], offsets: list[int]) -> NDArray[np.int64]:
    return np.concatenate([array + by for array, by in zip(arrays, offsets, strict=True)])
