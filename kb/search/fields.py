"""The fields of the index, declared once for every engine.

A document is one stream of words. Each word is indexed in several fields at the same position, one
for each kind of match; the score of a match in a stricter field adds to that in a looser one, so
that exact words rank above inflections, and so on.
"""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """A field of the index."""

    FORM = "form"  # the word as it stands, in lower case
    LEMMA = "lemma"  # its dictionary form: inflections meet here
    KEY = "key"  # its conflation class: derivations meet here
    PART = "part"  # its key and the keys of its compound parts
    NAME = "name"  # a name or abbreviation, as written: SoL is not sol, Klippan no cliff
    READING = "reading"  # keys of other readings of a damaged word, its letters, its skeleton
    REPAIRED = "repaired"  # marks the places that were repaired
    TITLE = "title"  # keys of the title and the group
    HEADING = "heading"  # keys of the section headings


REPAIRED_TERM = "r"
"""The one term of the field REPAIRED."""

SKELETON_MARK = "~"
"""Prefix of skeletons in the field READING, which no key has."""

STATED_MARK = "="
"""Prefix of damaged words as written in the original, in the field READING."""
