"""Choose among the readings of each word of a damaged page, and say how sure the choice is.

The readings of the words in a row form a lattice; the forward-backward algorithm gives each
reading its probability, all readings of its neighbours considered. A word with only one reading
cuts the lattice, so only short stretches need it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kb.model import Change, Reading, Span
from kb.repair.candidates import MARGIN, Candidate, Finder
from kb.repair.channel import default_channel
from kb.repair.context import BOUNDARY, NUMBER, Context
from kb.repair.letters import default_letters
from kb.repair.lexicon import default_lexicon
from kb.repair.parts import default_parts
from kb.repair.usage import default_usage
from kb.repair.words import Piece, Place, pieces

_CAPITAL = {Place.INSIDE: 5.0, Place.LINE: 1.0, Place.SENTENCE: 0.0}
"""Nats that a capital costs a common word."""
_SMALL = {Place.INSIDE: 0.0, Place.LINE: 1.0, Place.SENTENCE: 3.0}
"""Nats that a small first letter costs any word."""
_SHOWN = 0.02  # an alternative less likely than this is not worth an index entry
_MOST_ALTERNATIVES = 3
_UNLIKELY = 0.05  # below this, what stands there is no reading to fall back on
_CODE = re.compile(r"[.:]|\d\d|^[B-HJ-NP-Z]$")
"""Addresses, numbers of cases, times and initials are not words to be mended."""

_INITIALS_SHAPE = re.compile(r"^[A-ZÅÄÖ]\w{0,2}[A-ZÅÄÖ]\w?$")
_INITIALS = 9.0  # nats; letters set together as a name: "SiS"

_STROKE = 4.5  # nats; "i" read as a stroke
_NUMBER_ONE = 5.5  # nats; a "1" that is meant

_NONE: Mapping[str, str] = MappingProxyType({})
_CLEAR = 0.6
_CLEAR_NAME = 0.8
"""How likely a reading must be to take the place of what stands there."""


@dataclass(frozen=True, slots=True)
class Option:
    """A reading with its capitals.

    Attributes:
        text: The reading as it would be written.
        word: The same in lower case, as its neighbours see it.
        prior: What the word costs by itself, in nats.
        cost: That and the channel's cost.
    """

    text: str
    word: str
    prior: float
    cost: float


class Decoder:
    """Reads the words of damaged pages. Safe to share between threads."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self._finder = finder
        self._context = context
        self.options = lru_cache(maxsize=100_000)(self._options)

    def decode(self, text: str, corrections: Mapping[str, str] = _NONE) -> Iterator[Change]:
        """Yield a change for each word of `text` that reads otherwise, or may.

        Args:
            text: The words of a damaged page.
            corrections: Readings that are settled, by the word as it stands.
        """
        before = BOUNDARY
        row: list[tuple[Piece, tuple[Option, ...]]] = []
        for piece in pieces(text):
            if piece.place is not Place.INSIDE:
                yield from self._settle(before, row, BOUNDARY)
                before, row = BOUNDARY, []
            settled = corrections.get(piece.text)
            if settled is None:
                options = self.options(piece.text, piece.place)
            else:
                options = (Option(settled, settled.lower(), 0.0, 0.0),)
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

    def _settle(
        self, before: str, row: list[tuple[Piece, tuple[Option, ...]]], after: str
    ) -> Iterator[Change]:
        """Yield the changes of words in doubt between two that are not."""
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

    def _options(self, word: str, place: Place) -> tuple[Option, ...]:
        if word == "|" or (word == "1" and place is Place.INSIDE):
            return self._lone(word, place)
        if _CODE.search(word) or not any(c.isalpha() for c in word):
            return (Option(word, NUMBER if word[0].isdecimal() else word, 0.0, 0.0),)
        find = self._finder.find
        if word.isupper() and sum(map(str.isalpha, word)) > 1:
            options = [_option(c, c.text.upper()) for c in find(word.lower())]
        elif not word[0].isupper():
            options = [_option(c, c.text) for c in find(word)]
        else:
            small = find(word[0].lower() + word[1:], name=True)
            odd = _CAPITAL[place]
            options = [
                _option(c, c.text[:1].upper() + c.text[1:], odd if c.known and not c.name else 0.0)
                for c in small
            ]
            # The capital itself may be a misread small letter: "Sppen" for "öppen".
            options += [_option(c, c.text, _SMALL[place]) for c in find(word) if c.known]
        if _INITIALS_SHAPE.search(word) and not word.isupper():
            options.append(Option(word, word.lower(), _INITIALS, _INITIALS))
        options.sort(key=lambda option: option.cost)
        return tuple(option for option in options if option.cost < options[0].cost + MARGIN)

    def _lone(self, word: str, place: Place) -> tuple[Option, ...]:
        """Return what a stroke by itself may be: the word "i", or the number one."""
        prior = self._finder.prior("i")
        read = Option("i" if place is Place.INSIDE else "I", "i", prior, prior + _STROKE)
        if word == "|":
            return (read,)
        return (Option(word, NUMBER, _NUMBER_ONE, _NUMBER_ONE), read)


def _option(candidate: Candidate, text: str, more: float = 0.0) -> Option:
    return Option(text, candidate.text, candidate.prior, candidate.cost + more)


def _sum(costs: Iterable[float]) -> float:
    """Return the cost of either of several ways: -ln of their summed probabilities."""
    all_costs = list(costs)
    if len(all_costs) == 1:
        return all_costs[0]
    least = min(all_costs)
    return least - math.log(sum(math.exp(least - cost) for cost in all_costs))


def _choose(piece: Piece, options: tuple[Option, ...], costs: list[float]) -> Change | None:
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


def _change(piece: Piece, readings: list[Reading]) -> Change:
    best, *others = readings
    span = Span(piece.start, piece.start + len(piece.text))
    return Change(span, piece.text, best.text, best.probability, alternatives=tuple(others))


@lru_cache(maxsize=1)
def default_decoder() -> Decoder:
    """Return the decoder of this process."""
    finder = Finder(default_lexicon(), default_parts(), default_channel(), default_letters())
    return Decoder(finder, default_usage().context)
