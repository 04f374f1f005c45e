"""The index writer: documents in, batches inverted, segments merged by columns.

Whoosh's own segment writer sorts, pickles and packs posting by posting. This one keeps its lock,
segments, deletions, merge policy and table of contents, but fills a segment differently: documents
are read into token types, a batch of them is inverted at a time and spilled, and a commit merges
the batches, and the segments to be merged, field by field (`invert`, `merge`). Memory is bounded by
a batch and the table of types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import writing
from whoosh.codec.base import Segment
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from kb.model import Document
from kb.search.entry import row
from kb.search.fields import Field
from kb.search.reader import DocumentReader, ReadDocument
from kb.search.types import STREAM, Projection, TermNumbers
from kb.search.whoosh_engine.adoption import Adoption
from kb.search.whoosh_engine.arrays import Arrays, ArrayWriter, spans, starts_of
from kb.search.whoosh_engine.codec import ROWS, TOKENS, ArrayCodec, segment_file
from kb.search.whoosh_engine.invert import Column, invert
from kb.search.whoosh_engine.merge import PostingSource, merge
from kb.search.whoosh_engine.postings_file import ArrayField, PostingsWriter
from kb.search.whoosh_engine.rows import RowWriter
from kb.search.whoosh_engine.schema import ID
from kb.search.whoosh_engine.segment import OpenSegment, open_segment, write_words
from kb.search.whoosh_engine.tokens import TokenWriter, positions
from kb.swedish.analysis import Analyzer

BATCH = 1_000_000
"""Tokens that are inverted at a time."""

_ZONES = {Field.TITLE: "title", Field.HEADING: "headings"}
"""Fields with separate text, and the attribute of a read document that has it."""


class ArrayIndexWriter(writing.SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Adds documents to an index and removes them; nothing is seen before `commit`.

    Args:
        index: The index.
        analyzer: The analysis.
        batch: Tokens that are inverted at a time.
    """

    def __init__(self, index: FileIndex, analyzer: Analyzer, batch: int = BATCH) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False)
        self._reader = DocumentReader(analyzer)
        self._adoption = Adoption(self._reader.types)
        self._limit = batch
        self._waiting: list[ReadDocument] = []
        self._tokens_waiting = 0
        self._keys: dict[str, int] = {}
        self._old = [open_segment(self.storage, segment) for segment in self.segments]
        self._token_writer = TokenWriter(self._path(TOKENS))
        self._row_writer = RowWriter(self._path(ROWS))
        self._fields = {
            field: _Gathered(self._reader.types.numbers[_space(field)]) for field in Field
        }
        self._batches = 0
        self._ranked = lru_cache(maxsize=1)(self._rank)  # three fields in a row share keys

    def _path(self, extension: str) -> Path:
        return segment_file(self.storage, self.newsegment, extension)

    # Documents

    def add(self, document: Document) -> None:
        """Add a document, in place of the one of the same id if there is one."""
        self._check_state()
        self.remove(document.id)
        read = self._reader.read(document)
        self._row_writer.add(row(document), read.passage, read.length, document)
        self._keys[document.id] = self.docnum
        self.docnum += 1
        self._added = True
        self._waiting.append(read)
        self._tokens_waiting += len(read.types)
        if self._tokens_waiting >= self._limit:
            self._invert()

    def remove(self, doc_id: str) -> bool:
        """Remove the document of an id; return whether there was one."""
        number = self._keys.pop(doc_id, None)
        if number is not None:
            self.newsegment.delete_document(number)
            return True
        for segment, opened in zip(self.segments, self._old, strict=True):
            number = opened.find(doc_id)
            if number is not None and not segment.is_deleted(number):
                segment.delete_document(number)
                return True
        return False

    def add_document(self, **fields: object) -> None:
        """Reject what Whoosh would tokenize itself."""
        raise TypeError("documents are added with `add`")

    # Batches

    def _invert(self) -> None:
        """Write the token columns of the pending documents, and spill their postings."""
        waiting, self._waiting, self._tokens_waiting = self._waiting, [], 0
        if not waiting:
            return
        base = self.docnum - len(waiting)
        batch = _Batch.of(waiting, base)
        self._token_writer.add(
            batch.types, batch.gaps, batch.lengths, batch.doc_parts, batch.part_tokens
        )
        path = Path(self._tempstorage.folder, f"batch-{self._batches}")
        self._batches += 1
        with ArrayWriter(path) as file:
            for field in STREAM:
                projection = self._reader.types.projections[field]
                column = _projected(projection, batch.types, batch.docs, batch.positions)
                self._put_aside(field, column, file, base, len(waiting))
            for field, name in _ZONES.items():
                texts = [getattr(read, name) for read in waiting]
                counts = np.array([len(text) for text in texts])
                docs = np.repeat(np.arange(base, base + len(texts)), counts)
                places = spans(np.zeros(len(texts), np.int64), counts)
                keys = self._reader.types.projections[Field.KEY]
                column = _projected(keys, np.concatenate(texts), docs, places)
                self._put_aside(field, column, file, base, len(waiting))
        mapped = Arrays(path)
        for field, gathered in self._fields.items():
            gathered.sources[-1] = _mapped(mapped, field), 0, gathered.sources[-1][2]

    def _put_aside(
        self, field: Field, column: Column, file: ArrayWriter, base: int, count: int
    ) -> None:
        for name in Column.__slots__:
            file.add(f"{field}.{name}", getattr(column, name))
        gathered = self._fields[field]
        docs = column.docs.astype(np.int64) - base
        gathered.lengths.append(np.bincount(docs, column.freqs, count).astype(np.uint32))
        gathered.sources.append((column, 0, column.terms))

    # Merging

    def add_reader(self, reader: SegmentReader) -> None:
        """Merge the live documents of a segment, as Whoosh's merge policy asks."""
        self._check_state()
        self._invert()
        segment = open_segment(reader.storage(), reader.segment())
        alive = segment.alive()
        renumber = np.full(segment.doc_count, -1, np.int64)
        renumber[alive] = self.docnum + np.arange(len(alive))
        types = self._adoption.adopt(segment.tokens)
        self._token_writer.add_segment(segment.tokens, alive, types)
        self._row_writer.add_segment(segment.rows, alive)
        for field, gathered in self._fields.items():
            gathered.add(segment.fields[field], alive, renumber)
        self._note_keys(segment, alive, renumber)
        self.docnum += len(alive)
        self._added = self._added or len(alive) > 0

    def _note_keys(
        self, segment: OpenSegment, alive: NDArray[np.int64], renumber: NDArray[np.int64]
    ) -> None:
        for number in alive.tolist():
            self._keys[segment.rows.id(number)] = int(renumber[number])

    # Commit

    def _flush_segment(self) -> None:
        self._invert()
        ordinals = {}
        for name, write in sorted(self._writes().items()):
            ordinals[name] = write()
        self._token_writer.close(
            self._reader.types, {field: ordinals[field.value] for field in STREAM}
        )
        self._row_writer.close()
        self.perdocwriter.set_doc_count(self.docnum)
        self.perdocwriter.close()
        self.fieldwriter.close()
        write_words(self.storage, self.newsegment)

    def _writes(self) -> dict[str, Callable[[], NDArray[np.int64]]]:
        """Return how each field is written; Whoosh wants them in order of name."""
        writers = {
            field.value: (lambda field=field, gathered=gathered: self._write(field, gathered))
            for field, gathered in self._fields.items()
        }
        return {**writers, ID: self._write_keys}

    def _write(self, field: Field, gathered: _Gathered) -> NDArray[np.int64]:
        """Write a field; return the ordinal of each term number."""
        terms, ranks = self._ranked(_space(field))
        lengths = np.concatenate([np.empty(0, np.uint32), *gathered.lengths])
        sources = [
            PostingSource(column, ranks[numbers], renumber)
            for column, renumber, numbers in gathered.sources
        ]
        writer: PostingsWriter = self.fieldwriter.writer
        ordinals = writer.field(
            field.value,
            terms,
            merge(sources),
            lengths,
            (
                np.result_type(np.uint8, *(s.column.freqs for s in sources)),
                np.result_type(np.uint8, *(s.column.positions for s in sources)),
            ),
        )
        self.perdocwriter.add_lengths(field.value, lengths)
        return ordinals[ranks]

    def _rank(self, field: Field) -> tuple[list[bytes], NDArray[np.int64]]:
        """Return the terms of a field in order, and the place of each term number in it."""
        terms = self._reader.types.numbers[field].terms
        order = sorted(range(len(terms)), key=terms.__getitem__)
        ranks = np.empty(len(terms), np.int64)
        ranks[order] = np.arange(len(terms))
        return [terms[number].encode() for number in order], ranks

    def _write_keys(self) -> NDArray[np.int64]:
        keys = sorted(self._keys)
        docs = np.array([self._keys[key] for key in keys], np.uint32)
        once = np.arange(len(keys) + 1)  # each key has one document
        column = Column(
            terms=once[:-1],
            posting_starts=once,
            position_starts=np.zeros_like(once),
            docs=docs,
            freqs=np.ones(len(keys), np.uint8),
            positions=docs[:0],
        )
        source = PostingSource(column, once[:-1], 0)
        encoded = [key.encode() for key in keys]
        writer: PostingsWriter = self.fieldwriter.writer
        return writer.field(ID, encoded, merge([source]), None, (np.uint8, np.uint8))

    def cancel(self) -> None:
        """Discard the changes."""
        self._added = False
        super().cancel()

    def _close_segment(self) -> None:
        super()._close_segment()
        if not self._added:
            self._token_writer.discard()
            self._row_writer.discard()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """The tokens of some documents, one after another."""

    types: NDArray[np.int64]
    docs: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    gaps: NDArray[np.int64]
    lengths: NDArray[np.int64]
    doc_parts: NDArray[np.int64]
    part_tokens: NDArray[np.int64]

    @classmethod
    def of(cls, read: Sequence[ReadDocument], base: int) -> _Batch:
        counts = np.array([len(one.types) for one in read])
        starts = np.concatenate([one.starts for one in read])
        ends = np.concatenate([one.ends for one in read])
        gaps = starts.copy()
        gaps[1:] -= ends[:-1]
        firsts = starts_of(counts)[:-1][counts > 0]
        gaps[firsts] = starts[firsts]
        return cls(
            types=np.concatenate([one.types for one in read]),
            docs=np.repeat(np.arange(base, base + len(read), dtype=np.uint32), counts),
            positions=np.concatenate([positions(np.array(one.parts)) for one in read]).astype(
                np.uint32
            ),
            gaps=gaps,
            lengths=ends - starts,
            doc_parts=np.array([len(one.parts) for one in read]),
            part_tokens=np.array([tokens for one in read for tokens in one.parts]),
        )


class _Gathered:
    """The collected postings of one field.

    Attributes:
        numbers: The numbers of its terms.
        sources: Postings, how their documents are renumbered, the numbers of their terms.
        lengths: Tokens of each document, batch by batch.
    """

    def __init__(self, numbers: TermNumbers) -> None:
        self.numbers = numbers
        self.sources: list[tuple[Column, NDArray[np.int64] | int, NDArray[Any]]] = []
        self.lengths: list[NDArray[Any]] = []

    def add(self, field: ArrayField, alive: NDArray[np.int64], renumber: NDArray[np.int64]) -> None:
        """Add the postings of a segment."""
        numbers = [self.numbers[term.decode()] for term in field.terms[:]]
        self.sources.append((field.column, renumber, np.array(numbers, np.int64)))
        self.lengths.append(field.exact_lengths[alive])


def _space(field: Field) -> Field:
    """Return the field whose term numbers a field has; titles and headings hold keys."""
    return Field.KEY if field in _ZONES else field


def _projected(
    projection: Projection,
    types: NDArray[np.int64],
    docs: NDArray[Any],
    places: NDArray[Any],
) -> Column:
    """Return the postings of a field, given the types of tokens and where they stand."""
    starts = np.frombuffer(projection.starts, np.uint32)
    terms = np.frombuffer(projection.terms, np.uint32)
    if len(terms) == len(starts) - 1 and (np.diff(starts) == 1).all():
        return invert(terms[types], docs, places)
    first = starts[types]
    counts = starts[types + 1] - first
    return invert(terms[spans(first, counts)], np.repeat(docs, counts), np.repeat(places, counts))


def _mapped(arrays: Arrays, field: Field) -> Column:
    return Column(*(arrays[f"{field}.{name}"] for name in Column.__slots__))


def purging(writer: ArrayIndexWriter, segments: Sequence[Segment]) -> list[Segment]:
    """Merge as Whoosh does, and rewrite the segments with removed documents."""
    kept = []
    for segment in segments:
        if segment.has_deletions():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        else:
            kept.append(segment)
    merged: list[Segment] = writing.MERGE_SMALL(writer, kept)
    return merged
