"""Whoosh's codec with its postings as flat arrays.

Terms, their statistics, document lengths and the table of contents stay Whoosh's own, so that all
its queries work; only the blocks of pickled postings are replaced, by a matcher over mapped arrays.
It supports schemas whose fields keep existence, frequencies or positions, each with weight 1.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from whoosh import formats
from whoosh.codec import whoosh3
from whoosh.codec.base import Segment
from whoosh.fields import FieldType
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.scoring import BaseScorer

from kb.search.postings import Postings
from kb.search.whoosh_engine.arrays import narrow
from kb.search.whoosh_engine.merge import Stretch
from kb.search.whoosh_engine.postings_file import PostingsFile, PostingsWriter, length_codes
from kb.search.whoosh_engine.rows import RowFile
from kb.search.whoosh_engine.schema import ID, RECORD

TERMS, POSTINGS, FREQUENCIES, POSITIONS = ".trm", ".pst", ".frq", ".pos"
TOKENS, ROWS, WORDS = ".tok", ".row", ".wrd"
_ARRAYS = (POSTINGS, FREQUENCIES, POSITIONS)


class ArrayCodec(whoosh3.W3Codec):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's codec with postings as arrays."""

    def per_document_writer(self, storage: FileStorage, segment: Segment) -> ArrayPerDocWriter:
        """Return the writer of document lengths."""
        return ArrayPerDocWriter(self, storage, segment)

    def per_document_reader(self, storage: FileStorage, segment: Segment) -> ArrayPerDocReader:
        """Return the reader of document lengths and stored fields."""
        return ArrayPerDocReader(storage, segment)

    def field_writer(self, storage: FileStorage, segment: Segment) -> ArrayFieldWriter:
        """Return the writer of the postings."""
        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: FileStorage, segment: Segment) -> ArrayTermsReader:
        """Return the reader of the terms and postings."""
        stock = super().terms_reader(storage, segment)
        return ArrayTermsReader(self, stock, open_postings(storage, segment))


class ArrayPerDocWriter(whoosh3.W3PerDocWriter):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's writer of document lengths, which also takes them all at once."""

    def add_lengths(self, fieldname: str, lengths: NDArray[Any]) -> None:
        """Write the length of a field in every document."""
        name = whoosh3._lenfield(fieldname)
        self._create_column(name, whoosh3.LENGTHS_COLUMN)
        self._get_column(name)._dbfile.write(length_codes(lengths).tobytes())
        self._fieldlengths[fieldname] = int(lengths.sum(dtype=np.int64))

    def set_doc_count(self, count: int) -> None:
        """Say how many documents there are."""
        self._doccount = count


class ArrayPerDocReader(whoosh3.W3PerDocReader):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's reader of what is kept of each document, with stored fields from rows."""

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        super().__init__(storage, segment)
        path = segment_file(storage, segment, ROWS)
        self._rows = RowFile(path) if path.exists() else None

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """Return the stored fields of a document."""
        if self._rows is None:
            stock: dict[str, object] = super().stored_fields(docnum)
            return stock
        record = msgspec.json.encode(self._rows.document(docnum)).decode()
        return {ID: self._rows.id(docnum), RECORD: record}


def segment_file(storage: FileStorage, segment: Segment, extension: str) -> Path:
    """Return one of a segment's files."""
    name: str = segment.make_filename(extension)
    return Path(storage.folder, name)


def create_postings(storage: FileStorage, segment: Segment) -> PostingsWriter:
    """Create the postings of a new segment."""
    arrays = [segment_file(storage, segment, extension) for extension in _ARRAYS]
    return PostingsWriter(segment.create_file(storage, TERMS), *arrays)


def open_postings(storage: FileStorage, segment: Segment) -> PostingsFile:
    """Open the postings of a segment."""
    terms, *arrays = (segment_file(storage, segment, e) for e in (TERMS, *_ARRAYS))
    return PostingsFile(terms, arrays, segment.doc_count_all())


class ArrayFieldWriter(whoosh3.W3FieldWriter):  # type: ignore[misc]  # whoosh has no types
    """Takes postings one by one, as Whoosh's own segment writer gives them."""

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        self.writer = create_postings(storage, segment)
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        """Begin a field."""
        kept = (formats.Existence, formats.Frequency, formats.Positions)
        if type(fieldobj.format) not in kept:
            raise ValueError(f"the field {fieldname!r} keeps more than positions")
        self._field, self._format = fieldname, fieldobj.format
        self._terms: list[bytes] = []
        self._counts: list[tuple[int, int]] = []
        self._docs, self._freqs, self._positions = array("I"), array("I"), array("I")
        self._lengths: dict[int, int] = {}

    def start_term(self, btext: bytes) -> None:
        """Begin a term."""
        self._terms.append(btext)
        self._begun = len(self._docs), len(self._positions)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        """Add a posting."""
        freq = self._format.decode_frequency(vbytes)
        if weight != freq:
            raise ValueError(f"a term of {self._field!r} weighs {weight}, not what it counts")
        self._docs.append(docnum)
        self._freqs.append(freq)
        if isinstance(self._format, formats.Positions):
            self._positions.extend(self._format.decode_positions(vbytes))
        if length:
            self._lengths[docnum] = length

    def finish_term(self) -> None:
        """End a term."""
        docs, positions = self._begun
        self._counts.append((len(self._docs) - docs, len(self._positions) - positions))

    def finish_field(self) -> None:
        """Write the field."""
        counts = np.array(self._counts, np.int64).reshape(-1, 2)
        docs, freqs, positions = (
            np.array(numbers, np.uint32) for numbers in (self._docs, self._freqs, self._positions)
        )
        lengths = np.zeros(max(self._lengths, default=-1) + 1, np.uint32)
        lengths[list(self._lengths)] = list(self._lengths.values())
        ranks = np.arange(len(counts))
        stretch = Stretch(
            ranks=ranks,
            posting_counts=counts[:, 0],
            position_counts=counts[:, 1],
            docs=docs,
            freqs=freqs,
            positions=positions,
        )
        self.writer.field(
            self._field,
            self._terms,
            [stretch],
            lengths if self._lengths else None,
            (narrow(freqs).dtype, narrow(positions).dtype),
        )

    def close(self) -> None:
        """Finish the files."""
        self.writer.close()
        self.is_closed = True


class ArrayTermsReader(whoosh3.W3TermsReader):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's reader of terms, with matchers over arrays."""

    def __init__(
        self, codec: ArrayCodec, stock: whoosh3.W3TermsReader, postings: PostingsFile
    ) -> None:
        self.__dict__.update(stock.__dict__)
        self._postings = postings

    def matcher(
        self, fieldname: str, tbytes: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> ArrayMatcher:
        """Return a matcher over the postings of a term."""
        info = self.term_info(fieldname, tbytes)
        ordinal, _ = info.extent()
        found = self._postings.field(fieldname).postings(ordinal)
        return ArrayMatcher(found, format_, scorer, (fieldname, tbytes), info)


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # whoosh has no types
    """A Whoosh matcher over the postings of one term, in one block.

    Past the end it keeps its last position, as Whoosh's own block matchers do: enclosing matchers
    ask for the current document before they ask whether there is one.
    """

    def __init__(
        self,
        postings: Postings,
        format_: Format,
        scorer: BaseScorer | None,
        term: tuple[str, bytes],
        info: TermInfo,
    ) -> None:
        self._postings = postings
        self._starts = postings.starts
        self.reset()
        self._info = info
        self._term = term
        self.format = format_
        self.scorer = scorer

    def copy(self) -> ArrayMatcher:
        """Return a matcher that stands where this one does."""
        other = ArrayMatcher(self._postings, self.format, self.scorer, self._term, self._info)
        other._at, other._is_over = self._at, self._is_over
        return other

    def is_active(self) -> bool:
        """Whether it stands on a posting."""
        return not self._is_over

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0
        self._is_over = not len(self._postings.docs)

    def id(self) -> int:
        """Return the document at hand."""
        return int(self._postings.docs[self._at])

    def all_ids(self) -> Iterator[int]:
        """Yield all documents."""
        return iter(self._postings.docs.tolist())

    def next(self) -> bool:
        """Go to the next posting; return whether another block was begun."""
        if not self.is_active():
            raise ReadTooFar
        self._go(self._at + 1)
        return self._is_over

    def skip_to(self, targetid: int) -> None:
        """Go to the first posting of a document, or of the next that has one."""
        if not self.is_active():
            raise ReadTooFar
        if targetid > self.id():
            self._go(self._at + int(np.searchsorted(self._postings.docs[self._at :], targetid)))

    def _go(self, at: int) -> None:
        self._is_over = at == len(self._postings.docs)
        if not self._is_over:
            self._at = at

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the end if nothing scores so high."""
        if self.block_quality() > minquality:
            return 0
        self._is_over = True
        return 1

    def weight(self) -> float:
        """Return the frequency."""
        return float(self._postings.freqs[self._at])

    def value_as(self, astype: str) -> object:
        """Return what is kept of the posting."""
        return self._positions() if astype == "positions" else super().value_as(astype)

    def value(self) -> bytes:
        """Return it in the bytes of the field's format."""
        if isinstance(self.format, formats.Positions):
            encoded: bytes = self.format.encode(self._positions())
        elif isinstance(self.format, formats.Frequency):
            encoded = self.format.encode(int(self._postings.freqs[self._at]))
        else:
            encoded = b""
        return encoded

    def _positions(self) -> list[int]:
        a, b = self._starts[self._at], self._starts[self._at + 1]
        positions: list[int] = self._postings.positions[a:b].tolist()
        return positions

    def block_min_length(self) -> int:
        """Return the length of the shortest document."""
        shortest: int = self._info.min_length()
        return shortest

    def block_max_length(self) -> int:
        """Return the length of the longest document."""
        longest: int = self._info.max_length()
        return longest

    def block_max_weight(self) -> float:
        """Return the highest frequency."""
        highest: float = self._info.max_weight()
        return highest
