"""What the words of a list of people are: names, municipalities, offices, how they took part.

A piece of text without separators is divided into units by dynamic programming: each run of
words has a cost as a unit of each kind, and the cheapest division is taken. So "Bjuv Lars Holm"
is a municipality and a name, "Anna Lund" a name, and "Karin Ek ordf nr 125" a name, an office
and an address, whatever stands between or around them in other minutes.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from kb.model import Presence, Role
from kb.parse.text.phrases import PACKAGE, attendance_words, presences, roles, stands_in
from kb.parse.who.bodies import find_body
from kb.parse.who.during import find_part
from kb.parse.who.names import (
    PARTICLES,
    is_given_name,
    is_known_name,
    is_not_name,
    is_plain_title,
    is_title,
    join_broken_word,
    municipality_named,
    resembles_given_name,
)
from kb.swedish.municipalities import Municipality, by_name
from kb.swedish.tables import words as word_list


class UnitKind(Enum):
    """What a run of words in a list of people is."""

    NAME = 0
    PLACE = 1
    ROLE = 2
    TITLE = 3
    PARTY = 4
    PRESENCE = 5
    DURING = 6
    ADDRESS = 7
    STANDS_IN = 8
    JOINT = 9
    OTHER = 10


class Unit(NamedTuple):
    """A run of words and what it is.

    Attributes:
        kind: What it is.
        start: Where it begins, counted from the beginning of the piece.
        end: Where it ends.
        text: Its words, those broken at a lost letter mended.
        cost: How little it looks like what it is taken for: 0.2 for a name whose words are
            all known, about 1 where none is.
        value: The municipality, role or presence meant.
    """

    kind: UnitKind
    start: int
    end: int
    text: str
    cost: float
    value: str | Role | Presence | None = None


_WORD = re.compile(r"[^\s\u00ad]+")
_NAME_WORD = re.compile(r"[A-ZÅÄÖÉÜØÆÓÁ][^\W_]*(?:[’'.\-–][^\W_]+)*\.?")
_INITIAL = re.compile(r"[A-ZÅÄÖ]\.?(?:-?[A-ZÅÄÖ]\.?)?")
_PARTY = re.compile(r"(?:S|M|SD|V|C|KD|MP|L|FP|NYD|s|m|sd|v|c|kd|mp|l|fp)\)?|-")
_FIGURE = re.compile(r"[^\W\d_]?\d[\w:./-]*|\S+@\S+|[‹<]\S+[›>]")
_NOISE = re.compile(r"[IlJ1]|[^\w(]+")
_ADDRESS_WORDS = frozenset(("nr", "gård", "lgh", "hus", "klass", "tel", "tfn", "mobil", "rum"))
_FROM = frozenset(("från", "på", "vid", "för", "i", "frän", "fran"))
_JOINTS = frozenset(("och", "samt", "&", "+", "o"))
_BEFORE_TITLES = frozenset(
    ("v", "v.", "andre", "förste", "biträdande", "bitr", "tf", "t.f.", "stf", "vice", "facklig")
)
_VACANT = frozenset(("vakant", "vakans", "ingen", "inga", "nr"))
_MOST_WORDS = 5


_PLACE = {"": 0.25, "word": 0.5, "surname": 0.9, "given": 1.6}
_PLACE_EXPECTED = {"": 0.1, "word": 0.15, "surname": 0.15, "given": 0.25}
"""Cost of a municipality by what else its name may be, and where the list is known to hold one."""


@lru_cache(maxsize=20_000)
def read_units(piece: str, *, places: bool = False) -> tuple[Unit, ...]:
    """Return the units of a piece of text, which holds no separators but spaces.

    Args:
        piece: The text.
        places: Whether a municipality is expected beside each name.
    """
    words = _words(piece)
    count = len(words)
    best: list[tuple[float, int, Unit | None]] = [(0.0, 0, None)]
    best += [(1e9, 0, None)] * count
    for at in range(count):
        for taken in range(1, min(_MOST_WORDS + 2, count - at) + 1):
            unit = _unit(words[at : at + taken], at == 0, places or taken == count)
            if unit is None:
                continue
            before = best[at][2]
            cost = best[at][0] + unit.cost
            if before and unit.kind is before.kind is UnitKind.OTHER:
                cost -= _MORE_OTHER
            if cost < best[at + taken][0] - 1e-9:
                best[at + taken] = (cost, at, unit)
    found: list[Unit] = []
    at = count
    while at > 0:
        _, before_at, unit = best[at]
        if unit is None:
            return ()
        found.append(unit)
        at = before_at
    return tuple(_merged(piece, found[::-1]))


_MORE_OTHER = 0.3
"""What words that are nothing known save by standing beside each other."""


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def _words(piece: str) -> list[_Word]:
    """Return the words; those broken at å, ä, ö are one, a municipality after a hyphen another."""
    words: list[_Word] = []
    for match in _WORD.finditer(piece):
        text, start, end = match.group(), match.start(), match.end()
        if words and (whole := join_broken_word(words[-1].text, text)):
            words[-1] = _Word(whole, words[-1].start, end)
            continue
        head, place = _place_off(text)
        if place:
            words.append(_Word(head, start, start + len(head)))
            words.append(_Word(place, end - len(place), end))
        else:
            words.append(_Word(text, start, end))
    return words


@cache
def _place_off(word: str) -> tuple[str, str]:
    """Return a name and the municipality after its hyphen: "Ek-Upplands-Bro", "Fur/Klippan"."""
    for at, sign in enumerate(word):
        named = municipality_named if sign == "/" else place_named
        if at > 1 and sign in "-–/" and (place := named(word[at + 1 :].rstrip("."))):
            surname = sign != "/" and place.care in ("surname", "given")
            if not surname:
                return word[:at], word[at + 1 :].rstrip(".")
    return word, ""


@cache
def place_named(words: str) -> Municipality | None:
    """Return the municipality that `words` name; a short one must stand as it is written."""
    return municipality_named(words) if len(words) > 4 else by_name(words)


def _merged(piece: str, units: list[Unit]) -> list[Unit]:
    """Return `units` with neighbours that are nothing known, or offices, as one."""
    merged: list[Unit] = []
    for unit in units:
        before = merged[-1] if merged else None
        if (
            before
            and unit.kind is UnitKind.OTHER
            and before.kind
            in (
                UnitKind.OTHER,
                UnitKind.TITLE,
            )
        ):
            text = " ".join(piece[before.start : unit.end].split())
            merged[-1] = before._replace(end=unit.end, text=text)
        else:
            merged.append(unit)
    return merged


def _unit(words: list[_Word], first: bool, places: bool) -> Unit | None:
    """Return the cheapest unit that `words` can be together."""
    text = " ".join([word.text for word in words])
    start, end = words[0].start, words[-1].end
    kind, cost, value = _meaning(text, first, places)
    if kind is None:
        return None
    return Unit(kind=kind, start=start, end=end, text=text, cost=cost, value=value)


Meaning = tuple["UnitKind | None", float, "str | Role | Presence | None"]


@lru_cache(maxsize=50_000)
def _meaning(text: str, first: bool, places: bool) -> Meaning:
    found = [each for each in (*_known(text, first, places), _name(text), _other(text)) if each]
    return min(found, key=lambda each: each[1], default=(None, 0.0, None))


def _known(text: str, first: bool, places: bool) -> list[Meaning]:
    """Return what `text` is as a word, or words, of a closed list."""
    parts = text.split(" ")
    plain = text.strip(".,:;–-*_")
    found: list[Meaning] = []
    if len(parts) == 1:
        if text.casefold() in _JOINTS:
            return [(UnitKind.JOINT, 0.05, None)]
        if plain.casefold() in _VACANT:
            return [(UnitKind.JOINT, 0.05, None)]
        if text in _FROM:
            found.append((UnitKind.JOINT, 0.1, "from"))
        if first and _NOISE.fullmatch(text):
            found.append((UnitKind.JOINT, 0.1, None))
        if _PARTY.fullmatch(text):
            found.append((UnitKind.PARTY, 0.45, text.rstrip(")")))
        if _FIGURE.fullmatch(text):
            found.append((UnitKind.ADDRESS, 0.3, None))
    if len(parts) == 2 and parts[0].strip(".").casefold() in _ADDRESS_WORDS:
        found.append((UnitKind.ADDRESS, 0.2, None))
    if (role := roles().exact(plain)) or (len(plain) > 5 and (role := roles().like(plain))):
        found.append((UnitKind.ROLE, 0.1, role))
    if (presence := presences().like(plain)) is not None:
        found.append((UnitKind.PRESENCE, 0.1, presence))
    elif len(parts) > 1 and (presence := _composed(tuple(plain.split()))):
        found.append((UnitKind.PRESENCE, 0.15, presence))
    if place := municipality_named(plain) if places else place_named(plain):
        # Words that are also names, or words, need more to be a municipality here.
        cost = (_PLACE_EXPECTED if places else _PLACE)[place.care]
        named = parts[-1].casefold().startswith(("kommun", "stad")) and len(parts) > 1
        found.append((UnitKind.PLACE, 0.1 if named else cost, place.name))
    if len(parts) < 8:
        if find_part(plain)[0] and not find_part(plain)[1].strip(" ,.()"):
            found.append((UnitKind.DURING, 0.1, " ".join(plain.split())))
        found += _office(parts)
    for count in (4, 3, 2, 1):
        if count < len(parts) <= count + 4 and parts[count][:1].isupper():
            lead = " ".join(parts[:count])
            if lead.islower() and stands_in().like(lead) and _name(" ".join(parts[count:])):
                found.append((UnitKind.STANDS_IN, 0.2, None))
    return found


def _office(parts: list[str]) -> list[Meaning]:
    """Return an occupation: "tf verksamhetschef", "1:e vice ordförande", "Socialchef"."""
    last = parts[-1].strip(".,")
    if not is_title(last) or len(parts) > 4:
        return []
    if any(part[:1].isupper() for part in parts[1:]):
        return []
    first = parts[0]
    if first[:1].isupper() and len(parts) > 1 and first.casefold() not in _BEFORE_TITLES:
        return []
    return [(UnitKind.TITLE, 0.15 + 0.05 * len(parts), None)]


@cache
def _composed(parts: tuple[str, ...]) -> Presence | None:
    """Return how somebody took part by words of labels: "deltog via Teams", "hade förhinder"."""
    if len(parts) > 6:
        return None
    said = [attendance_words().exact(part) for part in parts]
    if any(each is None for each in said) or not any(said):
        return None
    flat = {word for each in said if each for word in each}
    if "absent" in flat or ("present" in flat and "not" in flat):
        return Presence.ABSENT
    if "guest" in flat:
        return Presence.GUEST
    there = {"plats", "länk", "teams", "distans"} & {part.casefold() for part in parts}
    return Presence.PRESENT if "present" in flat or there else None


def _other(text: str) -> Meaning | None:
    """Return the cost of a word as nothing known; an organisation, or part of a sentence."""
    return None if " " in text else (UnitKind.OTHER, 0.75, None)


@lru_cache(maxsize=50_000)
def _name(text: str) -> Meaning | None:
    parts = text.split(" ")
    cost = name_cost(tuple(parts))
    return None if cost is None else (UnitKind.NAME, cost, None)


@lru_cache(maxsize=50_000)
def name_cost(parts: tuple[str, ...]) -> float | None:
    """Return how little `parts` look like a person's name; None if they cannot be one."""
    if not 1 <= len(parts) <= _MOST_WORDS or parts[-1] in PARTICLES:
        return None
    if any(not (_NAME_WORD.fullmatch(p) or (p in PARTICLES and at)) for at, p in enumerate(parts)):
        return None
    if (
        any(is_not_name(p) and not (len(parts) > 1 and is_given_name(p)) for p in parts)
        or roles().exact(" ".join(parts)) is not None
    ):
        return None
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        if is_given_name(first):
            return 0.6
        if len(first) < 3 or first.isupper() or _foreign(first) > 0.5:
            return None
        return 0.65 if resembles_given_name(first) else 1.7 if is_known_name(first) else 2.2
    cost = 0.2 + _foreign(first) + _foreign(last)
    if is_given_name(first):
        pass
    elif resembles_given_name(first):
        cost += 0.12
    elif _INITIAL.fullmatch(first):
        cost += 0.5
    else:
        cost += 0.55
    if _INITIAL.fullmatch(last):
        cost += 0.15 if len(parts) == 2 else 0.7
    elif is_known_name(last):
        cost += 0.1 if is_given_name(last) else 0.0
    else:
        cost += 0.2
    for at, part in enumerate(parts[1:-1], 1):
        if part in PARTICLES or _INITIAL.fullmatch(part):
            cost += 0.02
        elif is_given_name(part):
            cost += 0.05 if at == 1 else 0.6
        else:
            cost += (0.25 if is_known_name(part) else 0.4) + _foreign(part)
    two = len(parts) == 4 and is_known_name(parts[1]) and not is_given_name(parts[1])
    return cost + 0.3 * (len(parts) > 4) + 0.4 * (two and parts[2] not in PARTICLES)


@cache
def _foreign(word: str) -> float:
    """Return the cost of a word in a name that is something else in a list of people."""
    if is_given_name(word):
        return 0.0
    if is_plain_title(word):
        return 1.2
    if place := place_named(word):
        return 0.9 if place.care in ("", "word") else 0.05
    if len(word) > 1 and word.isupper() and not _INITIAL.fullmatch(word):
        return 0.1 if len(word) > 4 or is_given_name(word.title()) else 0.8
    head = word.partition("-")[0]
    if any(map(str.isupper, head[1:])) and not word.isupper() and not head.startswith("Mc"):
        return 1.0  # "FoU"
    body = find_body(word)
    if (body and body[0].casefold() == word.casefold()) or word.casefold().endswith(
        _institutional()
    ):
        return 1.0
    return 0.0


@cache
def _institutional() -> tuple[str, ...]:
    return word_list(PACKAGE, "organisation_endings.txt")
