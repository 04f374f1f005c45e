"""The postings of a segment on disk: written field by field, read as views.

Beside Whoosh's term dictionary there are three files of arrays (`arrays`): one with the documents
of the postings of each field, the starts of each term, and the exact length of every document; one
with frequencies; and one with positions, which a query without phrases never touches (like
Lucene's .doc and .pos).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from whoosh.filedb.structfile import StructFile
from whoosh.util.numeric import byte_to_length

from kb.search.postings import Ints, Postings
from kb.search.whoosh_engine.arrays import Arrays, ArrayWriter, narrow, spans, starts_of
from kb.search.whoosh_engine.invert import Column
from kb.search.whoosh_engine.merge import Stretch
from kb.search.whoosh_engine.terms import FieldTerms, TermReader, TermWriter, term_infos

_ROUNDED = np.array([byte_to_length(code) for code in range(256)], np.uint32)
"""The distinct lengths in Whoosh's encoding."""


def length_codes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """Return lengths in the single bytes Whoosh keeps them in (`length_to_byte`)."""
    most = int(lengths.max(initial=0))
    if most < len(lengths):  # fewer lengths than documents: look each up once
        codes: NDArray[np.uint8] = _codes(np.arange(most + 1))[lengths]
        return codes
    return _codes(lengths)


def _codes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    return np.minimum(np.searchsorted(_ROUNDED, lengths), 255).astype(np.uint8)


class PostingsWriter:
    """Writes the fields of a segment, in order of their names."""

    def __init__(self, terms: StructFile, postings: Path, freqs: Path, positions: Path) -> None:
        self._terms = TermWriter(terms)
        self._postings = ArrayWriter(postings)
        self._freqs = ArrayWriter(freqs)
        self._positions = ArrayWriter(positions)

    def field(
        self,
        name: str,
        terms: Sequence[bytes],
        stretches: Iterable[Stretch],
        lengths: NDArray[Any] | None,
        widths: tuple[DTypeLike, DTypeLike],
    ) -> NDArray[np.int64]:
        """Write one field; return the ordinal of every rank, -1 if it has no postings.

        Args:
            name: Its name.
            terms: The terms by rank.
            stretches: Their postings.
            lengths: Tokens of each document; None if they do not affect scores.
            widths: Integer types that hold every frequency, and every position.
        """
        codes = None if lengths is None else length_codes(lengths)
        ordinals = np.full(len(terms), -1, np.int64)
        posting_counts: list[NDArray[np.int64]] = []
        position_counts: list[NDArray[np.int64]] = []
        self._postings.begin(f"{name}.docs", np.uint32)
        self._freqs.begin(name, widths[0])
        self._positions.begin(name, widths[1])
        done = 0
        for stretch in stretches:
            ordinals[stretch.ranks] = np.arange(done, done + len(stretch.ranks))
            self._write_terms(name, terms, stretch, codes, done)
            self._postings.append(stretch.docs)
            self._freqs.append(stretch.freqs)
            self._positions.append(stretch.positions)
            posting_counts.append(stretch.posting_counts)
            position_counts.append(stretch.position_counts)
            done += len(stretch.ranks)
        self._postings.add(f"{name}.starts", narrow(starts_of(_joined(posting_counts))))
        self._postings.add(f"{name}.position_starts", narrow(starts_of(_joined(position_counts))))
        if lengths is not None:
            self._postings.add(f"{name}.lengths", narrow(lengths))
        return ordinals

    def _write_terms(
        self,
        name: str,
        terms: Sequence[bytes],
        stretch: Stretch,
        codes: NDArray[np.uint8] | None,
        done: int,
    ) -> None:
        if not len(stretch.ranks):
            return
        starts = starts_of(stretch.posting_counts)[:-1]
        lengths = np.zeros(len(stretch.docs), np.uint8) if codes is None else codes[stretch.docs]
        infos = term_infos(
            weight=np.add.reduceat(stretch.freqs, starts, dtype=np.int64),
            doc_freq=stretch.posting_counts,
            min_length=np.minimum.reduceat(lengths, starts),
            max_length=np.maximum.reduceat(lengths, starts),
            max_weight=np.maximum.reduceat(stretch.freqs, starts),
            min_doc=stretch.docs[starts],
            max_doc=stretch.docs[starts + stretch.posting_counts - 1],
            ordinal=np.arange(done, done + len(stretch.ranks)),
        )
        self._terms.add_terms(name, [terms[rank] for rank in stretch.ranks.tolist()], infos)

    def close(self) -> None:
        """Finish the files."""
        for file in (self._terms, self._postings, self._freqs, self._positions):
            file.close()


def _joined(arrays: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)


class PostingsFile:
    """The fields of a segment. Safe to share between threads."""

    def __init__(self, terms: Path, arrays: Sequence[Path], doc_count: int) -> None:
        self._terms = TermReader(terms)
        self._arrays = tuple(Arrays(path) for path in arrays)
        self._doc_count = doc_count

    def names(self) -> list[str]:
        """Return the fields that have terms."""
        return list(self._terms.fields)

    def field(self, name: str) -> ArrayField:
        """Return a field, empty if the segment has none of that name."""
        return ArrayField(self._terms.field(name), name, self._arrays, self._doc_count)


_NOTHING = np.empty(0, np.uint32)


class ArrayField:
    """One field of a segment; a `FieldReader`."""

    def __init__(
        self, terms: FieldTerms, name: str, arrays: tuple[Arrays, ...], doc_count: int
    ) -> None:
        postings, freqs, positions = arrays
        self.terms = terms
        self.doc_count = doc_count
        self.term_count = len(terms)
        self._exact = postings.get(f"{name}.lengths")
        none = np.zeros(1, np.uint32)
        self.column = Column(
            terms=np.arange(self.term_count),
            posting_starts=postings.get(f"{name}.starts", none),
            position_starts=postings.get(f"{name}.position_starts", none),
            docs=postings.get(f"{name}.docs", _NOTHING),
            freqs=freqs.get(name, _NOTHING),
            positions=positions.get(name, _NOTHING),
        )

    @property
    def exact_lengths(self) -> NDArray[Any]:
        """Tokens of each document."""
        if self._exact is None:
            return np.zeros(self.doc_count, np.uint32)
        return self._exact

    @cached_property
    def lengths(self) -> NDArray[np.uint32]:
        """Tokens of each document, rounded as Whoosh rounds them to score by."""
        return _ROUNDED[length_codes(self.exact_lengths)]

    @cached_property
    def total_length(self) -> int:
        """Tokens of all documents, exact."""
        return int(self.exact_lengths.sum(dtype=np.int64))

    @cached_property
    def frequencies(self) -> NDArray[Any]:
        """How many documents have each term."""
        return narrow(np.diff(self.column.posting_starts))

    def ordinal(self, term: bytes) -> int | None:
        """Return the number of a term, or None if the field does not have it."""
        return self.terms.find(term)

    def range(self, beginning: bytes) -> tuple[int, int]:
        """Return the first ordinal of the terms that begin so, and the one behind the last."""
        return self.terms.range(beginning)

    def term(self, ordinal: int) -> bytes:
        """Return a term by its number."""
        return self.terms[ordinal]

    def all_terms(self) -> list[bytes]:
        """Return all terms, in order."""
        return self.terms[:]

    def postings(self, ordinal: int, end: int | None = None) -> Postings:
        """Return the postings of a term, or of all terms from it up to `end`."""
        column, end = self.column, ordinal + 1 if end is None else end
        a, b = int(column.posting_starts[ordinal]), int(column.posting_starts[end])
        c, d = int(column.position_starts[ordinal]), int(column.position_starts[end])
        return Postings(column.docs[a:b], column.freqs[a:b], column.positions[c:d])

    def gather(
        self, ordinals: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], Ints, NDArray[np.int64]]:
        """Return documents and frequencies of some terms, one after another, and how many each."""
        column = self.column
        starts = column.posting_starts[ordinals].astype(np.int64)
        counts = column.posting_starts[ordinals + 1] - starts
        at = spans(starts, counts)
        return column.docs[at], column.freqs[at], counts

    def get(self, term: bytes) -> Postings | None:
        """Return the postings of a term, or None if the field does not have it."""
        ordinal = self.ordinal(term)
        return None if ordinal is None else self.postings(ordinal)

    def prefix(self, beginning: bytes) -> Iterator[bytes]:
        """Yield the terms that begin so, in order."""
        first, end = self.range(beginning)
        yield from self.terms[first:end]
