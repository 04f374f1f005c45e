"""Which names may be one person's, each by a rule with its confidence and reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product

from kb.knowledge.name_entries import NameEntry, side_by_side
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
class JoiningRule:
    """Why two names are one person: how sure, and in Swedish."""

    confidence: float
    reason: str


SAME_PLACE = JoiningRule(0.98, "samma namn och samma kommun")
SAME_GROUP = JoiningRule(0.97, "samma namn i samma grupp")
SAME_NAME = JoiningRule(0.9, "samma ovanliga namn")
SAME_CIRCLE = JoiningRule(0.86, "samma namn i grupper med flera gemensamma personer")
SPELLING = JoiningRule(0.93, "samma namn stavat på två sätt")
DAMAGED = JoiningRule(0.9, "samma namn, skadat i den ena texten")
WORN = JoiningRule(
    0.84, "nästan samma namn i en skadad text, och ingen annan i gruppen har ett likt"
)
SHORTENED = JoiningRule(0.88, "samma namn, det ena med fler efternamn eller förnamn")
BARE_HERE = JoiningRule(0.9, "den enda med förnamnet i samma anteckning")
BARE_GROUP = JoiningRule(0.82, "samma förnamn i samma grupp")
ELSEWHERE = JoiningRule(0.5, "samma namn, men olika kommuner eller grupper")
NEAR = JoiningRule(0.4, "nästan samma namn")
NICKNAME = JoiningRule(0.6, "smeknamn")
ONE_OF_GROUP = JoiningRule(0.6, "den enda med förnamnet i samma grupp")
CONFIRMED = JoiningRule(1.0, "bekräftat av en redaktör")


@dataclass(frozen=True, slots=True)
class Join:
    """Two bearers, and why they are or may be one person."""

    one: NameEntry
    other: NameEntry
    rule: JoiningRule


def candidates(bearers: Sequence[NameEntry]) -> Iterator[Join]:
    """Yield what joins names, and what is less sure than `SURE` and only suggests it."""
    full = [own for own in bearers if not is_bare(own.name)]
    bare = [own for own in bearers if is_bare(own.name)]
    yield from _same_names(full)
    yield from _like_names(full)
    yield from _bare_names(bare, full)


def _same_names(full: Sequence[NameEntry]) -> Iterator[Join]:
    by_name: defaultdict[str, list[NameEntry]] = defaultdict(list)
    for own in full:
        by_name[key(own.name)].append(own)
    akin = _akin(by_name.values())
    for same in by_name.values():
        for one, other in combinations(same[:_MOST_PAIRS], 2):
            yield Join(one, other, _rule_of_same(one, other, akin))


def _rule_of_same(one: NameEntry, other: NameEntry, akin: set[tuple[str, str]]) -> JoiningRule:
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


def _akin(same: Iterable[Sequence[NameEntry]]) -> set[tuple[str, str]]:
    """Return the pairs of groups that several people of rare names have in common."""
    shared: Counter[tuple[str, str]] = Counter()
    for bearers in same:
        groups = set().union(*(own.groups for own in bearers))
        if len(groups) < _MOST_GROUPS and not is_common(bearers[0].name):
            shared.update(permutations(groups, 2))
    return {pair for pair, count in shared.items() if count >= _AKIN}


def _like_names(full: Sequence[NameEntry]) -> Iterator[Join]:
    """Yield names that are like each other and known by the same place or group."""
    worn: defaultdict[NameEntry, dict[str, NameEntry]] = defaultdict(dict)
    joined: set[NameEntry] = set()
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


def _neighbours(full: Sequence[NameEntry]) -> Iterator[tuple[NameEntry, NameEntry]]:
    """Yield the names that share a place or group and part of how they are said, each pair once."""
    blocks: defaultdict[tuple[str, str], list[NameEntry]] = defaultdict(list)
    for own in full:
        parts = [sound(part) for part in tokens(own.name)]
        for place in own.municipalities | own.groups:
            for part in {parts[0][:3], parts[-1][:4], parts[-1][-4:]}:
                blocks[place, part].append(own)
    # A pair belongs to the first of its blocks, for all pairs seen would not fit in memory.
    member: defaultdict[NameEntry, set[int]] = defaultdict(set)
    for number, block in enumerate(blocks.values()):
        for own in block[:_MOST_PAIRS]:
            member[own].add(number)
    for number, block in enumerate(blocks.values()):
        for one, other in combinations(block[:_MOST_PAIRS], 2):
            if key(one.name) == key(other.name) or min(member[one] & member[other]) != number:
                continue
            elsewhere = (
                one.municipalities
                and other.municipalities
                and not (one.municipalities & other.municipalities)
            )
            if not elsewhere and not side_by_side(one, other):
                yield one, other


_RULES = {
    Likeness.SPELLING: SPELLING,
    Likeness.DAMAGED: DAMAGED,
    Likeness.SHORTENED: SHORTENED,
    Likeness.NEAR: NEAR,
}


def _bare_names(bare: Sequence[NameEntry], full: Sequence[NameEntry]) -> Iterator[Join]:
    """Yield who a bare given name or nickname may be: somebody of the same group alone."""
    in_group: defaultdict[tuple[str, str], list[NameEntry]] = defaultdict(list)
    for own in full:
        for group in own.groups or own.documents:
            in_group[group, tokens(own.name)[0]].append(own)
    for own in bare:
        (first,) = tokens(own.name)
        wanted = meant_by(own.name) if is_nickname(own.name) else frozenset((first,))
        group = own.place.casefold() if own.groups else own.place
        fitting = [other for given in sorted(wanted) for other in in_group[group, given]]
        if own.meant:
            meant = key(own.meant)
            for other in in_group[group, first]:
                if key(other.name) == meant and not own.documents.isdisjoint(other.documents):
                    yield Join(own, other, BARE_HERE)
            continue
        if len({key(other.name) for other in fitting}) != 1:
            continue
        if is_nickname(own.name) and first not in {tokens(o.name)[0] for o in fitting}:
            yield Join(own, fitting[0], NICKNAME)
        elif any(mention.presence for _, mention in own.mentions):
            yield Join(own, fitting[0], BARE_GROUP)
        else:
            yield Join(own, fitting[0], ONE_OF_GROUP)
