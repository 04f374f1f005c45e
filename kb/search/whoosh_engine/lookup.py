"""The terms of one query in all segments, each looked up once, with their BM25 statistics."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from kb.search.arrays import Docs, Floats, Places
from kb.search.postings import FieldReader, Postings
from kb.search.weights import LENGTH_NORM, SATURATION


class Indexed(Protocol):
    """The parts of a segment that the searcher reads."""

    @property
    def doc_count(self) -> int:
        """Its documents, deleted ones too."""

    @property
    def deleted(self) -> Docs:
        """Numbers of the deleted ones, ascending."""

    @property
    def fields(self) -> Mapping[Any, FieldReader]:
        """Its fields by name; one that no document has may be missing."""


class Statistics:
    """The collection statistics that scores depend on, computed as in Whoosh.

    Deleted documents count until they are merged away, as in Lucene. Shared by all queries; the
    tables of a field are computed on first use.
    """

    def __init__(self, segments: Sequence[Indexed]) -> None:
        self._segments = segments
        self.documents = sum(segment.doc_count for segment in segments)
        self._norms: dict[str, list[Floats]] = {}

    def idf(self, found_in: int) -> float:
        """Return the inverse document frequency for a document frequency."""
        return math.log(self.documents / (found_in + 1)) + 1

    def norms(self, field: str, segment: int) -> Floats:
        """Return BM25's addend of the term frequency, for every document of a segment."""
        norms = self._norms.get(field)
        if norms is None:
            # Two threads may compute it at once; the tables are equal, and one of them is kept.
            norms = self._norms[field] = self._made(field)
        return norms[segment]

    def _made(self, field: str) -> list[Floats]:
        readers = [segment.fields.get(field) for segment in self._segments]
        total = sum(reader.total_length for reader in readers if reader)
        average = total / self.documents if total else 1.0
        none = np.empty(0, np.uint32)
        lengths = (reader.lengths if reader else none for reader in readers)
        return [
            SATURATION * ((1 - LENGTH_NORM) + LENGTH_NORM * one.astype(np.float64) / average)
            for one in lengths
        ]


@dataclass(frozen=True)
class TermPostings:
    """A term in all segments.

    Attributes:
        postings: Its postings by segment, None where a segment does not have it.
        idf: Its inverse document frequency.
    """

    postings: tuple[Postings | None, ...]
    idf: float

    @cached_property
    def starts(self) -> tuple[Places | None, ...]:
        """Where the positions of each posting begin, by segment."""
        return tuple(p.starts if p else None for p in self.postings)


@dataclass(frozen=True, slots=True)
class Many:
    """Many words of one field.

    Attributes:
        ordinals: Those that a segment has, by segment.
        idf: The inverse document frequency of each of these.
    """

    ordinals: tuple[NDArray[np.int64], ...]
    idf: tuple[Floats, ...]


class Lookup:
    """Looks up the terms of one query; belongs to one thread."""

    def __init__(self, segments: Sequence[Indexed], statistics: Statistics) -> None:
        self._segments = segments
        self._statistics = statistics
        self._terms: dict[tuple[str, str | bytes], TermPostings | None] = {}
        self._many: dict[tuple[str, tuple[str, ...]], Many] = {}

    def __contains__(self, term: object) -> bool:
        return isinstance(term, tuple) and self.term(*term) is not None

    def term(self, field: str, text: str | bytes) -> TermPostings | None:
        """Return a term, or None if no segment has it."""
        key = field, text
        if key not in self._terms:
            self._terms[key] = self._looked_up(field, text)
        return self._terms[key]

    def _looked_up(self, field: str, text: str | bytes) -> TermPostings | None:
        raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        readers = (segment.fields.get(field) for segment in self._segments)
        postings = tuple(reader.get(raw) if reader else None for reader in readers)
        found_in = sum(len(one.docs) for one in postings if one)
        return TermPostings(postings, self._statistics.idf(found_in)) if found_in else None

    def words(self, field: str, words: Sequence[str]) -> Many:
        """Return many words of a field."""
        key = field, tuple(words)
        if key not in self._many:
            self._many[key] = self._many_looked_up(field, words)
        return self._many[key]

    def _many_looked_up(self, field: str, words: Sequence[str]) -> Many:
        encoded = [word.encode("utf-8", "replace") for word in words]
        found_in = np.zeros(len(words), np.int64)
        ordinals, places = [], []
        for segment in self._segments:
            reader = segment.fields.get(field)
            each = [reader.ordinal(word) if reader else None for word in encoded]
            there = [n for n, ordinal in enumerate(each) if ordinal is not None]
            places.append(np.array(there, np.int64))
            ordinals.append(np.array([each[n] for n in there], np.int64))
            if reader:
                found_in[there] += reader.frequencies[ordinals[-1]]
        idf = np.log(self._statistics.documents / (found_in + 1)) + 1
        return Many(tuple(ordinals), tuple(idf[place] for place in places))

    def expand_prefix(self, field: str, beginning: str | bytes) -> list[bytes]:
        """Return the terms with a prefix, in order, as Whoosh's reader does."""
        raw = beginning if isinstance(beginning, bytes) else beginning.encode()
        found: set[bytes] = set()
        for segment in self._segments:
            if reader := segment.fields.get(field):
                found.update(reader.prefix(raw))
        return sorted(found)

    def beginning(self, asked: query.Prefix) -> list[bytes]:
        """Return the terms with a beginning, in order."""
        return self.expand_prefix(asked.fieldname, asked.text)

    def between(self, asked: query.TermRange) -> list[bytes]:
        """Return the terms of a range, in order."""
        found: set[bytes] = set()
        for segment in self._segments:
            if reader := segment.fields.get(asked.fieldname):
                terms, first, behind = range(reader.term_count), 0, reader.term_count
                if asked.start is not None:
                    side = bisect_right if asked.startexcl else bisect_left
                    first = side(terms, asked.start.encode(), key=reader.term)
                if asked.end is not None:
                    side = bisect_left if asked.endexcl else bisect_right
                    behind = side(terms, asked.end.encode(), key=reader.term)
                found.update(map(reader.term, terms[first:behind]))
        return sorted(found)

    def reader(self, field: str, segment: int) -> FieldReader | None:
        """Return a field of a segment."""
        return self._segments[segment].fields.get(field)

    def norms(self, field: str, segment: int) -> NDArray[np.float64]:
        """See `Statistics.norms`."""
        return self._statistics.norms(field, segment)
