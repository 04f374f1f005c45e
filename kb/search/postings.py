"""The arrays of a segment: the contract between its writer and the searcher.

A segment numbers its documents from 0, the terms of each field in the order of their bytes
("ordinals"), and its token types. A *type* is shared by all tokens that are found by the same terms
and come from the same repair; see `kb.search.types`. All arrays are views of mapped files: never
write to them, and widen them before arithmetic, since they are stored in the narrowest integer
type.

The layout is that of an inverted file of flat arrays (compressed sparse rows), as in
BM25S (Lù 2024) and Lucene's postings format without its blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.model import Document
from kb.search.entry import DocumentRow
from kb.search.facets import Facet
from kb.search.fields import Field

Ints = NDArray[np.unsignedinteger[Any]]
"""Unsigned integers of any width."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one term in one field of one segment.

    Attributes:
        docs: Numbers of the documents that have it, ascending, unique.
        freqs: Its frequency in each of them.
        positions: All its positions, document by document, ascending in each:
            the first `freqs[0]` belong to `docs[0]`, and so on.
    """

    docs: NDArray[np.uint32]
    freqs: Ints
    positions: Ints

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each document's positions begin, and one more for the end."""
        starts = np.zeros(len(self.freqs) + 1, np.int64)
        np.cumsum(self.freqs, out=starts[1:])
        return starts


class FieldReader(Protocol):
    """One field of one segment."""

    @property
    def doc_count(self) -> int:
        """Documents of the segment, deleted ones too."""

    @property
    def term_count(self) -> int:
        """Terms of the field."""

    @property
    def frequencies(self) -> Ints:
        """How many documents have each term."""

    @property
    def lengths(self) -> NDArray[np.uint32]:
        """Tokens of each document, rounded as in Whoosh's scoring."""

    @property
    def total_length(self) -> int:
        """Tokens of all documents, exact."""

    def ordinal(self, term: bytes) -> int | None:
        """Return the number of a term, or None if the field does not have it."""
        ...

    def range(self, beginning: bytes) -> tuple[int, int]:
        """Return the half-open range of ordinals of the terms with a prefix."""
        ...

    def term(self, ordinal: int) -> bytes:
        """Return a term by its number."""
        ...

    def all_terms(self) -> list[bytes]:
        """Return all terms, in order."""
        ...

    def postings(self, ordinal: int, end: int | None = None) -> Postings:
        """Return the postings of a term, or of all terms from it up to `end`, one after another.

        With several terms `docs` ascends within each only.
        """
        ...

    def gather(
        self, ordinals: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], Ints, NDArray[np.int64]]:
        """Return documents and frequencies of some terms, one after another, and how many each."""
        ...

    def get(self, term: bytes) -> Postings | None:
        """Return the postings of a term, or None if the field does not have it."""
        ...

    def prefix(self, beginning: bytes) -> Iterator[bytes]:
        """Yield the terms with a prefix, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of documents, in order: of the text, then of each fact after it.

    Attributes:
        types: Number of each token's type.
        positions: Its position in the fields of the word stream; with several documents,
            counted on through them with a gap between.
        starts: Its first character in the document's passage (see `RowReader.passage`).
        ends: The character after its last.
        bounds: Where the tokens of each document begin, and one more for the end.
    """

    types: NDArray[np.uint32]
    positions: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    bounds: NDArray[np.int64]


class TokenReader(Protocol):
    """The token columns of one segment: its documents before inversion."""

    def documents(self, docs: NDArray[np.int64]) -> Tokens:
        """Return the tokens of some documents, one document after another."""
        ...

    def types_of(self, field: Field, term: str) -> NDArray[np.uint32]:
        """Return the types found by a term, ascending."""
        ...

    def terms(self, type_number: int, field: Field) -> tuple[str, ...]:
        """Return the terms of a type in a field; those of FORM, LEMMA and KEY are one."""
        ...

    def forms(self, types: NDArray[np.uint32]) -> Ints:
        """Return the ordinal of the form of each of `types`."""
        ...

    def original(self, type_number: int) -> str | None:
        """Return the words of the original, for a type that was read as something else."""
        ...


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet of every document.

    Attributes:
        values: The segment's values in order of code points; their places are the ordinals.
        starts: Where each document's ordinals begin, and one more for the end.
        ordinals: The values of the documents, one document after another.
    """

    values: tuple[str, ...]
    starts: Ints
    ordinals: Ints


class RowReader(Protocol):
    """The records, facets and dates of one segment."""

    @property
    def facets(self) -> Mapping[Facet, FacetColumn]:
        """The columns to filter and count by; values as in `Facet.values`."""

    @property
    def date_starts(self) -> Ints:
        """Where each document's days begin, and one more for the end."""

    @property
    def days(self) -> NDArray[np.int32]:
        """The dates documents are found under, as from `date.toordinal`."""

    @property
    def likely(self) -> NDArray[np.int32]:
        """The likeliest day of each document, 0 if it has no date."""

    def id(self, doc: int) -> str:
        """Return a document's id."""
        ...

    def row(self, doc: int) -> DocumentRow:
        """Return the entry of a document in lists."""
        ...

    def passage(self, doc: int) -> tuple[str, int]:
        """Return the text that a document's tokens were read from, and the length of its own part.

        The text is the repaired one; its facts (`entry.facts`) follow, each on a line.
        """
        ...

    def document(self, doc: int) -> Document:
        """Return the stored document."""
        ...
