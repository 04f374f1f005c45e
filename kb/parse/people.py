"""Who took part: lists under a label, flowing ("Anna, Bo och Cia"), one a line, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.model import Participant, Presence, Role
from kb.parse.attendance import people_label, without_tail
from kb.parse.bodies import restore_body
from kb.parse.during import find_part
from kb.parse.entries import Entry, cells, read_entry, read_row, split_flow, with_aside
from kb.parse.labels import Label, label_within
from kb.parse.lines import Line, Mark, is_rule
from kb.parse.names import (
    is_full_name,
    is_given_name,
    is_name,
    is_nickname,
    municipality_named,
    spelled,
)
from kb.parse.phrases import PeopleLabel, elections, headings, kinds, presences
from kb.parse.reading import Reading
from kb.parse.roster import Roster
from kb.parse.table import find_tables

_FEW = 3
"""As many people as one is sure to have a common given name among."""

_LABEL = 25
"""Characters that a label unknown has at most."""

_SHORT = 6
"""Words of a line of a list, at most, that is taken for a person unread."""

_HEAD = 70
_TOP = 40
_TAIL = 15
"""Lines of the head and the end of minutes, where roles are given."""

_OF = re.compile(r"([^:,()]{2,30}?)\s*:\s+")
"""Whom the people of a line stand for: "Klippan: Anna Ek, Bo Al"."""

_PRESENT = PeopleLabel(Presence.PRESENT, None, open=False)

SURE, LIKELY, DOUBTFUL = 0.95, 0.7, 0.4
"""How much a listed name is trusted: all but the last become a facet."""


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality listed itself, without anybody named, and whether it took part."""

    name: str
    presence: Presence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people and municipalities listed, and the lines that list them."""

    roster: Roster
    lines: frozenset[int]
    towns: tuple[Town, ...]


def read_attendance(reading: Reading, labels: dict[int, Label]) -> Attendance:
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
        block = _block(reading, label, labels, nicknames=roster.nicknames)
        towns += block.towns
        if not block.entries and not block.towns and not _stands_over(label):
            continue
        lines |= {label.line.index, *block.lines}
        if label.people.presence is None:
            if label.people.open:
                absent = PeopleLabel(Presence.ABSENT, None, open=False)
                people = (participant(reading, entry, absent) for entry in block.entries)
                called += (replace(p, confidence=min(p.confidence, LIKELY)) for p in people)
            continue
        part, _ = find_part(label.text)
        for entry in block.entries:
            entry = replace(entry, during=entry.during or part)
            person = participant(reading, entry, label.people)
            roster.add(person, loose=label.people.role is not None)
    if not roster.people:
        for line, entry in _unlabelled(reading, lines):
            person = participant(reading, entry, _PRESENT)
            roster.add(replace(person, confidence=LIKELY))
            lines.add(line)
    roster.absent(called)
    return Attendance(roster, frozenset(lines), tuple(towns))


def _all(reading: Reading, labels: dict[int, Label]) -> Iterator[Label]:
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


def _unlabelled(reading: Reading, taken: set[int]) -> Iterator[tuple[int, Entry]]:
    """Yield the people of the first list in the head that has no label or an unreadable one."""
    found: list[tuple[int, Entry]] = []
    for line in reading.lines[:_TOP]:
        entries = [] if line.index in taken else _on_line(line, None)
        if "," in line.text and len(entries) < _FEW:
            entries = entries[:1]
        if not entries or not all(is_full_name(each.name) for each in entries):
            if len(found) >= _FEW:
                break
            found = []
            continue
        found += ((line.index, entry) for entry in entries)
    if len(found) >= _FEW:
        yield from found


def _of_the_meeting(reading: Reading, label: Label) -> bool:
    """Tell whether a label is about this meeting, not about whom it elected to something.

    Roles at the meeting stand in its head or at its end, and not under a vote.
    """
    if label.people is None:
        return False
    at = label.line.index
    for line in reversed(reading.lines[max(0, at - _TAIL) : at]):
        if elections().like(line.text.split(" ", 1)[0]) is not None and (
            line.mark in (Mark.HASH, Mark.NUMBER, Mark.PARAGRAPH) or line.text.endswith(":")
        ):
            return people_label(label.text.split()[0]) == label.people and label.people.open
        if line.mark in (Mark.HASH, Mark.PARAGRAPH):
            break
    if label.people.role in (None, Role.DEPUTY, Role.COOPTED):
        return True
    if label.line.mark is Mark.HASH:
        return False
    return at < _HEAD or at >= len(reading.lines) - _TAIL


def _stands_over(label: Label) -> bool:
    return label.value >= label.line.end and label.line.mark is not Mark.HASH


def participant(reading: Reading, entry: Entry, label: PeopleLabel) -> Participant:
    """Return the participant that `entry` under `label` makes."""
    presence = entry.presence or label.presence or Presence.PRESENT
    if label.presence is not Presence.PRESENT and entry.presence is Presence.PRESENT:
        presence = label.presence or presence  # "Gäster: Anna (via Teams)"
    stated = reading.stated(entry.start, entry.end)
    return Participant(
        name=spelled(entry.name, stated),
        stated=stated,
        span=reading.source(entry.start, entry.end),
        presence=presence,
        municipality=entry.municipality,
        organisation=entry.organisation,
        role=entry.role or label.role,
        title=entry.title,
        during=entry.during,
        confidence=SURE if entry.sure else DOUBTFUL,
    )


@dataclass(frozen=True, slots=True)
class _Block:
    entries: list[Entry]
    lines: list[int]
    towns: list[Town]


def _block(reading: Reading, label: Label, labels: dict[int, Label], *, nicknames: bool) -> _Block:
    """Return the entries under `label`: beside it, below it, or in its column."""
    stop = label.line.end if label.end is None else label.end
    lines = [] if label.end is not None else _lines(reading, label, labels)
    beside = label.value < label.line.end
    if _flows(reading, label, lines):
        start = label.value if beside else lines[0].outer
        end = lines[-1].end if lines else stop
        entries = flow(reading.text[start:end], start, nicknames=nicknames)
    else:
        entries = _people(_cell(reading.text[label.value : stop]), label.value)
        for line in lines:
            entries += _on_line(line, label)
    people = any(is_given_name(e.name.split()[0]) or e.name.islower() for e in entries)
    if len(entries) >= _FEW and not people:
        entries = []  # a list of organisations
    rows = [(line.text, line.start) for line in lines]
    towns = _towns([(reading.text[label.value : stop], label.value), *rows], label)
    if len(towns) > max(1, len(entries)):
        entries = []
    elif any(not entry.municipality for entry in entries):
        towns = []
    return _Block(_trusted(entries), [line.index for line in lines], towns)


def _towns(texts: list[tuple[str, int]], label: Label) -> list[Town]:
    """Return the municipalities that stand in a list by themselves: "Klippan   förhinder"."""
    found: list[Town] = []
    for text, start in texts:
        for part, at in split_flow(text, start):
            row = [words.strip(" .:–-") for words, _ in cells(part, at)]
            said = presences().like(row[-1]) if len(row) > 1 else None
            place = municipality_named(row[0]) if row and (len(row) == 1 or said) else None
            presence = said or (label.people.presence if label.people else None)
            if place and presence and place.care != "given":
                begin = at + len(part) - len(part.lstrip())
                found.append(Town(place.name, presence, begin, at + len(part.rstrip())))
    return found


def _trusted(entries: list[Entry]) -> list[Entry]:
    """Trust an unknown full name among mostly known ones."""
    known = sum(entry.sure for entry in entries)
    if known * 2 < len(entries):
        return entries
    return [replace(each, sure=each.sure or " " in each.name) for each in entries]


def flow(text: str, start: int, *, nicknames: bool = False) -> list[Entry]:
    """Return the people of a run of them: "Anna, Bo Ek (ordf.) och Cia".

    Where all are single words, nicknames in small letters count too.

    Args:
        text: The run.
        start: Where it begins.
        nicknames: Whether nicknames count in any case.
    """
    parts = [(without_tail(part), at) for part, at in split_flow(text, start)]
    plain = [part.strip(" .\n") for part, _ in parts]
    short = sum(is_nickname(part) or is_full_name(part) for part in plain)
    nicknames |= len(parts) > 1 and short * 5 >= len(parts) * 4
    entries: list[Entry] = []
    for part, at in parts:
        if entries and (told := with_aside(entries[-1], part)):
            entries[-1] = told
            continue
        entry = read_entry(part, at, nicknames=nicknames)
        if entry and nicknames and " " not in entry.name:
            entry = replace(entry, sure=True)
        entries += _two(entry) if entry else ()
    return entries


def _two(entry: Entry) -> list[Entry]:
    """Return the people of an entry whose comma was forgotten: "Anna Ek Bo Al"."""
    words = entry.name.split()
    if len(words) != 4 or [is_given_name(word) for word in words] != [True, False, True, False]:
        return [entry]
    if entry.end - entry.start != len(entry.name):
        return [entry]
    middle = len(" ".join(words[:2]))
    return [
        replace(entry, name=" ".join(words[:2]), end=entry.start + middle),
        replace(entry, name=" ".join(words[2:]), start=entry.start + middle + 1),
    ]


def _cell(text: str) -> str:
    """Return `text` up to where another label stands beside it in a table."""
    for words, at in cells(text, 0):
        if at and (people_label(words) or words.endswith(":") or words == "Paragrafer"):
            return text[:at]
    return text


def _on_line(line: Line, label: Label | None) -> list[Entry]:
    """Return the people of `line` under `label`."""
    text, start = line.text, line.start
    if label and label.column and line.indent <= label.line.indent and "  " in text:
        skip = len(text) - len(text.split("  ", 1)[1].lstrip())
        text, start = text[skip:], start + skip
    if of := _OF.match(text):
        people = _people(text[of.end() :], start + of.end())
        if place := municipality_named(of.group(1)):
            return [replace(each, municipality=place.name) for each in people]
        if people and all(is_full_name(each.name) for each in people):
            first = people[0].municipality is None and not is_name(of.group(1))
            if first or restore_body(of.group(1)):
                return [replace(each, organisation=of.group(1)) for each in people]
    return _people(_cell(text), start)


def _people(text: str, start: int) -> list[Entry]:
    """Return the people of a line: one with what is said of them, or several full names."""
    parts = [*split_flow(text, start)]
    if len(parts) > 1 and all(is_full_name(part.strip(" .")) for part, _ in parts):
        return flow(text, start)
    return read_row(text, start)


def _flows(reading: Reading, label: Label, lines: list[Line]) -> bool:
    """Tell whether the people run on in one text instead of standing one a line."""
    if label.column or any(line.mark is not Mark.NONE or _OF.match(line.text) for line in lines):
        return False
    texts = [line.text for line in lines]
    if label.value < label.line.end:
        texts.insert(0, reading.text[label.value : label.line.end])
        if len(texts) == 1:
            return True
    elif len(texts) > 1 and all(_is_person(text) for text in texts):
        return False
    return any(text.count(",") >= 2 or text.endswith((",", " och")) for text in texts)


def _is_person(text: str) -> bool:
    """Tell whether a line is one person with what is said of them, not part of a run."""
    parts = [part.strip(" .") for part, _ in split_flow(text, 0)]
    first = read_entry(parts[0], 0)
    names = sum(is_full_name(part) for part in parts)
    return first is not None and is_full_name(first.name) and names <= 1 and bool(parts[-1])


def _lines(reading: Reading, label: Label, labels: dict[int, Label]) -> list[Line]:
    """Return the lines below `label` that belong to it."""
    beside = label.value < label.line.end
    taken: list[Line] = []
    spacing: int | None = None
    before = label.line
    marks = [Mark.NONE, Mark.BULLET]
    for at in range(label.line.index + 1, len(reading.lines)):
        line = reading.lines[at]
        if is_rule(line):
            continue
        if not taken and not beside and line.mark is Mark.NUMBER and _numbered(reading, line):
            marks.append(Mark.NUMBER)
        if line.mark not in marks or not _row_of(label, labels.get(line.index)):
            break
        if headings().like(line.text) or kinds().exact(line.text):
            break
        if taken or beside:
            spacing = line.gap if spacing is None and line.gap <= 1 else spacing
            if line.gap > (spacing or 0) or (beside and line.gap):
                break
        elif line.gap > 2:
            break
        if beside and not label.column and not _runs_on(reading, before):
            break
        if beside and 0 < line.text.find(":") < _LABEL:
            break
        if label.column and line.indent <= label.line.indent and not _wrapped(label, line):
            break
        if not taken and not beside and not _like_people(line):
            break
        people = _like_people(line) or _vacant(line) or _hurt(reading, line, taken)
        if taken and not beside and not people and not _runs_on(reading, before):
            break
        taken.append(line)
        before = line
    return taken


def _hurt(reading: Reading, line: Line, taken: list[Line]) -> bool:
    """Tell whether `line` is one that cannot be read within a long list of people."""
    if len(taken) < _FEW or len(line.text.split()) > _SHORT or not line.text[0].isupper():
        return False
    below = reading.lines[line.index + 1 : line.index + 2]
    alike = all(each.gap == line.gap and each.mark is line.mark for each in below)
    return alike and any(is_full_name(e.name) for each in below for e in read_row(each.text, 0))


def _vacant(line: Line) -> bool:
    """Tell whether `line` is a row of a table without a person: "Kassör   Vakant"."""
    found = [words.strip("_*") for words, _ in cells(line.text, 0)]
    return any(words.casefold() in ("vakant", "vakans", "-") for words in found)


def _row_of(over: Label, own: Label | None) -> bool:
    """Tell whether a line with the label `own` is one of the people under the label `over`.

    "Ordförande   Anna Ek   Ja" is a row of a table of those present.
    """
    if own is None:
        return True
    if own.people is None or over.people is None or over.value < over.line.end:
        return False
    return own.column and own.people.role is not None and over.people.role is None


def _wrapped(label: Label, line: Line) -> bool:
    """Tell whether `line` begins with the rest of a label that wraps in its column."""
    first = next(cells(line.text, 0))[0]
    return "  " in line.text and label.text.endswith(first)


def _numbered(reading: Reading, line: Line) -> bool:
    """Tell whether `line` begins a numbered list of people, not the first point."""
    below = reading.lines[line.index : line.index + 2]
    return all(
        each.mark is Mark.NUMBER and any(is_full_name(e.name) for e in read_row(each.text, 0))
        for each in below
    )


def _runs_on(reading: Reading, line: Line) -> bool:
    return line.text.endswith((",", " och", "-", "–", "&")) or (
        reading.layout.full(line) and "," in line.text and line.text[-1] not in ".:!?"
    )


def _like_people(line: Line) -> bool:
    """Tell whether `line` could be a list of people or one person."""
    if line.text.endswith(":"):
        return False
    if _OF.match(line.text):
        return bool(_on_line(line, None))
    first = line.text.split(",", 1)[0]
    if "," in line.text and not _is_town(line):
        return read_entry(first, 0, nicknames=line.text.count(",") > 1) is not None
    if line.mark is Mark.BULLET:
        return bool(read_row(first, 0))
    if len(line.text.split()) > 9:
        return False
    return bool(read_row(_cell(line.text), 0)) or _is_town(line)


def _is_town(line: Line) -> bool:
    row = [words.strip(" .:–-") for words, _ in cells(line.text, 0)]
    return municipality_named(row[0]) is not None if row else False
