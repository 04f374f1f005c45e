"""What matches count when results are ranked; a change needs no new index."""

from __future__ import annotations

from kb.search.fields import Field

WEIGHTS: dict[Field, float] = {
    Field.FORM: 0.7,
    Field.LEMMA: 0.5,
    Field.KEY: 0.5,
    Field.PART: 0.8,
    Field.NAME: 0.3,
    Field.READING: 0.3,
    Field.TITLE: 1.0,
    Field.HEADING: 0.6,
}
"""How much a match in each field adds to the score.

These and the figures below were chosen on the "dev" half of the ranking gold, on a
plateau: halving or doubling any of them moves nDCG@10 by less than 0.01.
"""

LENGTH_NORM = 0.6
"""BM25's b: how far a long document is held back, 0 (not) to 1 (fully)."""

SATURATION = 1.2
"""BM25's k1: how soon more of the same word stops counting."""

EQUIVALENT_WEIGHT = 0.35
"""What a match through an equivalent counts, as a share of the word itself."""

NEAR_WEIGHT = 0.1
"""What a match through a word that is only close in meaning counts, as such a share."""

FOLDED_WEIGHT = 0.13
"""What a word with dots put back counts, as a share of the word itself."""

SPLIT_WEIGHT = 1.5
"""What the two sides of a compound near each other add, as words of their own."""

SPLIT_SLOP = 8
"""How many positions apart they may stand: "rekrytering av (nya) familjehem"."""

NEARNESS_WEIGHT = 1.2
"""What words standing near each other add."""

NEARNESS_SLOP = 4
"""How many positions apart words may stand and still be near each other."""
