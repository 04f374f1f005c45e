"""Ranking weights of matches; a change needs no new index."""

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

These and the parameters below were fitted on the "dev" half of the ranking gold standard, on a
plateau: halving or doubling any of them changes nDCG@10 by less than 0.01.
"""

LENGTH_NORM = 0.6
"""BM25's b: length normalisation, 0 (none) to 1 (full)."""

SATURATION = 1.2
"""BM25's k1: saturation of term frequency."""

EQUIVALENT_WEIGHT = 0.35
"""Weight of a match through an equivalent, relative to the word itself."""

NEAR_WEIGHT = 0.1
"""What a match through a word that is only close in meaning counts, as such a share."""

FOLDED_WEIGHT = 0.13
"""Weight of a word with dots added, relative to the word itself."""

SPLIT_WEIGHT = 1.5
"""Weight of the two sides of a compound as separate words near each other."""

SPLIT_SLOP = 8
"""Most positions between them: "rekrytering av (nya) familjehem"."""

NEARNESS_WEIGHT = 1.2
"""Weight of query words near each other."""

NEARNESS_SLOP = 4
"""Most positions between words near each other."""
