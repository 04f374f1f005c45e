"""The possible readings of a word on a page, with capitals and symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.repair.candidates import MARGIN, Candidate, Finder
from kb.repair.context import NUMBER, seen_as
from kb.repair.words import WordPlace

_CAPITAL = {WordPlace.INSIDE: 5.0, WordPlace.LINE: 1.0, WordPlace.SENTENCE: 0.0}
"""Cost of a capital on a common word, in nats."""
_SMALL = {WordPlace.INSIDE: 0.0, WordPlace.LINE: 1.0, WordPlace.SENTENCE: 3.0}
"""Cost of a small first letter on any word, in nats."""

_OTHER_LENGTH = 2.5
"""Cost of letters lost or added in a word with a capital, in nats: names have many forms."""

_CODE = re.compile(r"[.:]|\d\d|^[B-HJ-NP-Z]$")
"""Addresses, case numbers, times and initials are not repaired."""

_INITIALS = re.compile(r"^[A-ZÅÄÖ]\w{0,2}[A-ZÅÄÖ]\w?$")
_INITIALS_COST = 9.0  # nats; letters set together as a name: "SiS", "VA"

_STROKE = 4.5  # nats; "i" read as a stroke
_NUMBER_ONE = 5.5  # nats; a "1" that is meant


@dataclass(frozen=True, slots=True)
class ReadingOption:
    """A reading with its capitals.

    Attributes:
        text: The reading as it would be written.
        word: Its token in the bigram model: the word in lower case, or a number.
        prior: Cost of the word itself, in nats.
        cost: That plus the channel's cost.
    """

    text: str
    word: str
    prior: float
    cost: float


def settled(text: str) -> ReadingOption:
    """Return the only option of a word that is certain."""
    return ReadingOption(text, seen_as(text.lower()), 0.0, 0.0)


def options(word: str, place: WordPlace, finder: Finder) -> tuple[ReadingOption, ...]:
    """Return the readings of `word`, likeliest first; at least one."""
    if word == "|" or (word == "1" and place is WordPlace.INSIDE):
        return _stroke(word, place, finder)
    if _CODE.search(word) or not any(c.isalpha() for c in word):
        return (settled(word),)
    if word.isupper() and sum(map(str.isalpha, word)) > 1:
        found = [_option(c, c.text.upper()) for c in finder.find(word.lower())]
    elif word[0].isupper():
        found = _capitalised(word, place, finder)
    else:
        found = [_option(c, c.text) for c in finder.find(word)]
    if _INITIALS.search(word):
        found.append(ReadingOption(word, word.lower(), _INITIALS_COST, _INITIALS_COST))
    found.sort(key=lambda option: option.cost)
    return tuple(option for option in found if option.cost < found[0].cost + MARGIN)


def _capitalised(word: str, place: WordPlace, finder: Finder) -> list[ReadingOption]:
    found = []
    for c in finder.find(word[0].lower() + word[1:], name=True):
        odd = _CAPITAL[place] if c.known and not c.name else 0.0
        if len(c.text) != len(word):
            odd += _OTHER_LENGTH
        found.append(_option(c, c.text[:1].upper() + c.text[1:], odd))
    # The capital itself may be a misread small letter: "Gkade" for "ökade".
    found += [_option(c, c.text, _SMALL[place]) for c in finder.find(word) if finder.has(c.text)]
    return found


def _stroke(word: str, place: WordPlace, finder: Finder) -> tuple[ReadingOption, ...]:
    """Return the readings of a single stroke: the word "i", or the number one."""
    prior = finder.prior("i")
    read = ReadingOption("i" if place is WordPlace.INSIDE else "I", "i", prior, prior + _STROKE)
    if word == "|":
        return (read,)
    return (ReadingOption(word, NUMBER, _NUMBER_ONE, _NUMBER_ONE), read)


def _option(candidate: Candidate, text: str, more: float = 0.0) -> ReadingOption:
    return ReadingOption(text, seen_as(candidate.text), candidate.prior, candidate.cost + more)
