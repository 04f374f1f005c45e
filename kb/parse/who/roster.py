"""The people listed or named in an office, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.model import Participant, Presence, Role
from kb.swedish.skeleton import skeleton

_ACCENTS = str.maketrans("éèêëáàâíìîóòôúùûüçñ", "eeeeaaaiiiooouuuucn")

_WEAK = (Role.DEPUTY, Role.COOPTED)
"""Roles that give way to an office of the meeting."""


class Roster:
    """Collects the people of a meeting; several mentions of a person become one."""

    def __init__(self) -> None:
        self._people: list[Participant] = []
        self._names: list[set[str]] = []  # what each is called, as `name_key` gives it

    @property
    def people(self) -> tuple[Participant, ...]:
        """Everybody, in the order of the text."""
        return tuple(sorted(self._people, key=lambda person: person.span))

    @property
    def nicknames(self) -> bool:
        """Whether some are listed by nicknames in small letters."""
        return any(person.name.islower() for person in self._people)

    def add(self, person: Participant, *, loose: bool = False) -> None:
        """Add `person`, or what is new about somebody already there.

        Args:
            person: Whom to add.
            loose: Whether a part of the name is enough: somebody named in an office or by a
                signature is usually one of those listed.
        """
        at = self._same(person)
        if at is None and loose:
            at = find_person(person.name, self._people)
        if at is None:
            at = len(self._people)
            self._people.append(person)
            self._names.append(set())
        else:
            known = self._people[at]
            self._people[at] = _joined(known, person)
            if _called(known, person):
                self._names[at].add(name_key(known.name))
        self._names[at].add(name_key(person.name))

    def elected(self, role: Role) -> None:
        """Make the role of those listed with `role` a title: the meeting chose somebody."""
        for at, person in enumerate(self._people):
            if person.role is role:
                title = person.title or role.value
                self._people[at] = replace(person, role=None, title=title)

    def absent(self, people: Sequence[Participant]) -> None:
        """Add those of `people` who were called but are nowhere listed as absent."""
        if not any(person.presence is Presence.PRESENT for person in self._people):
            return
        for person in people:
            if self._same(person) is None and find_person(person.name, self._people) is None:
                self.add(person)

    def _same(self, person: Participant) -> int | None:
        key = name_key(person.name)
        for at, other in enumerate(self._people):
            apart = None not in (other.municipality, person.municipality) and (
                other.municipality != person.municipality
            )
            if not apart and (key in self._names[at] or _called(other, person)):
                return at
        return None


def _called(one: Participant, other: Participant) -> bool:
    """Tell whether one is listed by what the other is called: "Anna Ek (annek)", "annek"."""
    return _calls(one, other.name) or _calls(other, one.name)


def _calls(full: Participant, short: str) -> bool:
    called = full.organisation if " " in full.name else None
    return called is not None and called.casefold() == short.casefold()


def _joined(known: Participant, new: Participant) -> Participant:
    """Return `known` with what `new` adds to it."""
    role = known.role if known.role not in _WEAK else None
    called = _called(known, new)
    fuller = new if len(new.name.split()) > len(known.name.split()) else known
    organisation = known.organisation or new.organisation
    return replace(
        known,
        name=fuller.name,
        stated=fuller.stated,
        span=fuller.span,
        role=role or new.role or known.role,
        title=known.title or new.title,
        municipality=known.municipality or new.municipality,
        organisation=None if called else organisation,
        confidence=max(known.confidence, new.confidence),
    )


def find_person(name: str, people: Sequence[Participant]) -> int | None:
    """Return the index of the one person `name` can mean: by full name or a part of it."""
    parts = name.split()
    same = [i for i, person in enumerate(people) if name_key(person.name) == name_key(name)]
    if not same:
        same = [i for i, person in enumerate(people) if _part(parts, person)]
    return same[0] if len(same) == 1 else None


def _part(parts: list[str], person: Participant) -> bool:
    """Tell whether one of the names is a short form of the other."""
    other = person.name.split()
    if len(parts) == 1 or len(other) == 1:
        short, long = sorted((parts, other), key=len)
        called = (person.organisation or "").casefold() == short[0].casefold()
        return short[0].casefold() in (long[0].casefold(), long[-1].casefold()) or called
    if parts[-1] != other[-1]:
        return False
    given, longer = sorted((parts[0].rstrip("."), other[0].rstrip(".")), key=len)
    rest = longer[len(given) :]
    return longer.startswith(given) and (len(given) == 1 or rest[:1] in ("", "-"))


def name_key(name: str) -> str:
    """Return what stays the same when a name is misread or written with other accents."""
    return skeleton(name.casefold().translate(_ACCENTS), loose=True)
