"""One entry of a list of people: who it is, from where, and what is said beside the name.

An entry is a name, then what belongs to it in any order: a municipality ("-Båstad",
" Ängelholm"), an organisation (", Ria/G7"), words in brackets ("(ordf.)", "(ej närvarande)",
"(S)"), an occupation ("Planeringsledare Socialchefsnätverket"), a part of the meeting
("§§ 12-15"). In a table each stands in a cell of its own, the name anywhere among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.model import Presence, Role
from kb.parse.bodies import restore_body
from kb.parse.during import find_part
from kb.parse.names import (
    is_full_name,
    is_given_name,
    is_known_name,
    is_name,
    is_nickname,
    is_title,
    mend_name,
    municipality_named,
)
from kb.parse.phrases import presences, roles, stands_in

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?")
_HANDLE = re.compile(r"\s*[‹<][^›>]*[›>]")
_STANDS_IN = re.compile(r"[\s)]([a-zåäö0-9é]+\.?(?: [a-zåäö0-9é]+\.?){0,2})\s+(?=[A-ZÅÄÖ])")
_PARTY = re.compile(r"(?:S|M|SD|V|C|KD|MP|L|FP|D|-|[A-ZÅÄÖ]{2,4})$")
_FROM = frozenset(("från", "på", "vid", "för"))
_SEPARATOR = re.compile(r"\s*(?:,\s*[-–]|,|:|\s[-–—]+|[-–—]\s|/)\s*")
_CELLS = re.compile(r"\s{2,}|\s*\t\s*|\s*\|\s*")
_LONGEST = 200
"""Characters of an entry, at most."""

_STRAY = " \t\n,.;:-–—*•_|~"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry of a list says; `start` and `end` are its place in the text.

    Attributes:
        name: The name.
        during: For which part of the meeting, as stated.
        sure: Whether this surely is a person's name.
    """

    name: str
    start: int
    end: int
    municipality: str | None = None
    organisation: str | None = None
    role: Role | None = None
    title: str | None = None
    presence: Presence | None = None
    during: str | None = None
    sure: bool = True


def read_entry(text: str, start: int, *, nicknames: bool = False) -> Entry | None:
    """Return what the entry `text`, which begins at `start`, says; None if no person.

    Raises nothing: an entry that cannot be read as a person is left out.
    """
    stripped = text.strip(_STRAY)
    if len(stripped) > _LONGEST:
        return None
    begin = start + text.find(stripped)
    end = begin + len(stripped)
    facts = _Facts()
    rest = _HANDLE.sub("", stripped)
    for match in _STANDS_IN.finditer(rest):
        if stands_in().like(match.group(1)) is not None:
            facts.role = Role.DEPUTY
            rest = rest[: match.start(1)]
            break
    for inside in _BRACKETS.findall(rest):
        facts.aside(inside)
    rest = facts.part(_BRACKETS.sub(" ", rest))
    rest = " ".join(rest.replace("\\", " ").split()).strip(_STRAY)
    parts = _SEPARATOR.split(rest, maxsplit=1)
    name, whole = mend_name(facts.trailing(parts[0]))
    if len(parts) > 1 and parts[1]:
        facts.aside(parts[1].strip(_STRAY))
    if not is_name(name) and is_full_name(name[:1].upper() + name[1:]):
        name = name[:1].upper() + name[1:]
    if not is_name(name) and not (nicknames and is_nickname(name)):
        return None
    place = municipality_named(name)
    if place and place.care in ("", "word") and not is_given_name(name):
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
        facts.during,
        sure=whole
        and len(name.split()) <= 4
        and (is_given_name(name) or (" " in name and is_known_name(name))),
    )


def read_row(text: str, start: int) -> list[Entry]:
    """Return the people of the row `text` of a table, which begins at `start`.

    Cells that each hold a full name are people beside each other; otherwise the cell most
    like a name is the person and the others speak of them.
    """
    row = [*cells(text, start)]
    if len(row) < 2:
        entry = read_entry(text, start)
        return [entry] if entry else []
    read = [read_entry(words, at) for words, at in row]
    if sum(each is not None and is_full_name(each.name) for each in read) > 1:
        people: list[Entry] = []
        for entry, (words, _) in zip(read, row, strict=True):
            if entry and is_full_name(entry.name):
                people.append(entry)
            elif people and (told := with_aside(people[-1], words)):
                people[-1] = told
        return people
    if not any(read):
        return []
    best = max(range(len(row)), key=lambda at: (_likeness(read[at]), -at))
    person = read[best]
    if person is None:
        return []
    facts = _Facts(person)
    for at, (words, _) in enumerate(row):
        if at != best:
            facts.cell(words, before=at < best)
    return [facts.said_of(person)]


def with_aside(entry: Entry, words: str) -> Entry | None:
    """Return `entry` with `words` if they only say more of it: a place, role, office, presence.

    "Anna Ek, socialchef, Klippan, Bo Al" is two people.
    """
    plain = words.strip(_STRAY)
    place = municipality_named(plain)
    parts = plain.split()
    if not parts or (place and (place.care == "given" or entry.municipality)):
        return None
    if "(" in plain or is_full_name(" ".join(parts[:2])):
        return None
    office = is_title(parts[-1]) or (parts[0][0].islower() and is_title(parts[0]))
    if not (place or roles().like(plain) or presences().like(plain) or office):
        return None
    facts = _Facts(entry)
    facts.aside(plain)
    return facts.said_of(entry)


def cells(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the cells of a row that hold anything, and where each begins."""
    at = 0
    for match in [*_CELLS.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip(_STRAY):
            yield text[at:end], start + at
        at = match.end() if match else end


def _likeness(entry: Entry | None) -> int:
    """Return how much like a person's name a cell is."""
    if entry is None or municipality_named(entry.name):
        return 0
    return 1 + 2 * is_full_name(entry.name) + entry.sure - 2 * is_title(entry.name.split()[-1])


class _Facts:
    """Gathers what stands beside a name."""

    def __init__(self, known: Entry | None = None) -> None:
        self.municipality = known.municipality if known else None
        self.organisation = known.organisation if known else None
        self.role = known.role if known else None
        self.title = known.title if known else None
        self.presence = known.presence if known else None
        self.during = known.during if known else None

    def said_of(self, entry: Entry) -> Entry:
        """Return `entry` with everything gathered."""
        return replace(
            entry,
            municipality=self.municipality,
            organisation=self.organisation,
            role=self.role,
            title=self.title,
            presence=self.presence,
            during=self.during,
        )

    def part(self, words: str) -> str:
        """Take in for what part of the meeting somebody was there; return what is left."""
        stated, rest = find_part(words)
        self.during = self.during or stated
        return rest

    def aside(self, words: str) -> None:
        """Take in words set off from the name."""
        words = self.part(words).strip(_STRAY)
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

    def cell(self, words: str, *, before: bool) -> None:
        """Take in another cell of the row: words not known are an office if before the name."""
        words = words.strip(_STRAY)
        known = roles().like(words) or presences().like(words) or municipality_named(words)
        if before and not known and not words.isdigit():
            self.title = self.title or words
        else:
            self.aside(words)

    def _whole(self, words: str) -> bool:
        """Tell whether a separator in `words` belongs to a name ("Ria/G7")."""
        parts = [part for part in _SEPARATOR.split(words) if part]
        return "," not in words and not any(
            roles().like(p) or presences().like(p) or municipality_named(p) for p in parts
        )

    def _titled(self, words: str) -> None:
        parts = words.split()
        if len(parts) > 1 and (place := municipality_named(parts[-1])) and not place.care:
            self.municipality = place.name
            parts = parts[:-1]
        if len(parts) > 1 and (body := restore_body(parts[-1])):
            self.organisation = self.organisation or body
            parts = parts[:-1]
        self.title = self.title or " ".join(parts)

    def trailing(self, words: str) -> str:
        """Return the name at the head of `words`; what follows it is taken in."""
        parts = words.split()
        parts = self._leading(parts)
        parts = self._place_off(parts)
        for at in range(1, len(parts)):
            tail = " ".join(parts[at:])
            if parts[at] in _FROM and at + 1 < len(parts):
                self.aside(" ".join(parts[at + 1 :]))
                return " ".join(parts[:at])
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
            if at > 1 and len(parts) == at + 1 and _PARTY.match(parts[at]) and len(parts[at]) < 3:
                self.organisation = self.organisation or parts[at]
                return " ".join(parts[:at])
        return " ".join(parts)

    def _leading(self, parts: list[str]) -> list[str]:
        """Return `parts` without an office before the name ("ordförande Anna Ek")."""
        for count in (2, 1):
            if len(parts) > count and is_name(" ".join(parts[count:])):
                office = " ".join(parts[:count])
                if (role := roles().exact(office)) is not None:
                    self.role = self.role or role
                    return parts[count:]
                if count == 1 and office.islower() and is_title(office):
                    self.title = self.title or office
                    return parts[count:]
        return parts

    def _place_off(self, parts: list[str]) -> list[str]:
        for count in (2, 1):
            if len(parts) > count and (place := municipality_named(" ".join(parts[-count:]))):
                if place.care == "surname" and len(parts) == 2:
                    return parts  # "Anna Lund"
                self.municipality = place.name
                cut = len(parts) - count
                return parts[: cut - 1] if cut > 1 and parts[cut - 1] in _FROM else parts[:cut]
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
