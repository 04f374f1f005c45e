"""Adopt the types of segments that are merged, a table at a time.

A type is a row of numbers, those of its terms in each field; two types are equal if their rows are.
Rows are built for a whole table at once and compared as bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.fields import Field
from kb.search.types import STREAM, TermNumbers, Types
from kb.search.whoosh_engine.arrays import spans, starts_of
from kb.search.whoosh_engine.tokens import TokenFile

_Rows = tuple[NDArray[np.int64], NDArray[Any]]
"""(Count of numbers of each type, numbers of all types)."""


class Adoption:
    """Adds the types of segments to those of a writer."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._known: dict[bytes, int] = {}
        self._done = 0
        self._originals = TermNumbers()

    def adopt(self, tokens: TokenFile) -> NDArray[np.int64]:
        """Adopt the types of a segment.

        Returns:
            The number of each of its types, -1 if no token has it.
        """
        self._catch_up()
        fields = {}
        for field in STREAM:
            counts, ordinals = tokens.rows(field)
            number = self._types.numbers[field].__getitem__
            terms = np.array(list(map(number, tokens.lexicon(field))), np.int64)
            fields[field] = counts, terms[ordinals]
        originals = tokens.originals()
        keys = _keys([*fields.values(), self._original_rows(originals, 0, tokens.type_count)])
        numbers = np.full(tokens.type_count, -1, np.int64)
        new: list[int] = []
        for at in np.flatnonzero(fields[Field.FORM][0]).tolist():
            numbers[at] = self._known.setdefault(keys[at], self._done + len(new))
            if numbers[at] == self._done + len(new):
                new.append(at)
        self._add(fields, np.array(new, np.int64))
        found = {int(numbers[at]): text for at, text in originals.items()}
        self._types.originals |= {number: text for number, text in found.items() if number >= 0}
        return numbers

    def _add(self, fields: Mapping[Field, _Rows], new: NDArray[np.int64]) -> None:
        for field, (counts, terms) in fields.items():
            at = spans(starts_of(counts)[new], counts[new])
            self._types.projections[field].extend(counts[new], terms[at])
        self._types.types.extend([None] * len(new))
        self._done += len(new)

    def _catch_up(self) -> None:
        """Note the rows of types that were read and not taken over."""
        count = len(self._types.types)
        found: list[_Rows] = [self._types.projections[field].rows(self._done) for field in STREAM]
        rows = _keys([*found, self._original_rows(self._types.originals, self._done, count)])
        for number, row in enumerate(rows, start=self._done):
            self._known.setdefault(row, number)
        self._done = count

    def _original_rows(self, originals: Mapping[int, str], first: int, behind: int) -> _Rows:
        there = [number for number in sorted(originals) if number >= first]
        counts = np.bincount(np.array(there, np.int64) - first, minlength=behind - first)
        return counts, np.array([self._originals[originals[n]] for n in there], np.int64)


def _keys(columns: Sequence[_Rows]) -> list[bytes]:
    """Return the row of each type as bytes: of each column how many numbers, and the numbers."""
    ends = starts_of(sum((counts + 1 for counts, _ in columns), np.zeros(1, np.int64)))
    flat = np.empty(int(ends[-1]), np.uint32)
    at = ends[:-1].copy()
    for counts, numbers in columns:
        flat[at] = counts
        flat[spans(at + 1, counts)] = numbers
        at += counts + 1
    data = flat.tobytes()
    return [data[a:b] for a, b in pairwise((ends * flat.itemsize).tolist())]
