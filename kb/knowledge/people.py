"""One person across spellings, damage and documents, joined by rules with a stated confidence.

The mentions of one name in one place (a municipality or a group) are a *bearer*. Bearers are
joined to persons by rules, the most trusted first; what a rule only makes likely is a suggestion
that an editor confirms or splits. Two names that stand in the same document are two persons, and a
bare given name is never joined across groups. Persons are the connected parts of the graph of
joins (union-find, Tarjan 1975).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations, product

from kb.knowledge.contribution import Contribution, Mention
from kb.knowledge.decided import Decided
from kb.knowledge.names import (
    Likeness,
    is_bare,
    is_common,
    is_nickname,
    key,
    likeness,
    meant_by,
    sound,
    tokens,
)

SURE = 0.8
"""From which confidence names are joined; what is less sure is a suggestion."""

_AKIN = 3
"""People of rare names that two groups share, from which they are of one circle."""

_MOST_GROUPS = 12
"""Groups of one name that still say something of the groups."""

_MOST_PAIRS = 200
"""Bearers that share a block and are compared pair by pair; more say that it is too common."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Why two names are one person: how sure, and in Swedish."""

    confidence: float
    reason: str


SAME_PLACE = Rule(0.98, "samma namn och samma kommun")
SAME_GROUP = Rule(0.97, "samma namn i samma grupp")
SAME_NAME = Rule(0.9, "samma ovanliga namn")
SAME_CIRCLE = Rule(0.86, "samma namn i grupper med flera gemensamma personer")
SPELLING = Rule(0.93, "samma namn stavat på två sätt")
DAMAGED = Rule(0.9, "samma namn, skadat i den ena texten")
WORN = Rule(0.84, "nästan samma namn i en skadad text, och ingen annan i gruppen har ett likt")
SHORTENED = Rule(0.88, "samma namn, det ena med fler efternamn eller förnamn")
BARE_HERE = Rule(0.9, "den enda med förnamnet i samma anteckning")
BARE_GROUP = Rule(0.82, "samma förnamn i samma grupp")
ELSEWHERE = Rule(0.5, "samma namn, men olika kommuner eller grupper")
NEAR = Rule(0.4, "nästan samma namn")
NICKNAME = Rule(0.6, "smeknamn")
ONE_OF_GROUP = Rule(0.6, "den enda med förnamnet i samma grupp")
CONFIRMED = Rule(1.0, "bekräftat av en redaktör")


@dataclass(eq=False, slots=True)
class Bearer:
    """A name in one place, with all its mentions.

    Attributes:
        name: The name as most mentions spell it.
        place: The municipality, or else the group, by which the name is known.
        meant: Who a bare name means where just one in the same document bears it.
        documents: Where it stands.
        worn: Those of them that are damaged.
        mentions: (document, mention).
    """

    name: str
    place: str
    meant: str = ""
    groups: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    worn: set[str] = field(default_factory=set)
    mentions: list[tuple[Contribution, Mention]] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """What the bearer is called in the file of editors' decisions."""
        known_by = ", ".join(filter(None, (self.place, self.meant)))
        return f"{self.name} ({known_by})" if known_by else self.name

    @property
    def is_worn(self) -> bool:
        """Whether the name stands in damaged texts only."""
        return self.documents == self.worn


@dataclass(frozen=True, slots=True)
class Join:
    """Two bearers, and why they are or may be one person."""

    one: Bearer
    other: Bearer
    rule: Rule


@dataclass(frozen=True, slots=True)
class People:
    """Everybody.

    Attributes:
        persons: The bearers of each person.
        joins: The joins that made them.
        suggestions: What may be joined as well.
        unused: Decisions of editors about names that are no longer there.
    """

    persons: tuple[tuple[Bearer, ...], ...]
    joins: tuple[Join, ...]
    suggestions: tuple[Join, ...]
    unused: tuple[str, ...]


def join(contributions: Iterable[Contribution], decided: Decided) -> People:
    """Return the persons of some documents."""
    bearers = _bearers(contributions)
    candidates = sorted(_candidates(bearers), key=lambda own: -own.rule.confidence)
    by_identity = {own.identity: own for own in bearers}
    split = {frozenset(pair) for pair in decided.apart}
    persons = _Persons(bearers, {
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
    for own in candidates:
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

    def __init__(self, bearers: Sequence[Bearer], apart: set[frozenset[Bearer]]) -> None:
        self._parent = {own: own for own in bearers}
        self._members = {own: [own] for own in bearers}
        self._apart = apart

    def find(self, own: Bearer) -> Bearer:
        while self._parent[own] is not own:
            self._parent[own] = self._parent[self._parent[own]]
            own = self._parent[own]
        return own

    def may(self, one: Bearer, other: Bearer) -> bool:
        """Tell whether nothing speaks against two bearers being one person."""
        mine, theirs = self._members[self.find(one)], self._members[self.find(other)]
        return not any(
            frozenset((a, b)) in self._apart or _side_by_side(a, b) for a in mine for b in theirs
        )

    def unite(self, one: Bearer, other: Bearer, *, by_force: bool = False) -> bool:
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

    def all(self) -> tuple[tuple[Bearer, ...], ...]:
        return tuple(tuple(own) for own in self._members.values())


def _side_by_side(one: Bearer, other: Bearer) -> bool:
    """Tell whether two names stand in the same document as different people.

    A damaged document may have a name in two forms, among those called and those present.
    """
    if is_bare(one.name) or is_bare(other.name):
        return False
    shared = one.documents & other.documents
    if not shared:
        return False
    return not (shared <= one.worn and likeness(one.name, other.name) is Likeness.DAMAGED)


def place_of(contribution: Contribution, mention: Mention) -> str:
    """Return by what a name is known: its municipality, else the meeting's, else the group."""
    return mention.municipality or contribution.home or contribution.group or ""


def _bearers(contributions: Iterable[Contribution]) -> list[Bearer]:
    found: dict[tuple[str, str, str], Bearer] = {}
    spellings: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for contribution in contributions:
        alone = _alone(contribution)
        for mention in contribution.people:
            name = key(mention.name)
            if not name:
                continue
            bare = is_bare(mention.name)
            meant = alone.get(name, "") if bare else ""
            # A bare name is somebody of the group, wherever the group met.
            place = (
                (contribution.group or contribution.path)
                if bare
                else place_of(contribution, mention)
            )
            at = (name, place.casefold(), meant)
            own = found.setdefault(at, Bearer(mention.name, place, meant))
            spellings[at][mention.name] += 1
            own.mentions.append((contribution, mention))
            own.documents.add(contribution.path)
            if contribution.damaged:
                own.worn.add(contribution.path)
            if contribution.group:
                own.groups.add(contribution.group.casefold())
            if municipality := mention.municipality or contribution.home:
                own.municipalities.add(municipality)
    for at, own in found.items():
        own.name = spellings[at].most_common(1)[0][0]
    return list(found.values())


def _alone(contribution: Contribution) -> dict[str, str]:
    """Return the given names of a document that just one full name there has, and that name."""
    bearers: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for mention in contribution.people:
        first, *rest = tokens(mention.name) or ("",)
        if rest:
            bearers[first][key(mention.name)] = mention.name
    return {first: next(iter(own.values())) for first, own in bearers.items() if len(own) == 1}


def _candidates(bearers: Sequence[Bearer]) -> Iterator[Join]:
    full = [own for own in bearers if not is_bare(own.name)]
    bare = [own for own in bearers if is_bare(own.name)]
    yield from _same_names(full)
    yield from _like_names(full)
    yield from _bare_names(bare, full)


def _same_names(full: Sequence[Bearer]) -> Iterator[Join]:
    by_name: defaultdict[str, list[Bearer]] = defaultdict(list)
    for own in full:
        by_name[key(own.name)].append(own)
    akin = _akin(by_name.values())
    for same in by_name.values():
        for one, other in combinations(same[:_MOST_PAIRS], 2):
            yield Join(one, other, _rule_of_same(one, other, akin))


def _rule_of_same(one: Bearer, other: Bearer, akin: set[tuple[str, str]]) -> Rule:
    if one.municipalities & other.municipalities:
        return SAME_PLACE
    if one.municipalities and other.municipalities:
        return ELSEWHERE
    if one.groups & other.groups:
        return SAME_GROUP
    if not is_common(one.name):
        return SAME_NAME
    if any(pair in akin for pair in product(one.groups, other.groups)):
        return SAME_CIRCLE
    return ELSEWHERE


def _akin(same: Iterable[Sequence[Bearer]]) -> set[tuple[str, str]]:
    """Return the pairs of groups that several people of rare names have in common."""
    shared: Counter[tuple[str, str]] = Counter()
    for bearers in same:
        groups = set().union(*(own.groups for own in bearers))
        if len(groups) < _MOST_GROUPS and not is_common(bearers[0].name):
            shared.update(permutations(groups, 2))
    return {pair for pair, count in shared.items() if count >= _AKIN}


def _like_names(full: Sequence[Bearer]) -> Iterator[Join]:
    """Yield names that are like each other and known by the same place or group."""
    worn: defaultdict[Bearer, dict[str, Bearer]] = defaultdict(dict)
    joined: set[Bearer] = set()
    for one, other in _neighbours(full):
        like = likeness(one.name, other.name)
        if like and (rule := _RULES.get(like)):
            yield Join(one, other, rule)
            if rule.confidence >= SURE:
                joined |= {one, other}
        elif one.is_worn != other.is_worn and likeness(one.name, other.name, worn=True):
            damaged, whole = (one, other) if one.is_worn else (other, one)
            worn[damaged][key(whole.name)] = whole
    for damaged, alike in worn.items():
        if damaged not in joined:
            rule = WORN if len(alike) == 1 else NEAR
            yield from (Join(damaged, whole, rule) for whole in alike.values())


def _neighbours(full: Sequence[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
    """Yield the names that share a place or group and part of how they are said, each pair once."""
    blocks: defaultdict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for own in full:
        parts = [sound(part) for part in tokens(own.name)]
        for place in own.municipalities | own.groups:
            for part in {parts[0][:3], parts[-1][:4], parts[-1][-4:]}:
                blocks[place, part].append(own)
    seen: set[frozenset[int]] = set()
    for block in blocks.values():
        for one, other in combinations(block[:_MOST_PAIRS], 2):
            pair = frozenset((id(one), id(other)))
            if pair in seen or key(one.name) == key(other.name):
                continue
            seen.add(pair)
            elsewhere = (
                one.municipalities
                and other.municipalities
                and not (one.municipalities & other.municipalities)
            )
            if not elsewhere and not _side_by_side(one, other):
                yield one, other


_RULES = {
    Likeness.SPELLING: SPELLING,
    Likeness.DAMAGED: DAMAGED,
    Likeness.SHORTENED: SHORTENED,
    Likeness.NEAR: NEAR,
}


def _bare_names(bare: Sequence[Bearer], full: Sequence[Bearer]) -> Iterator[Join]:
    """Yield who a bare given name or nickname may be: somebody of the same group alone."""
    in_group: defaultdict[str, list[Bearer]] = defaultdict(list)
    for own in full:
        for group in own.groups or own.documents:
            in_group[group].append(own)
    for own in bare:
        if not tokens(own.name):
            continue
        (first,) = tokens(own.name)
        if own.meant:
            meant = key(own.meant)
            for other in in_group.get(own.place.casefold(), in_group.get(own.place, [])):
                if key(other.name) == meant and not own.documents.isdisjoint(other.documents):
                    yield Join(own, other, BARE_HERE)
            continue
        wanted = meant_by(own.name) if is_nickname(own.name) else frozenset((first,))
        members = in_group.get(own.place.casefold(), in_group.get(own.place, []))
        fitting = [other for other in members if tokens(other.name)[0] in wanted]
        named = {key(other.name) for other in fitting}
        if len(named) != 1:
            continue
        if is_nickname(own.name) and first not in {tokens(o.name)[0] for o in fitting}:
            yield Join(own, fitting[0], NICKNAME)
        elif any(mention.presence for _, mention in own.mentions):
            yield Join(own, fitting[0], BARE_GROUP)
        else:
            yield Join(own, fitting[0], ONE_OF_GROUP)
