"""Segments of a stock Whoosh index read into arrays, so that the two can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import collectors, fields, formats, index, query, scoring
from whoosh.fields import Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import IndexReader
from whoosh.searching import Searcher as WhooshSearcher

from kb.search.arrays import Docs
from kb.search.postings import FieldReader, Postings
from kb.search.weights import LENGTH_NORM, SATURATION

Document = Mapping[str, Sequence[tuple[str, int]]]
"""Terms with their positions by field."""


class PostingsField(fields.FieldType):
    """A Whoosh field that is given its terms and positions ready made."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None

    def index(
        self, value: Sequence[tuple[str, int]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        positions: dict[str, list[int]] = defaultdict(list)
        for term, position in value:
            positions[term].append(position)
        for term, places in positions.items():
            yield term.encode(), len(places), float(len(places)), self.format.encode(places)


class Field:
    """A `FieldReader` over a reader of Whoosh's own."""

    def __init__(self, reader: IndexReader, name: str) -> None:
        self._reader = reader
        self._name = name
        self._terms = list(reader.lexicon(name))
        self.doc_count = reader.doc_count_all()
        self.term_count = len(self._terms)
        lengths = [reader.doc_field_length(n, name) or 0 for n in range(self.doc_count)]
        self.lengths = np.array(lengths, np.uint32)
        self.total_length = reader.field_length(name)

    def ordinal(self, term: bytes) -> int | None:
        return self._terms.index(term) if term in self._terms else None

    def range(self, beginning: bytes) -> tuple[int, int]:
        fitting = [n for n, term in enumerate(self._terms) if term.startswith(beginning)]
        return (fitting[0], fitting[-1] + 1) if fitting else (0, 0)

    def term(self, ordinal: int) -> bytes:
        return self._terms[ordinal]

    def postings(self, ordinal: int, end: int | None = None) -> Postings:
        docs, freqs, positions = [], [], []
        for term in self._terms[ordinal : end or ordinal + 1]:
            matcher = self._reader._terms.matcher(self._name, term, PostingsField().format)
            while matcher.is_active():
                docs.append(matcher.id())
                places = matcher.value_as("positions")
                freqs.append(len(places))
                positions += places
                matcher.next()
        return Postings(
            np.array(docs, np.uint32), np.array(freqs, np.uint8), np.array(positions, np.uint16)
        )

    @property
    def frequencies(self) -> NDArray[np.int64]:
        return np.array([len(self.postings(n).docs) for n in range(self.term_count)])

    def gather(
        self, ordinals: NDArray[np.int64]
    ) -> tuple[Docs, NDArray[np.uint8], NDArray[np.int64]]:
        each = [self.postings(n) for n in ordinals.tolist()]
        counts = np.array([len(one.docs) for one in each])
        return (
            np.concatenate([p.docs for p in each]),
            np.concatenate([p.freqs for p in each]),
            counts,
        )

    def all_terms(self) -> list[bytes]:
        return self._terms

    def get(self, term: bytes) -> Postings | None:
        ordinal = self.ordinal(term)
        return None if ordinal is None else self.postings(ordinal)

    def prefix(self, beginning: bytes) -> Iterator[bytes]:
        return (term for term in self._terms if term.startswith(beginning))


@dataclass(frozen=True)
class Segment:
    doc_count: int
    deleted: Docs
    fields: Mapping[str, FieldReader]


class MemoryStorage(RamStorage):
    """Storage that keeps in memory what Whoosh would lay in a folder shared by processes."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


def stock_index(segments: Sequence[Sequence[Document]], deleted: Sequence[int]) -> index.Index:
    """Return an index in memory with one segment of Whoosh for each of `segments`."""
    names = sorted({name for documents in segments for one in documents for name in one})
    made = MemoryStorage().create_index(Schema(**{name: PostingsField() for name in names}))
    for documents in segments:
        writer = made.writer()
        for document in documents:
            writer.add_document(**document)
        writer.commit(merge=False)
    writer = made.writer()
    for number in deleted:
        writer.delete_document(number)
    writer.commit(merge=False)
    return made


def searcher(made: index.Index) -> WhooshSearcher:
    return made.searcher(weighting=scoring.BM25F(B=LENGTH_NORM, K1=SATURATION))


def segments_of(reader: IndexReader) -> list[Segment]:
    leaves = [leaf for leaf, _ in reader.leaf_readers()]
    return [
        Segment(
            leaf.doc_count_all(),
            np.array(sorted(leaf.deleted_docs_set or ()), np.uint32),
            {name: Field(leaf, name) for name in leaf.indexed_field_names()},
        )
        for leaf in leaves
    ]


def stock_scores(stock: WhooshSearcher, asked: query.Query) -> dict[int, float]:
    """Return the score of all that Whoosh's own matchers find."""
    collector = collectors.UnlimitedCollector()
    stock.search_with_collector(asked, collector)
    return {number: score for score, number in collector.items}
