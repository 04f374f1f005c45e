"""Choose the reading of each word of a damaged page, with its probability.

The readings of consecutive words form a lattice; the forward-backward algorithm gives the
probability of each reading over all readings of its neighbours. A word with only one reading cuts
the lattice, so lattices are short.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from kb.model import Change, Reading, Span
from kb.repair import options as reading
from kb.repair.candidates import Finder
from kb.repair.channel import default_channel
from kb.repair.context import BOUNDARY, Context
from kb.repair.letters import default_letters
from kb.repair.lexicon import default_lexicon
from kb.repair.options import ReadingOption
from kb.repair.parts import default_parts
from kb.repair.usage import default_usage
from kb.repair.words import PageWord, WordPlace, pieces

_SHOWN = 0.02  # an alternative less likely than this is not worth an index entry
_MOST_ALTERNATIVES = 3
_UNLIKELY = 0.05  # below this, the word as written is no fallback
_NONE: Mapping[str, str] = MappingProxyType({})
_CLEAR = 0.5
"""Probability from which a reading replaces the word as written."""
_CLEAR_NAME = 0.7
"""The same for words with a capital: names are not guessed."""


class Decoder:
    """Decodes the words of damaged pages. Safe to share between threads."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self._finder = finder
        self._context = context
        self.options = lru_cache(maxsize=100_000)(self._options)

    def decode(self, text: str, corrections: Mapping[str, str] = _NONE) -> Iterator[Change]:
        """Yield a change for each word of `text` that has another reading, chosen or possible.

        Args:
            text: The words of a damaged page.
            corrections: Decided readings, by the word as written.
        """
        before = BOUNDARY
        row: list[tuple[PageWord, tuple[ReadingOption, ...]]] = []
        for piece in pieces(text):
            if piece.place is not WordPlace.INSIDE:
                yield from self._settle(before, row, BOUNDARY)
                before, row = BOUNDARY, []
            right = corrections.get(piece.text)
            options = (reading.settled(right),) if right else self.options(piece.text, piece.place)
            if len(options) > 1:
                row.append((piece, options))
                continue
            if row:
                yield from self._settle(before, row, options[0].word)
                row = []
            before = options[0].word
            if options[0].text != piece.text:
                yield _change(piece, [Reading(options[0].text, 0.999)])
        yield from self._settle(before, row, BOUNDARY)

    def _options(self, word: str, place: WordPlace) -> tuple[ReadingOption, ...]:
        return reading.options(word, place, self._finder)

    def _settle(
        self, before: str, row: list[tuple[PageWord, tuple[ReadingOption, ...]]], after: str
    ) -> Iterator[Change]:
        """Yield the changes of a run of uncertain words between two certain ones."""
        if not row:
            return
        bonus = self._context.bonus
        forward: list[list[float]] = []
        last = [(before, 0.0)]
        for _, options in row:
            costs = [
                option.cost
                + _sum(cost + bonus(word, option.word, option.prior) for word, cost in last)
                for option in options
            ]
            forward.append(costs)
            last = [(option.word, cost) for option, cost in zip(options, costs, strict=True)]
        backward = [0.0] * len(row[-1][1])
        if after != BOUNDARY:
            prior = self._finder.prior(after)
            backward = [bonus(option.word, after, prior) for option in row[-1][1]]
        found = []
        for at in range(len(row) - 1, -1, -1):
            piece, options = row[at]
            found.append((piece, options, forward[at], backward))
            if at:
                backward = [
                    _sum(
                        cost + option.cost + bonus(other.word, option.word, option.prior)
                        for option, cost in zip(options, backward, strict=True)
                    )
                    for other in row[at - 1][1]
                ]
        for piece, options, ahead, behind in reversed(found):
            change = _choose(piece, options, [a + b for a, b in zip(ahead, behind, strict=True)])
            if change:
                yield change


def _sum(costs: Iterable[float]) -> float:
    """Return the cost of either of several ways: -ln of their summed probabilities."""
    all_costs = list(costs)
    if len(all_costs) == 1:
        return all_costs[0]
    least = min(all_costs)
    return least - math.log(sum(math.exp(least - cost) for cost in all_costs))


def _choose(
    piece: PageWord, options: tuple[ReadingOption, ...], costs: list[float]
) -> Change | None:
    whole = _sum(costs)
    readings = [
        Reading(option.text, math.exp(whole - cost))
        for option, cost in zip(options, costs, strict=True)
    ]
    readings.sort(key=lambda reading: -reading.probability)
    best = readings[0]
    stays = next((r for r in readings if r.text == piece.text), None)
    clear = _CLEAR_NAME if piece.text[0].isupper() else _CLEAR
    if stays and best.probability < clear and stays.probability > _UNLIKELY:
        best = stays
    written = best.text.casefold()
    others = [r for r in readings if r.probability >= _SHOWN and r.text.casefold() != written]
    if best.text == piece.text and not others:
        return None
    return _change(piece, [best, *others[:_MOST_ALTERNATIVES]])


def _change(piece: PageWord, readings: list[Reading]) -> Change:
    best, *others = readings
    span = Span(piece.start, piece.start + len(piece.text))
    return Change(span, piece.text, best.text, best.probability, alternatives=tuple(others))


@lru_cache(maxsize=1)
def default_decoder() -> Decoder:
    """Return the decoder of this process."""
    finder = Finder(default_lexicon(), default_parts(), default_channel(), default_letters())
    return Decoder(finder, default_usage().context)
