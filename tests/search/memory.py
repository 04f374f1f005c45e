"""A field of words in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from kb.search.lexicon import SegmentLexicon, tables
from kb.search.postings import Postings


class MemoryField:
    """A `FieldReader` of words with the number of documents that have each."""

    def __init__(self, words: Mapping[str, int]) -> None:
        counts = {word.encode(): count for word, count in words.items()}
        self._terms = sorted(counts)
        self.doc_count = max(counts.values(), default=0)
        self.term_count = len(counts)
        self.frequencies = np.array([counts[term] for term in self._terms], np.uint32)
        self.lengths = np.zeros(self.doc_count, np.uint32)
        self.total_length = 0

    def ordinal(self, term: bytes) -> int | None:
        return self._terms.index(term) if term in self._terms else None

    def range(self, beginning: bytes) -> tuple[int, int]:
        fitting = [n for n, term in enumerate(self._terms) if term.startswith(beginning)]
        return (fitting[0], fitting[-1] + 1) if fitting else (0, 0)

    def term(self, ordinal: int) -> bytes:
        return self._terms[ordinal]

    def all_terms(self) -> list[bytes]:
        return self._terms

    def postings(self, ordinal: int, end: int | None = None) -> Postings:
        raise NotImplementedError

    def gather(
        self, ordinals: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.int64]]:
        raise NotImplementedError

    def get(self, term: bytes) -> Postings | None:
        raise NotImplementedError

    def prefix(self, beginning: bytes) -> Iterator[bytes]:
        return (term for term in self._terms if term.startswith(beginning))


def lexicon(words: Mapping[str, int]) -> SegmentLexicon:
    field = MemoryField(words)
    return SegmentLexicon(field, tables(field.all_terms()))
