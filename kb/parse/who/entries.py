"""One entry of a list of people: who it is, from where, and what is said beside the name.

An entry is a name, then what belongs to it in any order: a municipality ("-Båstad",
" Ängelholm"), an organisation (", Ria/G7"), words in brackets ("(ordf.)", "(ej närvarande)",
"(S)"), an occupation ("Planeringsledare Socialchefsnätverket"), a part of the meeting
("§§ 12-15"). In a table each stands in a separate cell, the name in any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Role
from kb.parse.text.phrases import presences, roles, stands_in
from kb.parse.who.facts import SEPARATOR, STRAY, EntryFacts, PersonEntry
from kb.parse.who.names import (
    is_full_name,
    is_given_name,
    is_known_name,
    is_name,
    is_nickname,
    is_title,
    join_broken_name,
    municipality_named,
)

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?")
_HANDLE = re.compile(r"\s*[‹<][^›>]*[›>]")
CALLED = re.compile(r"(?<=\w)\s+[\"“”„»«](?P<name>[^\W\d_][^\W_]*)[\"“”»«](?=\s+[A-ZÅÄÖ])")
"""What somebody is called, between the names: `Ida "Isbit" Berg`."""

_STANDS_IN = re.compile(r"[\s)]([a-zåäö0-9é]+\.?(?: [a-zåäö0-9é]+\.?){0,2})\s+(?=[A-ZÅÄÖ])")
_CELLS = re.compile(r"\s{2,}|\s*\t\s*|\s*\|\s*")
_DIVIDED = re.compile(r"\s\s|[\t|]")
_LONGEST = 200
"""Characters of an entry, at most."""


def read_entry(text: str, start: int, *, nicknames: bool = False) -> PersonEntry | None:
    """Return what the entry `text`, which begins at `start`, says; None if no person.

    Raises nothing: an entry that cannot be read as a person is left out.
    """
    stripped = text.strip(STRAY)
    if len(stripped) > _LONGEST:
        return None
    begin = start + text.find(stripped)
    end = begin + len(stripped)
    facts = EntryFacts()
    rest = CALLED.sub("", stripped)
    rest = _HANDLE.sub("", rest) if "<" in rest or "‹" in rest else rest
    for match in _STANDS_IN.finditer(rest):
        if stands_in().like(match.group(1)) is not None:
            facts.role = Role.DEPUTY
            rest = rest[: match.start(1)]
            break
    if "(" in rest or "[" in rest:
        for inside in _BRACKETS.findall(rest):
            facts.aside(inside)
        rest = _BRACKETS.sub(" ", rest)
    rest = facts.part(rest)
    rest = " ".join(rest.replace("\\", " ").split()).strip(STRAY)
    parts = SEPARATOR.split(rest, maxsplit=1)
    name, whole = join_broken_name(facts.trailing(parts[0]))
    if len(parts) > 1 and parts[1]:
        facts.aside(parts[1].strip(STRAY))
    if not is_name(name) and is_full_name(name[:1].upper() + name[1:]):
        name = name[:1].upper() + name[1:]
    if not is_name(name) and not (nicknames and is_nickname(name)):
        return None
    place = municipality_named(name)
    if place and place.care in ("", "word") and not is_given_name(name):
        return None
    return PersonEntry(
        name=name,
        start=begin,
        end=end,
        municipality=facts.municipality,
        organisation=facts.organisation,
        role=facts.role,
        title=facts.title,
        presence=facts.presence,
        during=facts.during,
        sure=whole
        and len(name.split()) <= 4
        and (is_given_name(name) or (" " in name and is_known_name(name))),
    )


def read_row(text: str, start: int) -> list[PersonEntry]:
    """Return the people of the row `text` of a table, which begins at `start`.

    Cells that each hold a full name are different people; otherwise the cell most like a name is
    the person and the others describe that person.
    """
    row = [*cells(text, start)]
    if len(row) < 2:
        entry = read_entry(text, start)
        return [entry] if entry else []
    read = [read_entry(words, at) for words, at in row]
    if sum(each is not None and is_full_name(each.name) for each in read) > 1:
        people: list[PersonEntry] = []
        for entry, (words, _) in zip(read, row, strict=True):
            if entry and is_full_name(entry.name):
                people.append(entry)
            elif people and (extended := with_aside(people[-1], words)):
                people[-1] = extended
        return people
    if not any(read):
        return []
    best = max(range(len(row)), key=lambda at: (_likeness(read[at]), -at))
    person = read[best]
    if person is None:
        return []
    facts = EntryFacts(person)
    for at, (words, _) in enumerate(row):
        if at != best:
            facts.cell(words, before=at < best)
    return [facts.said_of(person)]


def with_aside(entry: PersonEntry, words: str) -> PersonEntry | None:
    """Return `entry` with `words` if they only say more of it: a place, role, office, presence.

    "Anna Ek, socialchef, Klippan, Bo Al" is two people.
    """
    plain = words.strip(STRAY)
    place = municipality_named(plain)
    parts = plain.split()
    if not parts or (place and (place.care == "given" or entry.municipality)):
        return None
    if "(" in plain or is_full_name(" ".join(parts[:2])):
        return None
    office = is_title(parts[-1]) or (parts[0][0].islower() and is_title(parts[0]))
    known = place or roles().like(plain) or presences().like(plain) or office
    if not known and not _is_abbreviated(parts[0]):
        return None
    facts = EntryFacts(entry)
    facts.aside(plain)
    return facts.said_of(entry)


def _is_abbreviated(word: str) -> bool:
    """Tell whether `word` is written as an organisation is, not a name: "FoU", "LSS-enheten"."""
    head = word.partition("-")[0]
    return len(head) > 2 and any(map(str.isupper, head[1:])) and not is_given_name(head)


def cells(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the cells of a row that hold anything, and where each begins."""
    if not _DIVIDED.search(text):
        if text.strip(STRAY):
            yield text, start
        return
    at = 0
    for match in [*_CELLS.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip(STRAY):
            yield text[at:end], start + at
        at = match.end() if match else end


def _likeness(entry: PersonEntry | None) -> int:
    """Return how much like a person's name a cell is."""
    if entry is None or municipality_named(entry.name):
        return 0
    return 1 + 2 * is_full_name(entry.name) + entry.sure - 2 * is_title(entry.name.split()[-1])


def split_flow(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the entries of a run of people ("Anna, Bo och Cia") and where each begins.

    Commas in brackets do not divide, nor does a stray one before a dash (",-Båstad").
    """
    depth = begin = 0
    for match in _DIVISION.finditer(text):
        sign = match.group()
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield text[begin : match.start()], start + begin
            begin = match.end()
    yield text[begin:], start + begin


_DIVISION = re.compile(r"[()\[\]]|,(?!\s*[-–])|;|\s(?:och(?!\s+med\b)|samt|&)\s")
