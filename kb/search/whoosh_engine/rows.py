"""Stored documents, and the columns by which they are filtered and counted.

The row of a document, the passage its tokens were read from and the document itself are stored
together, so that a hit touches one or two pages. Facets are indices into sorted lists of values,
dates are ordinals, which are cheapest to count (like Lucene's doc values).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.model import Document
from kb.search.entry import DocumentRow
from kb.search.facets import FACETS
from kb.search.postings import FacetColumn
from kb.search.types import TermNumbers
from kb.search.whoosh_engine.arrays import Arrays, ArrayWriter, narrow, spans, starts_of

_PIECES = 3  # of a document: its row, passage and record
_CHUNK = 1 << 24
_ENCODER = msgspec.json.Encoder()


class RowWriter:
    """Writes the rows of a segment, document by document."""

    def __init__(self, path: Path) -> None:
        self._arrays = ArrayWriter(path)
        self._arrays.begin("blobs", np.uint8)
        self._sizes = array("Q")
        self._lengths = array("I")
        self._values = {facet: TermNumbers() for facet in FACETS.values()}
        self._counts = {facet: array("I") for facet in FACETS.values()}
        self._numbers = {facet: array("I") for facet in FACETS.values()}
        self._date_counts, self._days, self._likely = array("I"), array("i"), array("i")

    def add(self, row: DocumentRow, passage: str, length: int, document: Document) -> None:
        """Write a document; `length` characters of `passage` are its text."""
        encode = _ENCODER.encode
        pieces = encode(row), passage.encode(), encode(_without_text(document))
        self._arrays.append(np.frombuffer(b"".join(pieces), np.uint8))
        self._sizes.extend(map(len, pieces))
        self._lengths.append(length)
        for facet in FACETS.values():
            values = tuple(facet.values(document.minutes))
            number = self._values[facet].__getitem__
            self._counts[facet].append(len(values))
            self._numbers[facet].extend(map(number, values))
        self._date_counts.append(len(row.dates))
        self._days.extend(day.toordinal() for day in row.dates)
        self._likely.append(row.likely.toordinal() if row.likely else 0)

    def add_segment(self, file: RowFile, docs: NDArray[np.int64]) -> None:
        """Write some documents of a segment, in order."""
        for first, behind in _runs(docs):
            for piece in file.blobs(first, behind):
                self._arrays.append(piece)
        at = spans(docs * _PIECES, np.full(len(docs), _PIECES))
        _extend(self._sizes, np.diff(file.starts)[at])
        _extend(self._lengths, file.lengths[docs])
        for facet, column in file.facets.items():
            numbers = np.array([self._values[facet][v] for v in column.values], np.uint32)
            counts, ordinals = _rows(column.starts, column.ordinals, docs)
            _extend(self._counts[facet], counts)
            _extend(self._numbers[facet], numbers[ordinals])
        counts, days = _rows(file.date_starts, file.days, docs)
        _extend(self._date_counts, counts)
        _extend(self._days, days)
        _extend(self._likely, file.likely[docs])

    def discard(self) -> None:
        """Delete the file: the segment is not written."""
        self._arrays.discard()

    def close(self) -> None:
        """Write the columns."""
        add = self._arrays.add
        add("starts", starts_of(np.array(self._sizes, np.int64)))
        add("lengths", np.array(self._lengths, np.uint32))
        for facet in FACETS.values():
            terms = self._values[facet].terms
            order = sorted(range(len(terms)), key=terms.__getitem__)
            ordinals = np.empty(len(terms), np.uint32)
            ordinals[order] = np.arange(len(terms))
            values = [terms[number].encode() for number in order]
            add(f"{facet.name}.values", np.frombuffer(b"".join(values), np.uint8))
            add(
                f"{facet.name}.value_starts",
                starts_of(np.array([len(v) for v in values], np.int64)),
            )
            add(f"{facet.name}.starts", narrow(starts_of(np.array(self._counts[facet]))))
            add(
                f"{facet.name}.ordinals",
                narrow(ordinals[np.array(self._numbers[facet], np.uint32)]),
            )
        add("date_starts", narrow(starts_of(np.array(self._date_counts))))
        add("days", np.array(self._days, np.int32))
        add("likely", np.array(self._likely, np.int32))
        self._arrays.close()


def _without_text(document: Document) -> Document:
    """Return a document without the text its passage holds."""
    repaired = document.repaired
    source = repaired.source
    if source.text == repaired.text:
        source = replace(source, text="")
    return replace(document, repaired=replace(repaired, source=source, text=""))


def _with_text(document: Document, text: str) -> Document:
    repaired = document.repaired
    # An empty text was omitted.
    source = repaired.source if repaired.source.text else replace(repaired.source, text=text)
    return replace(document, repaired=replace(repaired, source=source, text=text))


def _runs(docs: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return runs of consecutive documents: the first of each and the one behind its last."""
    runs = np.split(docs, np.flatnonzero(np.diff(docs) != 1) + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in runs if len(run)]


def _rows(
    starts: NDArray[Any], values: NDArray[Any], docs: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return how many values each document has, and the values."""
    counts = starts[docs + 1] - starts[docs]
    return counts, values[spans(starts[docs], counts)]


def _extend(numbers: array[int], more: NDArray[Any]) -> None:
    numbers.frombytes(more.astype(numbers.typecode).tobytes())


class RowFile:
    """The rows of a segment; a `RowReader`. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._arrays = arrays = Arrays(path)
        self._blobs = arrays["blobs"]
        self.starts = arrays["starts"]
        self.lengths = arrays["lengths"]
        self.facets = {
            facet: FacetColumn(
                _texts(arrays[f"{facet.name}.values"], arrays[f"{facet.name}.value_starts"]),
                arrays[f"{facet.name}.starts"],
                arrays[f"{facet.name}.ordinals"],
            )
            for facet in FACETS.values()
        }
        self.date_starts = arrays["date_starts"]
        self.days = arrays["days"]
        self.likely = arrays["likely"]

    def _piece(self, doc: int, piece: int) -> bytes:
        at = doc * _PIECES + piece
        return self._arrays.read("blobs", int(self.starts[at]), int(self.starts[at + 1]))

    def blobs(self, first: int, behind: int) -> Sequence[NDArray[np.uint8]]:
        """Return all that is stored of a run of documents."""
        a, b = int(self.starts[first * _PIECES]), int(self.starts[behind * _PIECES])
        return [self._blobs[at : min(at + _CHUNK, b)] for at in range(a, b, _CHUNK)]

    def id(self, doc: int) -> str:
        """Return a document's id."""
        return self.row(doc).card.id

    def row(self, doc: int) -> DocumentRow:
        """Return what lists show of a document and filter it by."""
        return msgspec.json.decode(self._piece(doc, 0), type=DocumentRow)

    def passage(self, doc: int) -> tuple[str, int]:
        """Return what the tokens of a document were cut from, and how much is its text."""
        return self._piece(doc, 1).decode(), int(self.lengths[doc])

    def document(self, doc: int) -> Document:
        """Return the stored document."""
        passage, length = self.passage(doc)
        stored = msgspec.json.decode(self._piece(doc, 2), type=Document)
        return _with_text(stored, passage[:length])


def _texts(data: NDArray[np.uint8], starts: NDArray[Any]) -> tuple[str, ...]:
    whole, ends = data.tobytes(), starts.tolist()
    return tuple(whole[a:b].decode() for a, b in pairwise(ends))
