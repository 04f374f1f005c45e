"""Who took part, by lists under a label, tables, and lists without a label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.model import Participant, Presence, Role
from kb.parse.text.labels import Label, label_within
from kb.parse.text.lines import LineMark, TextLine
from kb.parse.text.phrases import PeopleLabel, elections
from kb.parse.text.reading import ParsedText
from kb.parse.who.attendance import loose_label, people_label
from kb.parse.who.block import Block, row_at, strength
from kb.parse.who.during import find_part
from kb.parse.who.facts import PersonEntry, Town
from kb.parse.who.gather import gather, given_names
from kb.parse.who.names import is_full_name, spelled
from kb.parse.who.roster import Roster
from kb.parse.who.rows import Row
from kb.parse.who.table import find_tables

_FEW = 3
"""People that a list without a label must hold."""

_LOOSE = 80
"""Longest label with unlisted words, in characters."""

_HEAD = 70
_TOP = 40
_TAIL = 15
"""Lines of the head and the end of minutes, where roles are given."""

_PRESENT = PeopleLabel(Presence.PRESENT, None, open=False)

SURE, LIKELY = 0.95, 0.7
"""How much a name is trusted that something else than a list gives."""


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """The people and municipalities listed, and the lines that list them."""

    roster: Roster
    lines: frozenset[int]
    towns: tuple[Town, ...]


def read_attendance(reading: ParsedText, labels: dict[int, Label]) -> AttendanceList:
    """Return everybody listed under a label for people.

    Somebody listed twice ("Närvarande" and "Ordförande") becomes one participant. Whoever
    was called but is not listed as present was absent.
    """
    roster = Roster()
    called: list[Participant] = []
    towns: list[Town] = []
    lines: set[int] = set()
    for table in find_tables(reading):
        lines |= table.lines
        for entry in table.entries:
            roster.add(participant(reading, entry, _PRESENT))
    for label in _all(reading, labels):
        if label.people is None or not _of_the_meeting(reading, label):
            continue
        if label.line.index in lines and label.line is reading.lines[label.line.index]:
            continue  # a row of the list before
        block = Block(reading, label, labels, nicknames=roster.nicknames)
        people, alone = gather(block.rows, nicknames=roster.nicknames)
        towns += (each._replace(presence=each.presence or label.people.presence) for each in alone)
        if not people and not alone and not _stands_over(label):
            continue
        lines |= {label.line.index, *block.lines}
        if label.people.presence is None:
            if label.people.open:
                absent = PeopleLabel(Presence.ABSENT, None, open=False)
                listed = (participant(reading, entry, absent) for entry in people)
                called += (replace(p, confidence=min(p.confidence, LIKELY)) for p in listed)
            continue
        part, _ = find_part(label.text)
        for entry in people:
            entry = entry._replace(during=entry.during or part)
            person = participant(reading, entry, label.people)
            roster.add(person, loose=label.people.role is not None)
    for label in _loose(reading, labels, lines):
        block = Block(reading, label, labels)
        entries = gather(block.rows).entries
        sure = given_names(entries) + sum(entry.name.islower() for entry in entries)
        if label.people and sure > 1 and sure * 5 >= len(entries) * 4:
            lines |= {label.line.index, *block.lines}
            for entry in entries:
                person = participant(reading, entry, label.people)
                roster.add(replace(person, confidence=LIKELY))
    if not roster.people:
        for line, entry in _unlabelled(reading, lines):
            person = participant(reading, entry, _PRESENT)
            roster.add(replace(person, confidence=LIKELY))
            lines.add(line)
    if roster.people:
        roster.absent(called)
    else:  # the only list there is
        for person in called:
            roster.add(replace(person, presence=Presence.PRESENT))
    return AttendanceList(roster, frozenset(lines), tuple(towns))


def _all(reading: ParsedText, labels: dict[int, Label]) -> Iterator[Label]:
    """Yield the labels over people, with those that follow another on its line."""
    for label in labels.values():
        if label.people is None:
            continue
        while True:
            following = label_within(reading, label)
            yield replace(label, end=following.line.start) if following else label
            if following is None:
                break
            label = following


def _loose(reading: ParsedText, labels: dict[int, Label], taken: set[int]) -> Iterator[Label]:
    """Yield labels with unlisted words, before a colon or as the heading of a point.

    They count only if people stand beside or under them.
    """
    points = (LineMark.HASH, LineMark.NUMBER, LineMark.PARAGRAPH)
    for line in reading.lines:
        if line.index in labels or line.index in taken:
            continue
        if line.mark in points and len(line.text) < _LOOSE:
            people = loose_label(f"{line.text} och")
            if people and people.presence and _stands_over_people(reading, line):
                yield Label(line, line.text, line.end, people)
            continue
        colon = line.text.find(":", 0, _LOOSE)
        if colon > 1:
            people = loose_label(line.text[:colon])
            if people and people.presence:
                value = len(line.text) - len(line.text[colon + 1 :].lstrip(" *_"))
                yield Label(line, line.text[:colon], line.start + value, people)


def _stands_over_people(reading: ParsedText, line: TextLine) -> bool:
    below = reading.lines[line.index + 1 : line.index + 2]
    rows = (row_at(reading, each, each.start, each.end) for each in below)
    return any(strength(row) == "strong" for row in rows)


def _unlabelled(reading: ParsedText, taken: set[int]) -> Iterator[tuple[int, PersonEntry]]:
    """Yield the people of the first list in the head that has no label or an unreadable one."""
    found: list[Row] = []
    for line in reading.lines[:_TOP]:
        row = row_at(reading, line, line.start, line.end)
        listed = line.index not in taken and not under_election(reading, line)
        people = row.names if listed and strength(row) == "strong" else []
        if not people or not all(is_full_name(unit.text) for _, unit in people):
            if sum(len(each.names) for each in found) >= _FEW:
                break
            found = []
            continue
        found.append(row)
    last = found[-1].line if found else -1
    after = reading.lines[last + 1] if last + 1 < len(reading.lines) else None
    runs_on = after is not None and after.gap == 0 and after.text[0].islower()
    if sum(len(each.names) for each in found) >= _FEW and not runs_on:
        for row in found:
            yield from ((row.line, entry) for entry in gather([row]).entries)


def _of_the_meeting(reading: ParsedText, label: Label) -> bool:
    """Tell whether a label is about this meeting, not about whom it elected to something.

    Roles at the meeting stand in its head or at its end, and not under a vote.
    """
    if label.people is None:
        return False
    at = label.line.index
    if under_election(reading, label.line):
        alone = people_label(label.text.split()[0])
        return label.people.open and alone == label.people
    if label.people.role in (None, Role.DEPUTY, Role.COOPTED):
        return True
    if label.line.mark is LineMark.HASH:
        return False
    return at < _HEAD or at >= len(reading.lines) - _TAIL


def under_election(reading: ParsedText, line: TextLine) -> bool:
    """Tell whether `line` stands at a point where somebody is elected to something."""
    for above in reversed(reading.lines[max(0, line.index - _TAIL) : line.index]):
        point = above.mark in (LineMark.HASH, LineMark.NUMBER, LineMark.PARAGRAPH)
        first = above.text.split(" ", 1)[0]
        if (point or above.text.endswith(":")) and elections().like(first) is not None:
            return True
        if above.mark in (LineMark.HASH, LineMark.PARAGRAPH):
            return False
    return False


def _stands_over(label: Label) -> bool:
    return label.value >= label.line.end and label.line.mark is not LineMark.HASH


def participant(reading: ParsedText, entry: PersonEntry, label: PeopleLabel) -> Participant:
    """Return the participant that `entry` under `label` makes."""
    presence = entry.presence or label.presence or Presence.PRESENT
    if label.presence is not Presence.PRESENT and entry.presence is Presence.PRESENT:
        presence = label.presence or presence  # "Gäster: Anna (via Teams)"
    stated = reading.stated(entry.start, entry.end)
    absent_deputy = presence is Presence.ABSENT and entry.role is Role.DEPUTY
    return Participant(
        name=spelled(entry.name, reading.stated(*entry.named)),
        stated=stated,
        span=reading.source(entry.start, entry.end),
        presence=presence,
        municipality=entry.municipality,
        organisation=entry.organisation,
        role=None if absent_deputy else entry.role or label.role,
        title=entry.title,
        during=entry.during,
        confidence=entry.sure,
    )
