"""A part of an index that is written once: what of it the answering of queries reads."""

from __future__ import annotations

from typing import Protocol

from kb.search.lexicon import Lexicon
from kb.search.postings import RowReader, TokenReader


class Segment(Protocol):
    """One segment.

    Attributes:
        tokens: Its documents as they were read.
        rows: Their records, facets and dates.
        lexicon: Its words.
    """

    @property
    def tokens(self) -> TokenReader: ...  # noqa: D102  # said above
    @property
    def rows(self) -> RowReader: ...  # noqa: D102
    @property
    def lexicon(self) -> Lexicon: ...  # noqa: D102
