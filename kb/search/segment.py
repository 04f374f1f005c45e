"""The interface of a segment, a part of an index that is written once, for answering queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kb.search.fields import Field
from kb.search.lexicon import SegmentLexicon
from kb.search.postings import FieldReader, RowReader, TokenReader


class Segment(Protocol):
    """One segment."""

    @property
    def fields(self) -> Mapping[Field, FieldReader]:
        """The fields of their words."""

    @property
    def tokens(self) -> TokenReader:
        """Its documents as they were read."""

    @property
    def rows(self) -> RowReader:
        """Their records, facets and dates."""

    @property
    def lexicon(self) -> SegmentLexicon:
        """Their words."""
