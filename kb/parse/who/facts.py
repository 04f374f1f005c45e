"""Facts beside a name in a list: place, organisation, role, title, presence, part."""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.model import Presence, Role
from kb.parse.text.phrases import presences, roles
from kb.parse.who.bodies import restore_body
from kb.parse.who.during import find_part
from kb.parse.who.names import is_name, is_title, municipality_named

_PARTY = re.compile(r"(?:S|M|SD|V|C|KD|MP|L|FP|D|-|[A-ZÅÄÖ]{2,4})$")
SEPARATOR = re.compile(r"\s*(?:,\s*[-–]|,|:|\s[-–—]+|[-–—]\s|/)\s*")
_FROM = frozenset(("från", "på", "vid", "för"))
STRAY = " \t\n,.;:-–—*•_|~"


class PersonEntry(NamedTuple):
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


class EntryFacts:
    """Gathers what stands beside a name."""

    def __init__(self, known: PersonEntry | None = None) -> None:
        self.municipality = known.municipality if known else None
        self.organisation = known.organisation if known else None
        self.role = known.role if known else None
        self.title = known.title if known else None
        self.presence = known.presence if known else None
        self.during = known.during if known else None

    def said_of(self, entry: PersonEntry) -> PersonEntry:
        """Return `entry` with everything gathered."""
        return entry._replace(
            municipality=self.municipality,
            organisation=self.organisation,
            role=self.role,
            title=self.title,
            presence=self.presence,
            during=self.during,
        )

    def part(self, words: str) -> str:
        """Take the part of the meeting that somebody attended; return the other words."""
        stated, rest = find_part(words)
        self.during = self.during or stated
        return rest

    def aside(self, words: str) -> None:
        """Take words that are separated from the name."""
        words = self.part(words).strip(STRAY)
        if not words:
            return
        if (role := roles().like(words)) is not None:
            self.role = self.role or role
        elif (presence := presences().like(words)) is not None:
            self.presence = presence
        elif place := municipality_named(words):
            self.municipality = place.name
        elif SEPARATOR.search(words) and not self._whole(words):
            for part in SEPARATOR.split(words):
                self.aside(part)
        elif is_title(words.split()[-1]) or is_title(words.split()[0]):
            self._titled(words)
        elif words != "-":
            self.organisation = self.organisation or words

    def cell(self, words: str, *, before: bool) -> None:
        """Take another cell of the row: unknown words are an office if before the name."""
        words = words.strip(STRAY)
        known = roles().like(words) or presences().like(words) or municipality_named(words)
        if before and not known and not words.isdigit():
            self.title = self.title or words
        else:
            self.aside(words)

    def _whole(self, words: str) -> bool:
        """Tell whether a separator in `words` belongs to a name ("Ria/G7")."""
        parts = [part for part in SEPARATOR.split(words) if part]
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
        """Return the name at the start of `words`; take what follows it."""
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
