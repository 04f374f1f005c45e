"""One person across spellings, damage and documents, joined by rules with a stated confidence.

The mentions of one name in one place (a municipality or a group) are a *bearer*. Bearers are
joined to persons by rules, the most trusted first; what a rule only makes likely is a suggestion
that an editor confirms or splits. Two names that stand in the same document are two persons, and a
bare given name is never joined across groups. Persons are the connected parts of the graph of
joins (union-find, Tarjan 1975).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.knowledge.candidates import CONFIRMED, SURE, Join, candidates
from kb.knowledge.document_facts import DocumentFacts
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.name_entries import NameEntry, bearers, side_by_side


@dataclass(frozen=True, slots=True)
class People:
    """Everybody.

    Attributes:
        persons: The bearers of each person.
        joins: The joins that made them.
        suggestions: What may be joined as well.
        unused: Decisions of editors about names that are no longer there.
    """

    persons: tuple[tuple[NameEntry, ...], ...]
    joins: tuple[Join, ...]
    suggestions: tuple[Join, ...]
    unused: tuple[str, ...]


def join(contributions: Iterable[DocumentFacts], decided: NameDecisions) -> People:
    """Return the persons of some documents."""
    names = bearers(contributions)
    likely = sorted(candidates(names), key=lambda own: -own.rule.confidence)
    by_identity = {own.identity: own for own in names}
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
    for own in likely:
        if own.rule.confidence < SURE:
            suggestions.append(own)
        elif persons.unite(own.one, own.other):
            made.append(own)
    offered: set[frozenset[int]] = set()
    open_: list[Join] = []
    for own in suggestions:
        roots = frozenset((id(persons.find(own.one)), id(persons.find(own.other))))
        if len(roots) == 2 and roots not in offered and persons.may(own.one, own.other):
            offered.add(roots)
            open_.append(own)
    listed = tuple(
        own for own in persons.all() if any(m.presence for b in own for _, m in b.mentions)
    )
    return People(listed, tuple(made), tuple(open_), tuple(unused))


class _Persons:
    """Union-find over bearers; two that may not be one are kept apart, whoever else joins them."""

    def __init__(self, bearers: Sequence[NameEntry], apart: set[frozenset[NameEntry]]) -> None:
        self._parent = {own: own for own in bearers}
        self._members = {own: [own] for own in bearers}
        self._apart = apart

    def find(self, own: NameEntry) -> NameEntry:
        while self._parent[own] is not own:
            self._parent[own] = self._parent[self._parent[own]]
            own = self._parent[own]
        return own

    def may(self, one: NameEntry, other: NameEntry) -> bool:
        """Tell whether nothing speaks against two bearers being one person."""
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
        return tuple(tuple(own) for own in self._members.values())
