"""Repaired words: which they are, and the other terms they are found by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kb.model import Change, ChangeKind, OffsetMap, RepairedText
from kb.search.fields import SKELETON_MARK, STATED_MARK
from kb.swedish.analysis import Analyzer
from kb.swedish.skeleton import skeleton

SETTLED = 0.9
"""Probability from which a reading counts as certain."""


def readings(text: str, form: str, change: Change | None, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the other readings of a word, and a skeleton if its reading is uncertain.

    Args:
        text: The word as it reads after repair.
        form: The same, normalised.
        change: The repair it comes from, if any.
        analyzer: The analysis.
    """
    original, reading = (change.original, change.repaired) if change else (text, text)
    others: dict[str, None] = {}
    settled = _settled(text, form, change, analyzer)
    if change:
        texts = [other.text for other in change.alternatives]
        for other in texts if settled else (*texts, original):
            others |= dict.fromkeys(token.word.key for token in analyzer.tokens(other))
        # A word that was certainly misread is found by its letters too, but not as another word.
        others |= {STATED_MARK + token.word.form: None for token in analyzer.tokens(original)}
    if text.isalpha() and not (settled and skeleton(original) == skeleton(reading)):
        others[SKELETON_MARK + skeleton(original)] = None
    return tuple(others)


def is_guess(change: Change) -> bool:
    """Tell whether a word was changed by the program, not by a person at this place."""
    decided = change.kind is ChangeKind.CORRECTION and change.probability == 1
    return change.original != change.repaired and not decided


def _settled(text: str, form: str, change: Change | None, analyzer: Analyzer) -> bool:
    """Tell whether a reading is certain. A word with a capital may be an unknown name."""
    if change and change.kind is ChangeKind.CORRECTION:
        return True
    known = analyzer.is_name(form) if text[0].isupper() else analyzer.knows(form)
    return known and (change is None or change.probability >= SETTLED)


def changed_words(
    repaired: RepairedText, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> Iterator[tuple[int, Change]]:
    """Yield the place of each word that comes from a repair, with the repair.

    Of several repairs, it is the one at the word's beginning, else the first inside it.

    Args:
        repaired: The text.
        starts: First character of each of its words.
        ends: The character after its last.
    """
    spans = OffsetMap(repaired.changes).repaired
    became = [
        (change, span)
        for change, span in zip(repaired.changes, spans, strict=True)
        if change.repaired.strip()
    ]
    if not became or not len(starts):
        return
    begins = np.array([span.start for _, span in became])
    stops = np.array([span.end for _, span in became])
    at = np.searchsorted(begins, starts, "right") - 1
    inside = (at >= 0) & (stops[at] > starts)
    after = np.minimum(at + 1, len(became) - 1)
    later = ~inside & (at + 1 < len(became)) & (begins[after] < ends)
    for place in np.flatnonzero(inside | later).tolist():
        yield place, became[at[place] if inside[place] else after[place]][0]
