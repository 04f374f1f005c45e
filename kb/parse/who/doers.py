"""Who may undertake something: those listed, given names, and words for more than one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile

from kb.model import Participant
from kb.parse.text.phrases import PACKAGE
from kb.parse.who.bodies import find_body
from kb.parse.who.entries import CALLED
from kb.parse.who.names import is_given_name
from kb.swedish.municipalities import by_name
from kb.swedish.tables import words

_NAME = (
    r"[A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?(?:\s[A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?){0,3}"
)
NAME_LIST = rf"{_NAME}(?:(?:,\s+|\s+(?:och|samt|&)\s+){_NAME})*"
_COMMA = re.compile(r",\s")
_AND = re.compile(r"\s(?:och|samt|&)\s")
_BETWEEN = re.compile(r",\s+|\s+(?:och|samt|&)\s+")
"""Several names: the pattern of such a list, and what stands between two."""


class Doers:
    """Who may undertake something: those listed, given names, and words for more than one."""

    def __init__(self, people: Sequence[Participant]) -> None:
        self._known = {person.name for person in people}
        self._known |= {person.name.split()[0] for person in people}
        self._known |= {
            called["name"] for each in people for called in CALLED.finditer(each.stated)
        }
        self._people = frozenset(self._known)
        self._known |= {each.organisation for each in people if each.organisation}
        self._towns = {each.municipality for each in people if each.municipality}
        self._initials = {_initials(each.name): each.name for each in people if " " in each.name}

    def named(self, words_: str) -> tuple[str, ...]:
        """Return the people of a list of names, none if nobody of them may be one."""
        names = [" ".join(name.split()) for name in _BETWEEN.split(words_)]
        people = [name for name in names if name in self._known or not by_name(name)]
        if len(people) > 1 and _COMMA.search(words_) and not _AND.search(words_):
            people = [*dropwhile(lambda name: not self._person(name), people)]  # "Lokalen, Anna"
        return tuple(people) if any(map(self._person, people)) else ()

    def _person(self, name: str) -> bool:
        return name in self._known or is_given_name(name.split()[0])

    def listed(self, words_: str) -> bool:
        """Tell whether all of a list of names stand in the list of people."""
        return all(" ".join(name.split()) in self._people for name in _BETWEEN.split(words_))

    def town(self, name: str) -> tuple[str, ...]:
        """Return the municipalities that `name` lists, if it lists nothing else."""
        places = [by_name(each) for each in _BETWEEN.split(name)]
        meant = all(each and (not each.care or each.name in self._towns) for each in places)
        return tuple(each.name for each in places if each) if meant else ()

    def initials(self, letters: str) -> tuple[str, ...]:
        """Return whom initials stand for: one of those listed, else the initials themselves."""
        return (self._initials.get(letters, letters),)

    @staticmethod
    def group(word: str) -> tuple[str, ...]:
        """Return the group or office that `word` names, if it is not the meeting itself."""
        lowered = word.casefold()
        if lowered in _meeting() - {"styrelsen"}:
            return ()
        body = find_body(lowered)
        known = lowered in vocabulary_of("doers.txt") or lowered.endswith(_endings())
        return (word,) if known or (body is not None and body[0] == body[1]) else ()

    @staticmethod
    def many(words_: str) -> tuple[str, ...]:
        """Return the word for a body or for all that `words_` end in, with "den nya"."""
        parts = words_.split()
        last = parts[-1].casefold()
        if last not in vocabulary_of("doers.txt") and not last.endswith(_endings()):
            body = find_body(last)
            if body is None or body[0] != body[1] or body[1].casefold() in _meeting():
                return ()
        first = len(parts) - 1
        while first and parts[first - 1].casefold() in vocabulary_of("doer_modifiers.txt"):
            first -= 1
        if first and parts[first - 1].casefold() in vocabulary_of("subordinate.txt"):
            return ()
        return (" ".join(parts[first:]),)


def _initials(name: str) -> str:
    """Return the initials of a name, each part of a double one counted: "BÅL"."""
    return "".join(part[0] for part in re.split(r"[\s-]+", name) if part[0].isupper())


@cache
def vocabulary_of(name: str) -> frozenset[str]:
    """Return the words of a data file."""
    return frozenset(words(PACKAGE, name))


def _meeting() -> frozenset[str]:
    """Words for the meeting itself; what it "ska" do is no undertaking unless it is assigned."""
    return vocabulary_of("deciders.txt")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(words(PACKAGE, "doer_endings.txt"))
