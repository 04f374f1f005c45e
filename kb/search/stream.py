"""A document as one stream of words, each with the terms it is found by.

The index is filled from it and matches are found in it, so that what is marked on a
page is what the index holds.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.model import Change, ChangeKind, Damage, RepairedText
from kb.search.fields import REPAIRED_TERM, SKELETON_MARK, STATED_MARK, Field
from kb.swedish.analysis import Analyzer, Token
from kb.swedish.skeleton import skeleton

SETTLED = 0.9
"""Probability from which a reading is taken for certain."""

Terms = dict[Field, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of the stream.

    Attributes:
        token: The word, as it reads after repair.
        terms: The terms it stands under in each field.
        change: The repair it comes out of, or that keeps its other readings.
    """

    token: Token
    terms: Terms
    change: Change | None = None

    @property
    def original(self) -> str | None:
        """The words of the original if they were read as something else."""
        return self.change.original if self.change and is_guess(self.change) else None


def stream(repaired: RepairedText, analyzer: Analyzer) -> Iterator[Placed]:
    """Yield the words of a repaired text in order."""
    changes = Changes(repaired)
    damaged = repaired.quality.damage is not Damage.NONE
    for token in analyzer.tokens(repaired.text):
        change = changes.at(token)
        terms = plain_terms(token)
        if change or damaged:
            _add_readings(terms, token, change, analyzer)
        yield Placed(token, terms, change)


def plain_stream(text: str, analyzer: Analyzer) -> Iterator[Placed]:
    """Yield the words of a text that was not repaired."""
    for token in analyzer.tokens(text):
        yield Placed(token, plain_terms(token))


def plain_terms(token: Token) -> Terms:
    """Return the terms of a word that reads as it stands."""
    word = token.word
    named = token.name or sum(letter.isupper() for letter in token.text) > 1
    return {
        Field.FORM: (word.form,),
        Field.LEMMA: (word.lemma,),
        Field.KEY: (word.key,),
        Field.PART: tuple(dict.fromkeys((word.key, *word.part_keys))),
        Field.NAME: (token.text,) if named else (),
    }


def _add_readings(terms: Terms, token: Token, change: Change | None, analyzer: Analyzer) -> None:
    found = readings(token.text, token.word.form, change, analyzer)
    if found:
        terms[Field.READING] = found
    if change and is_guess(change):
        terms[Field.REPAIRED] = (REPAIRED_TERM,)


def readings(text: str, form: str, change: Change | None, analyzer: Analyzer) -> tuple[str, ...]:
    """Return what else a word may read: other readings, and a skeleton if it is not settled.

    Args:
        text: The word as it reads after repair.
        form: The same, normalised.
        change: The repair it comes out of, if any.
        analyzer: The analysis.
    """
    original, reading = (change.original, change.repaired) if change else (text, text)
    others: dict[str, None] = {}
    settled = _settled(text, form, change, analyzer)
    if change:
        texts = [other.text for other in change.alternatives]
        for other in texts if settled else (*texts, original):
            others |= dict.fromkeys(token.word.key for token in analyzer.tokens(other))
        # Even a word that was surely misread is found by its letters, but as no other word.
        others |= {STATED_MARK + token.word.form: None for token in analyzer.tokens(original)}
    if text.isalpha() and not (settled and skeleton(original) == skeleton(reading)):
        others[SKELETON_MARK + skeleton(original)] = None
    return tuple(others)


def is_guess(change: Change) -> bool:
    """Tell whether a word reads otherwise than it stands, and nobody said so of this place."""
    decided = change.kind is ChangeKind.CORRECTION and change.probability == 1
    return change.original != change.repaired and not decided


def _settled(text: str, form: str, change: Change | None, analyzer: Analyzer) -> bool:
    """Tell whether a word is read for certain. With a capital it may be a name nobody knows."""
    if change and change.kind is ChangeKind.CORRECTION:
        return True
    known = analyzer.is_name(form) if text[0].isupper() else analyzer.knows(form)
    return known and (change is None or change.probability >= SETTLED)


class Changes:
    """Finds the repair behind a word of the repaired text."""

    def __init__(self, repaired: RepairedText) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._changes = [change for change in repaired.changes if change.repaired.strip()]
        drifts = itertools.accumulate(
            len(c.repaired) - (c.span.end - c.span.start) for c in repaired.changes
        )
        for change, drift in zip(repaired.changes, drifts, strict=True):
            if change.repaired.strip():
                end = change.span.end + drift
                self._starts.append(end - len(change.repaired))
                self._ends.append(end)

    def at(self, token: Token) -> Change | None:
        """Return the repair that gave the beginning of `token`, if one did."""
        at = bisect_right(self._starts, token.start) - 1
        if at < 0 or self._ends[at] <= token.start:
            # A repair inside the word, as of its last letter.
            at += 1
            if at == len(self._starts) or self._starts[at] >= token.end:
                return None
        return self._changes[at]

    def over(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> Iterator[tuple[int, Change]]:
        """Yield the place of each word that a repair gave, with the repair, as `at` does."""
        if not self._changes or not len(starts):
            return
        changes = np.array(self._starts), np.array(self._ends)
        at = np.searchsorted(changes[0], starts, "right") - 1
        inside = (at >= 0) & (changes[1][at] > starts)
        after = np.minimum(at + 1, len(self._changes) - 1)
        begins = ~inside & (at + 1 < len(self._changes)) & (changes[0][after] < ends)
        for place in np.flatnonzero(inside | begins).tolist():
            yield place, self._changes[at[place] if inside[place] else after[place]]
