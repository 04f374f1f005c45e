"""People's readings of damaged words, which override those of the program."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.model import Change, ChangeKind, Correction, Damage, RepairedText, Span, occurrences
from kb.repair.changes import apply, moved
from kb.repair.lexicon import WordCosts, bare

DECIDED = 1.0
"""Probability of a person's reading in this document."""

ELSEWHERE = 0.99
"""Probability of a person's reading of the same damage in another document."""

_UNKNOWN = 20.0  # nats; a word the lexicon does not have
_MARGIN = 5.0  # nats by which whatever else a word may be must be rarer


def trusted(agreed: Mapping[str, str], lexicon: WordCosts) -> dict[str, str]:
    """Return the readings that apply wherever the same damage occurs.

    Damage that may hide several words ("ar": är, år) was decided for one sentence only, and so was
    a misreading that is itself a word ("bra" for "barn").
    """
    return {
        word: reading for word, reading in agreed.items() if _tells(word.lower(), reading, lexicon)
    }


def _tells(word: str, reading: str, lexicon: WordCosts) -> bool:
    meant = reading.lower()
    limit = (lexicon.cost(meant) or _UNKNOWN) + _MARGIN
    others = {word, *lexicon.dotted(bare(word))} - {meant}
    costs = (lexicon.cost(other) for other in others)
    return all(cost is None or cost >= limit for cost in costs)


def settled(corrected: Iterable[Correction], elsewhere: Mapping[str, str]) -> dict[str, str]:
    """Return the readings of words that are decided in a document."""
    corrections = list(corrected)
    decided = {correction.original for correction in corrections}
    readings = {word: read for word, read in elsewhere.items() if word not in decided}
    return readings | {c.original: c.corrected for c in corrections if c.start is None}


def marked(changes: Iterable[Change], readings: Mapping[str, str]) -> Iterator[Change]:
    """Yield `changes`, with the kind set for those that come from decided readings."""
    for change in changes:
        if change.original in readings:
            yield replace(change, kind=ChangeKind.CORRECTION, probability=ELSEWHERE)
        else:
            yield change


def unfit(corrected: Iterable[Correction], text: str) -> list[Correction]:
    """Return the corrections of a document whose word does not stand in its text."""
    return [correction for correction in corrected if not correction.places(text)]


def overlay(
    repaired: RepairedText, corrected: Sequence[Correction], elsewhere: Mapping[str, str]
) -> RepairedText:
    """Replace the program's changes by people's corrections.

    Args:
        repaired: The text as the program read it.
        corrected: The document's corrections; later ones override earlier ones.
        elsewhere: Readings that apply on damaged pages, by the word as written.
    """
    text = repaired.source.text
    over = _Overlay(text, repaired.changes)
    # Later ones first, and those of one place, which are exceptions, before those of every place.
    latest_first = list(reversed(corrected))
    latest_first.sort(key=lambda correction: correction.start is None)
    for correction in latest_first:
        places = correction.places(text)
        if correction.start is None:
            # Half of a word that was joined across a line end is not the corrected word.
            places = tuple(span for span in places if not over.reaches(span)) or places
        for span in places:
            over.put(span, correction.corrected, DECIDED)
    decided = {correction.original for correction in corrected}
    for page in _damaged(repaired):
        part = page.slice(text)
        for word, reading in elsewhere.items():
            if word in decided or word not in part:
                continue
            for found in occurrences(word, part):
                span = Span(found.start + page.start, found.end + page.start)
                if not over.reaches(span) and not over.is_put(span, reading):
                    over.put(span, reading, ELSEWHERE)
    changes = over.changes()
    return replace(repaired, text=apply(text, changes), changes=changes)


def _damaged(repaired: RepairedText) -> Iterator[Span]:
    pages = repaired.source.pages or (Span(0, len(repaired.source.text)),)
    for page, quality in zip(pages, repaired.page_quality, strict=True):
        if quality.damage is not Damage.NONE:
            yield page


class _Overlay:
    """Changes of a text, and corrections that replace some of them."""

    def __init__(self, text: str, changes: Sequence[Change]) -> None:
        self._text = text
        self._below = changes
        self._starts = [change.span.start for change in changes]
        self._ends = [change.span.end for change in changes]
        self._taken = bytearray(len(text))
        self._covered: set[int] = set()  # numbers of the changes that are replaced
        self._put: list[Change] = []

    def reaches(self, span: Span) -> bool:
        """Tell whether a change overlaps `span` and extends beyond it."""
        return any(
            change.span.start < span.start or change.span.end > span.end
            for change in self._below[self._meeting(span)]
        )

    def is_put(self, span: Span, reading: str) -> bool:
        """Tell whether `span` reads `reading` already, by a correction or by itself."""
        below = self._below[self._meeting(span)]
        if not below:
            return span.slice(self._text) == reading
        return [(c.kind, c.repaired) for c in below] == [(ChangeKind.CORRECTION, reading)]

    def put(self, span: Span, reading: str, probability: float) -> None:
        """Read `span` as `reading`, unless a correction before this one took it."""
        if any(self._taken[span.start : span.end]):
            return
        self._taken[span.start : span.end] = b"\1" * (span.end - span.start)
        meeting = self._meeting(span)
        below = self._below[meeting]
        self._covered.update(range(len(self._below))[meeting])
        original = span.slice(self._text)
        stretch = original
        if not self.reaches(span):
            # White space at the edges is layout, which a correction of words leaves alone.
            stretch = apply(original, (moved(change, -span.start) for change in below))
        before = stretch[: len(stretch) - len(stretch.lstrip())]
        after = stretch[len(stretch.rstrip()) :]
        read = before + reading + after
        self._put.append(Change(span, original, read, probability, ChangeKind.CORRECTION))

    def changes(self) -> tuple[Change, ...]:
        """Return all changes in order of place."""
        kept = (c for number, c in enumerate(self._below) if number not in self._covered)
        return tuple(sorted((*kept, *self._put), key=lambda change: change.span))

    def _meeting(self, span: Span) -> slice:
        first = bisect_right(self._ends, span.start)
        return slice(first, max(first, bisect_left(self._starts, span.end)))
