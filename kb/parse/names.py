"""One entry of a list of people: who it is, from where, and what is said beside the name.

An entry is a name, then what belongs to it in any order: a municipality ("-Båstad",
" Ängelholm"), an organisation (", Ria/G7"), words in brackets ("(ordf.)", "(ej närvarande)",
"(S)"), an occupation ("Planeringsledare Socialchefsnätverket").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.model import Presence, Role
from kb.parse.bodies import restore_body
from kb.parse.phrases import PACKAGE, presences, roles
from kb.swedish.closed_list import skeleton
from kb.swedish.municipalities import Municipality, by_damaged_name
from kb.swedish.tables import words

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?")
_HANDLE = re.compile(r"\s*[‹<][^›>]*[›>]")
_POINTS = re.compile(r",?\s*§{1,2}\s*\d+(?:(?:\s*[-–,]\s*|\s+och\s+)\d+)*")
_STANDS_IN = re.compile(r"\s+(?:ersätter|ersättare för|tjg\.? ers\.? för|istället för)\s.*$")
_PARTY = re.compile(r"(?:S|M|SD|V|C|KD|MP|L|FP|D|-|[A-ZÅÄÖ]{2,4})$")
_SEPARATOR = re.compile(r"\s*(?:,\s*[-–]|,|:|\s[-–—]+|[-–—]\s|/)\s*")
_NAME_WORD = re.compile(r"[A-ZÅÄÖÉÜ][^\W\d_]*(?:[’'.-]?[^\W\d_]+)*\.?$")
_PARTICLES = frozenset(("af", "av", "von", "van", "de", "der", "den", "la", "el", "al", "bin"))
_LONGEST = 200
"""Characters of an entry, at most."""

_STRAY = " \t\n,.;:-–—*•_"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry of a list says; `start` and `end` are its place in the text."""

    name: str
    start: int
    end: int
    municipality: str | None = None
    organisation: str | None = None
    role: Role | None = None
    title: str | None = None
    presence: Presence | None = None
    sure: bool = True


def read_entry(text: str, start: int) -> Entry | None:
    """Return what the entry `text`, which begins at `start`, says; None if no person.

    Raises nothing: an entry that cannot be read as a person is left out.
    """
    stripped = text.strip(_STRAY)
    if len(stripped) > _LONGEST:
        return None
    begin = start + text.find(stripped)
    end = begin + len(stripped)
    facts = _Facts()
    rest = _HANDLE.sub("", _POINTS.sub("", stripped))
    if _STANDS_IN.search(rest):
        facts.role = Role.DEPUTY
        rest = _STANDS_IN.sub("", rest)
    for inside in _BRACKETS.findall(rest):
        facts.aside(inside)
    rest = " ".join(_BRACKETS.sub(" ", rest).split()).strip(_STRAY)
    parts = _SEPARATOR.split(rest, maxsplit=1)
    name = facts.trailing(parts[0])
    if len(parts) > 1 and parts[1]:
        facts.aside(parts[1].strip(_STRAY))
    if not is_name(name):
        return None
    return Entry(
        name,
        begin,
        end,
        facts.municipality,
        facts.organisation,
        facts.role,
        facts.title,
        facts.presence,
        sure=len(name.split()) <= 4 and (" " in name or is_given_name(name)),
    )


class _Facts:
    """Gathers what stands beside a name."""

    def __init__(self) -> None:
        self.municipality: str | None = None
        self.organisation: str | None = None
        self.role: Role | None = None
        self.title: str | None = None
        self.presence: Presence | None = None

    def aside(self, words: str) -> None:
        """Take in words set off from the name."""
        if not words:
            return
        if (role := roles().like(words)) is not None:
            self.role = self.role or role
        elif (presence := presences().like(words)) is not None:
            self.presence = presence
        elif place := municipality_named(words):
            self.municipality = place.name
        elif _SEPARATOR.search(words) and not self._whole(words):
            for part in _SEPARATOR.split(words):
                self.aside(part)
        elif is_title(words.split()[-1]) or is_title(words.split()[0]):
            self._titled(words)
        elif words != "-":
            self.organisation = self.organisation or words

    def _whole(self, words: str) -> bool:
        """Tell whether a separator in `words` belongs to a name ("Ria/G7")."""
        parts = [part for part in _SEPARATOR.split(words) if part]
        return "," not in words and not any(
            roles().like(p) or presences().like(p) or municipality_named(p) for p in parts
        )

    def _titled(self, words: str) -> None:
        parts = words.split()
        if len(parts) > 1 and (body := restore_body(parts[-1])):
            self.organisation = self.organisation or body
            parts = parts[:-1]
        self.title = self.title or " ".join(parts)

    def trailing(self, words: str) -> str:
        """Return the name at the head of `words`; what follows it is taken in."""
        parts = words.split()
        parts = self._place_off(parts)
        for at in range(1, len(parts)):
            tail = " ".join(parts[at:])
            if (role := roles().like(tail)) is not None:
                self.role = self.role or role
                return " ".join(parts[:at])
            if (presence := presences().like(tail)) is not None:
                self.presence = presence
                return " ".join(parts[:at])
            if is_title(parts[at]):
                self._titled(tail)
                return " ".join(parts[:at])
            if at > 1 and (body := restore_body(parts[at])):
                self.organisation = " ".join([body, *parts[at + 1 :]])
                return " ".join(parts[:at])
        return " ".join(parts)

    def _place_off(self, parts: list[str]) -> list[str]:
        for count in (2, 1):
            if len(parts) > count and (place := municipality_named(" ".join(parts[-count:]))):
                if place.care == "surname" and len(parts) == 2:
                    return parts  # "Anna Lund"
                self.municipality = place.name
                return parts[:-count]
        if not parts or "-" not in parts[-1]:
            return parts
        head, _, tail = parts[-1].rpartition("-")
        whole = [("-".join(parts[-1].split("-")[i:]), i) for i in range(1, parts[-1].count("-"))]
        for joined, i in whole:  # "Anna Ek-Upplands-Bro"
            if place := municipality_named(joined):
                self.municipality = place.name
                return [*parts[:-1], "-".join(parts[-1].split("-")[:i])]
        place = municipality_named(tail)
        if place and head and place.care != "surname":
            self.municipality = place.name
            return [*parts[:-1], head]
        return parts


@cache
def municipality_named(words: str) -> Municipality | None:
    """Return the municipality that `words`, damaged or not, name and nothing more."""
    plain = words.removesuffix(" kommun").removesuffix(" stad")
    if len(plain) < 3 or not plain[0].isupper():
        return None
    return by_damaged_name(plain)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words(PACKAGE, "not_names.txt"))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(words("kb.swedish", "given_names.tsv"))


def is_given_name(word: str) -> bool:
    """Tell whether `word` is among the commonest given names."""
    return word in _given_names()


@cache
def is_title(word: str) -> bool:
    """Tell whether `word` is one for an occupation."""
    key = skeleton(word)
    return len(word) > 3 and any(key.endswith(ending) for ending in _title_endings())


@cache
def _title_endings() -> tuple[str, ...]:
    return tuple(skeleton(word) for word in words(PACKAGE, "titles.txt"))


@cache
def is_name(words: str) -> bool:
    """Tell whether `words` have the shape of a person's name, a bare first name included."""
    parts = words.split()
    if not 1 <= len(parts) <= 5:
        return False
    if not _NAME_WORD.match(parts[0]) or (parts[0].isupper() and len(parts) == 1):
        return False
    if any(part.casefold() in _not_names() for part in parts):
        return False
    return all(_NAME_WORD.match(part) or part in _PARTICLES for part in parts)


def split_flow(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the entries of a run of people ("Anna, Bo och Cia") and where each begins.

    Commas in brackets do not divide, nor does a stray one before a dash (",-Båstad").
    """
    depth, begin, at = 0, 0, 0
    while at < len(text):
        char = text[at]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            width = _division(text, at)
            if width:
                yield text[begin:at], start + begin
                at += width
                begin = at
                continue
        at += 1
    yield text[begin:], start + begin


_DIVISION = re.compile(r",(?!\s*[-–])|;|\s(?:och|samt|&)\s")


def _division(text: str, at: int) -> int:
    match = _DIVISION.match(text, at)
    return len(match.group()) if match else 0
