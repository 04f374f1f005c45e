"""Pairs of names that may be one person's, each with a rule that gives confidence and reason."""

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
"""Confidence from which names are joined; a pair with less is a suggestion."""

_AKIN = 3
"""Number of shared people with rare names from which two groups count as one circle."""

_MOST_GROUPS = 12
"""A name found in this many groups or more is no evidence that they are related."""

_MOST_PAIRS = 200
"""Entries of a block that are compared pairwise; a larger block is too common to be evidence."""


@dataclass(frozen=True, slots=True)
class JoiningRule:
    """Why two names are one person: the confidence, 0-1, and the reason in Swedish."""

    confidence: float
    reason: str


SAME_PLACE = JoiningRule(0.98, "samma namn och samma kommun")
SAME_GROUP = JoiningRule(0.97, "samma namn i samma grupp")
SAME_NAME = JoiningRule(0.9, "samma ovanliga namn")
SAME_CIRCLE = JoiningRule(0.86, "samma namn i grupper med flera gemensamma personer")
SPELLING = JoiningRule(0.93, "samma namn stavat på två sätt")
DAMAGED = JoiningRule(0.9, "samma namn, skadat i den ena texten")
ALMOST_SAME = JoiningRule(
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
    """Two name entries, and why they are or may be one person."""

    one: NameEntry
    other: NameEntry
    rule: JoiningRule


def candidates(entries: Sequence[NameEntry]) -> Iterator[Join]:
    """Yield the pairs to join, and those below `SURE`, which are only suggestions."""
    full = [entry for entry in entries if not is_bare(entry.name)]
    bare = [entry for entry in entries if is_bare(entry.name)]
    yield from _same_names(full)
    yield from _like_names(full)
    yield from _bare_names(bare, full)


def _same_names(full: Sequence[NameEntry]) -> Iterator[Join]:
    by_name: defaultdict[str, list[NameEntry]] = defaultdict(list)
    for entry in full:
        by_name[key(entry.name)].append(entry)
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
    for entries in same:
        groups = set().union(*(entry.groups for entry in entries))
        if len(groups) < _MOST_GROUPS and not is_common(entries[0].name):
            shared.update(permutations(groups, 2))
    return {pair for pair, count in shared.items() if count >= _AKIN}


def _like_names(full: Sequence[NameEntry]) -> Iterator[Join]:
    """Yield pairs of similar names that share a place or group."""
    damaged_names: defaultdict[NameEntry, dict[str, NameEntry]] = defaultdict(dict)
    joined: set[NameEntry] = set()
    for one, other in _neighbours(full):
        like = likeness(one.name, other.name)
        if like and (rule := _RULES.get(like)):
            yield Join(one, other, rule)
            if rule.confidence >= SURE:
                joined |= {one, other}
        elif one.is_damaged != other.is_damaged and likeness(one.name, other.name, damaged=True):
            damaged, whole = (one, other) if one.is_damaged else (other, one)
            damaged_names[damaged][key(whole.name)] = whole
    for damaged, alike in damaged_names.items():
        if damaged not in joined:
            rule = ALMOST_SAME if len(alike) == 1 else NEAR
            yield from (Join(damaged, whole, rule) for whole in alike.values())


def _neighbours(full: Sequence[NameEntry]) -> Iterator[tuple[NameEntry, NameEntry]]:
    """Yield pairs that share a place or group and part of their sound, each pair once."""
    blocks: defaultdict[tuple[str, str], list[NameEntry]] = defaultdict(list)
    for entry in full:
        parts = [sound(part) for part in tokens(entry.name)]
        for place in entry.municipalities | entry.groups:
            for part in {parts[0][:3], parts[-1][:4], parts[-1][-4:]}:
                blocks[place, part].append(entry)
    # A pair is yielded by its first block only: a set of all pairs would not fit in memory.
    member: defaultdict[NameEntry, set[int]] = defaultdict(set)
    for number, block in enumerate(blocks.values()):
        for entry in block[:_MOST_PAIRS]:
            member[entry].add(number)
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
    """Yield who a bare given name or nickname may be; only people of the same group."""
    in_group: defaultdict[tuple[str, str], list[NameEntry]] = defaultdict(list)
    for entry in full:
        for group in entry.groups or entry.documents:
            in_group[group, tokens(entry.name)[0]].append(entry)
    for entry in bare:
        (first,) = tokens(entry.name)
        wanted = meant_by(entry.name) if is_nickname(entry.name) else frozenset((first,))
        group = entry.place.casefold() if entry.groups else entry.place
        fitting = [other for given in sorted(wanted) for other in in_group[group, given]]
        if entry.meant:
            meant = key(entry.meant)
            for other in in_group[group, first]:
                if key(other.name) == meant and not entry.documents.isdisjoint(other.documents):
                    yield Join(entry, other, BARE_HERE)
            continue
        if len({key(other.name) for other in fitting}) != 1:
            continue
        if is_nickname(entry.name) and first not in {tokens(o.name)[0] for o in fitting}:
            yield Join(entry, fitting[0], NICKNAME)
        elif any(mention.presence for _, mention in entry.mentions):
            yield Join(entry, fitting[0], BARE_GROUP)
        else:
            yield Join(entry, fitting[0], ONE_OF_GROUP)
