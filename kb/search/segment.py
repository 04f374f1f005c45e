"""A part of an index that is written once: what of it the answering of queries reads."""

from __future__ import annotations

from typing import Protocol

from kb.search.lexicon import Lexicon
from kb.search.postings import RowReader, TokenReader


class Segment(Protocol):
    """One segment."""

    @property
    def tokens(self) -> TokenReader:
        """Its documents as they were read."""

    @property
    def rows(self) -> RowReader:
        """Their records, facets and dates."""

    @property
    def lexicon(self) -> Lexicon:
        """Their words."""
