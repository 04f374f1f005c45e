"""Token types, shared by all tokens that are found by the same terms.

The terms of a word depend on the word and on its repair, not on its place. So each distinct
combination is computed once and numbered; a text is an array of these numbers, and the fields of
the index are projections of the array.
"""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.search.fields import REPAIRED_TERM, Field
from kb.swedish.analysis import Word

STREAM = (
    Field.FORM,
    Field.LEMMA,
    Field.KEY,
    Field.PART,
    Field.NAME,
    Field.READING,
    Field.REPAIRED,
)
"""The fields that the words of a text stand in."""


class TokenType(NamedTuple):
    """One type.

    Attributes:
        form: The word in lower case.
        lemma: Its dictionary form.
        key: Its conflation class.
        parts: Its key and the keys of its compound parts.
        name: The word as written, if it is a name or an abbreviation.
        readings: Other terms that a damaged word is found by.
        original: The words of the original, if they were read as something else.
    """

    form: str
    lemma: str
    key: str
    parts: tuple[str, ...]
    name: str | None = None
    readings: tuple[str, ...] = ()
    original: str | None = None

    def terms(self) -> tuple[tuple[str, ...], ...]:
        """Return the terms in each field of `STREAM`."""
        return (
            (self.form,),
            (self.lemma,),
            (self.key,),
            self.parts,
            () if self.name is None else (self.name,),
            self.readings,
            () if self.original is None else (REPAIRED_TERM,),
        )


def plain_type(text: str, word: Word, name: bool) -> TokenType:
    """Return the type of a word that was not repaired."""
    named = name or (not text[1:].islower() and sum(map(str.isupper, text)) > 1)
    parts = tuple(dict.fromkeys((word.key, *word.part_keys))) if word.part_keys else (word.key,)
    return TokenType(word.form, word.lemma, word.key, parts, text if named else None)


class TermNumbers(dict[str, int]):
    """Numbers the terms of a field, in order of first occurrence."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    @property
    def terms(self) -> list[str]:
        """The terms by number."""
        return list(self)


class Projection:
    """The terms of every type in one field, as compressed sparse rows.

    Attributes:
        starts: Where each type's terms begin, and one more for the end.
        terms: Term numbers.
    """

    def __init__(self) -> None:
        self.starts = array("I", [0])
        self.terms = array("I")

    def rows(self, first: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Return how many terms each type from `first` on has, and the terms."""
        starts = np.array(self.starts[first:])
        return np.diff(starts).astype(np.int64), np.array(self.terms[starts[0] :], np.uint32)

    def extend(self, counts: NDArray[np.int64], terms: NDArray[Any]) -> None:
        """Add types, given how many terms each has, and the terms."""
        starts = len(self.terms) + np.cumsum(counts)
        self.starts.frombytes(starts.astype(self.starts.typecode).tobytes())
        self.terms.frombytes(terms.astype(self.terms.typecode).tobytes())


class Types:
    """Numbers types, and keeps their terms by field.

    Attributes:
        types: The types by number; None for one that came with a segment.
        originals: The words of the original by type, where they were read as something else.
        numbers: The terms of each field by number.
        projections: The terms of each type by field.
    """

    def __init__(self) -> None:
        self.types: list[TokenType | None] = []
        self.originals: dict[int, str] = {}
        self._numbers: dict[TokenType, int] = {}
        self.numbers = {field: TermNumbers() for field in STREAM}
        self.projections = {field: Projection() for field in STREAM}
        self._fields = [(self.numbers[f].__getitem__, self.projections[f]) for f in STREAM]

    def number(self, found: TokenType) -> int:
        """Return the number of a type, a new one if it is new."""
        number = self._numbers.setdefault(found, len(self.types))
        if number == len(self.types):
            self.types.append(found)
            if found.original is not None:
                self.originals[number] = found.original
            for (number_of, projection), terms in zip(self._fields, found.terms(), strict=True):
                if terms:
                    projection.terms.extend(map(number_of, terms))
                projection.starts.append(len(projection.terms))
        return number
