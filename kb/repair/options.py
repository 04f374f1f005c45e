"""What a word as it stands on a page may read, capitals and odd signs considered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.repair.candidates import MARGIN, Candidate, Finder
from kb.repair.context import NUMBER, seen_as
from kb.repair.words import WordPlace

_CAPITAL = {WordPlace.INSIDE: 5.0, WordPlace.LINE: 1.0, WordPlace.SENTENCE: 0.0}
"""Nats that a capital costs a common word."""
_SMALL = {WordPlace.INSIDE: 0.0, WordPlace.LINE: 1.0, WordPlace.SENTENCE: 3.0}
"""Nats that a small first letter costs any word."""

_OTHER_LENGTH = 2.5
"""Nats that letters lost or won cost a word with a capital: names take many forms."""

_CODE = re.compile(r"[.:]|\d\d|^[B-HJ-NP-Z]$")
"""Addresses, numbers of cases, times and initials are not words to be mended."""

_INITIALS = re.compile(r"^[A-ZÅÄÖ]\w{0,2}[A-ZÅÄÖ]\w?$")
_INITIALS_COST = 9.0  # nats; letters set together as a name: "SiS", "VA"

_STROKE = 4.5  # nats; "i" read as a stroke
_NUMBER_ONE = 5.5  # nats; a "1" that is meant


@dataclass(frozen=True, slots=True)
class ReadingOption:
    """A reading with its capitals.

    Attributes:
        text: The reading as it would be written.
        word: What it is to its neighbours: the word in lower case, or a number.
        prior: What the word costs by itself, in nats.
        cost: That and the channel's cost.
    """

    text: str
    word: str
    prior: float
    cost: float


def settled(text: str) -> ReadingOption:
    """Return the only option of a word that is not in doubt."""
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
    """Return what a stroke by itself may be: the word "i", or the number one."""
    prior = finder.prior("i")
    read = ReadingOption("i" if place is WordPlace.INSIDE else "I", "i", prior, prior + _STROKE)
    if word == "|":
        return (read,)
    return (ReadingOption(word, NUMBER, _NUMBER_ONE, _NUMBER_ONE), read)


def _option(candidate: Candidate, text: str, more: float = 0.0) -> ReadingOption:
    return ReadingOption(text, seen_as(candidate.text), candidate.prior, candidate.cost + more)
