"""The open segments of an index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from kb.search.fields import Field
from kb.search.lexicon import SegmentLexicon, tables
from kb.search.whoosh_engine.arrays import Arrays, ArrayWriter
from kb.search.whoosh_engine.codec import ROWS, TOKENS, WORDS, open_postings, segment_file
from kb.search.whoosh_engine.postings_file import ArrayField
from kb.search.whoosh_engine.rows import RowFile
from kb.search.whoosh_engine.schema import ID
from kb.search.whoosh_engine.tokens import TokenFile


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSegment:
    """A segment with all its files mapped; it stays readable when they are deleted.

    Attributes:
        name: Whoosh's name of it.
        doc_count: Its documents, deleted ones too.
        deleted: Numbers of those that are deleted, ascending.
        fields: The fields of words.
        keys: The field of ids.
        tokens: The token columns.
        rows: The rows and records.
        lexicon: The words.
    """

    name: str
    doc_count: int
    deleted: NDArray[np.uint32]
    fields: dict[Field, ArrayField]
    keys: ArrayField
    tokens: TokenFile
    rows: RowFile
    lexicon: SegmentLexicon

    def find(self, doc_id: str) -> int | None:
        """Return the number of the live document with an id, or None."""
        found = self.keys.get(doc_id.encode())
        alive = () if found is None else np.setdiff1d(found.docs, self.deleted).tolist()
        return alive[-1] if alive else None

    def alive(self) -> NDArray[np.int64]:
        """Return the numbers of the documents that are not deleted."""
        return np.setdiff1d(np.arange(self.doc_count), self.deleted, assume_unique=True)


def open_segment(storage: FileStorage, segment: Segment) -> OpenSegment:
    """Open a segment."""
    postings = open_postings(storage, segment)
    fields = {field: postings.field(field.value) for field in Field}
    return OpenSegment(
        name=segment.segment_id(),
        doc_count=segment.doc_count_all(),
        deleted=np.array(sorted(segment.deleted_docs()), np.uint32),
        fields=fields,
        keys=postings.field(ID),
        tokens=TokenFile(segment_file(storage, segment, TOKENS), fields),
        rows=RowFile(segment_file(storage, segment, ROWS)),
        lexicon=SegmentLexicon(fields[Field.FORM], Arrays(segment_file(storage, segment, WORDS))),
    )


def write_words(storage: FileStorage, segment: Segment) -> None:
    """Write the tables of the words of a segment whose postings are written."""
    words = open_postings(storage, segment).field(Field.FORM.value)
    with ArrayWriter(segment_file(storage, segment, WORDS)) as file:
        for name, table in tables(words.all_terms()).items():
            file.add(name, table)


def open_segments(index: FileIndex) -> list[OpenSegment]:
    """Open the segments of an index, in the order in which Whoosh numbers their documents."""
    return [open_segment(index.storage, segment) for segment in index._segments()]
