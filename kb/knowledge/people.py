"""One person across spellings, damage and documents, joined by rules with a stated confidence.

The mentions of one name in one place (a municipality or a group) are a *name entry*. Entries are
joined to persons by rules, the highest confidence first; a rule of low confidence makes a
suggestion that an editor confirms or rejects. Two names in the same document are two persons, and
a bare given name is never joined across groups. Persons are the connected components of the graph
of joins (union-find, Tarjan 1975).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.knowledge.candidates import CONFIRMED, SURE, Join, candidates
from kb.knowledge.document_facts import DocumentFacts
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.name_entries import NameEntry, name_entries, side_by_side


@dataclass(frozen=True, slots=True)
class People:
    """All persons.

    Attributes:
        persons: The name entries of each person.
        joins: The joins that made them.
        suggestions: Joins of low confidence, not made.
        unused: Decisions of editors about names that no longer exist.
    """

    persons: tuple[tuple[NameEntry, ...], ...]
    joins: tuple[Join, ...]
    suggestions: tuple[Join, ...]
    unused: tuple[str, ...]


def join(documents: Iterable[DocumentFacts], decided: NameDecisions) -> People:
    """Return the persons of some documents."""
    names = name_entries(documents)
    likely = sorted(candidates(names), key=lambda join: -join.rule.confidence)
    by_identity = {entry.identity: entry for entry in names}
    split = {frozenset(pair) for pair in decided.apart}
    persons = _Persons(names, {
        frozenset((by_identity[a], by_identity[b]))
        for a, b in map(tuple, split)
        if a in by_identity and b in by_identity
    })  # fmt: skip
    made: list[Join] = []
    unused = [
        f"{a} – {b}"
        for a, b in (*decided.same, *decided.apart)
        if a not in by_identity or b not in by_identity
    ]
    for a, b in decided.same:
        if a in by_identity and b in by_identity:
            persons.unite(by_identity[a], by_identity[b], by_force=True)
            made.append(Join(by_identity[a], by_identity[b], CONFIRMED))
    suggestions = []
    for found in likely:
        if found.rule.confidence < SURE:
            suggestions.append(found)
        elif persons.unite(found.one, found.other):
            made.append(found)
    offered: set[frozenset[int]] = set()
    open_: list[Join] = []
    for found in suggestions:
        roots = frozenset((id(persons.find(found.one)), id(persons.find(found.other))))
        if len(roots) == 2 and roots not in offered and persons.may(found.one, found.other):
            offered.add(roots)
            open_.append(found)
    listed = tuple(
        person for person in persons.all() if any(m.presence for b in person for _, m in b.mentions)
    )
    return People(listed, tuple(made), tuple(open_), tuple(unused))


class _Persons:
    """Union-find over name entries that keeps apart those that may not be one person."""

    def __init__(self, entries: Sequence[NameEntry], apart: set[frozenset[NameEntry]]) -> None:
        self._parent = {entry: entry for entry in entries}
        self._members = {entry: [entry] for entry in entries}
        self._apart = apart

    def find(self, entry: NameEntry) -> NameEntry:
        while self._parent[entry] is not entry:
            self._parent[entry] = self._parent[self._parent[entry]]
            entry = self._parent[entry]
        return entry

    def may(self, one: NameEntry, other: NameEntry) -> bool:
        """Tell whether two entries may be one person."""
        mine, theirs = self._members[self.find(one)], self._members[self.find(other)]
        return not any(
            frozenset((a, b)) in self._apart or side_by_side(a, b) for a in mine for b in theirs
        )

    def unite(self, one: NameEntry, other: NameEntry, *, by_force: bool = False) -> bool:
        a, b = self.find(one), self.find(other)
        if a is b:
            return False
        if not by_force and not self.may(a, b):
            return False
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        return True

    def all(self) -> tuple[tuple[NameEntry, ...], ...]:
        return tuple(tuple(members) for members in self._members.values())
