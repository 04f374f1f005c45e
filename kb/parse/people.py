"""Who took part: lists under a label, flowing ("Anna, Bo och Cia") or one a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.model import Participant, Presence, Role
from kb.parse.labels import Label
from kb.parse.lines import Line, Mark
from kb.parse.names import Entry, is_given_name, read_entry, split_flow
from kb.parse.phrases import PeopleLabel, headings, kinds
from kb.parse.reading import Reading

_FEW = 3
"""As many people as one is sure to have a common given name among."""

_HEAD = 70
_TAIL = 15
"""Lines of the head and the end of minutes, where roles are given."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people listed, and the lines that list them."""

    people: tuple[Participant, ...]
    lines: frozenset[int]


def read_attendance(reading: Reading, labels: dict[int, Label]) -> Attendance:
    """Return everybody listed under a label for people, in the order of the text.

    Somebody listed twice ("Närvarande" and "Ordförande") becomes one participant.
    """
    found: dict[str, list[Participant]] = {}
    lines: set[int] = set()
    for label in labels.values():
        if label.people is None or not _of_the_meeting(reading, label):
            continue
        block = _block(reading, label, labels)
        if not block.entries and not _stands_over(label):
            continue
        lines |= {label.line.index, *block.lines}
        if label.people.presence is None:
            continue
        for entry in block.entries:
            _add(found, participant(reading, entry, label.people))
    people = sorted((p for namesakes in found.values() for p in namesakes), key=lambda p: p.span)
    return Attendance(tuple(people), frozenset(lines))


def _of_the_meeting(reading: Reading, label: Label) -> bool:
    """Tell whether a role is one at this meeting, not one that somebody is elected to.

    Roles at the meeting stand in its head or at its end.
    """
    if label.people is None or label.people.role in (None, Role.DEPUTY, Role.COOPTED):
        return True
    at = label.line.index
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
    return Participant(
        name=entry.name,
        stated=reading.stated(entry.start, entry.end),
        span=reading.source(entry.start, entry.end),
        presence=presence,
        municipality=entry.municipality,
        organisation=entry.organisation,
        role=entry.role or label.role,
        title=entry.title,
        confidence=0.95 if entry.sure else 0.5,
    )


def _add(found: dict[str, list[Participant]], person: Participant) -> None:
    """Add `person`, or what is new about somebody of that name and municipality."""
    namesakes = found.setdefault(person.name, [])
    for at, other in enumerate(namesakes):
        if None in (other.municipality, person.municipality) or (
            other.municipality == person.municipality
        ):
            stronger = other.role if other.role is not Role.DEPUTY else None
            namesakes[at] = replace(other, role=stronger or person.role or other.role)
            return
    namesakes.append(person)


@dataclass(frozen=True, slots=True)
class _Block:
    entries: list[Entry]
    lines: list[int]


def _block(reading: Reading, label: Label, labels: dict[int, Label]) -> _Block:
    """Return the entries under `label`: beside it, below it, or in its column."""
    lines = _lines(reading, label, labels)
    beside = label.value < label.line.end
    if _flows(reading, label, lines):
        start = label.value if beside else lines[0].outer
        end = lines[-1].end if lines else label.line.end
        text = reading.text[start:end]
        entries = [read_entry(part, at) for part, at in split_flow(text, start)]
    else:
        entries = [read_entry(_cell(reading.text[label.value : label.line.end]), label.value)]
        entries += [read_entry(*_own_cell(line, label)) for line in lines]
    people = [entry for entry in entries if entry]
    if len(people) >= _FEW and not any(is_given_name(each.name.split()[0]) for each in people):
        people = []  # a list of organisations
    return _Block(people, [line.index for line in lines])


def _cell(text: str) -> str:
    """Return `text` up to the next column of a table."""
    return text.split("   ", 1)[0]


def _own_cell(line: Line, label: Label) -> tuple[str, int]:
    """Return the cell of `line` under the value of `label`, and where it begins."""
    if label.column and line.indent <= label.line.indent + 2 and "  " in line.text:
        skip = len(line.text) - len(line.text.split("  ", 1)[1].lstrip())
        return _cell(line.text[skip:]), line.start + skip
    return _cell(line.text), line.start


def _flows(reading: Reading, label: Label, lines: list[Line]) -> bool:
    """Tell whether the people run on in one text instead of standing one a line."""
    if label.column or any(line.mark is Mark.BULLET for line in lines):
        return False
    texts = [line.text for line in lines]
    if label.value < label.line.end:
        texts.insert(0, reading.text[label.value : label.line.end])
        if len(texts) == 1:
            return True
    return any(text.count(",") >= 2 or text.endswith((",", " och")) for text in texts)


def _lines(reading: Reading, label: Label, labels: dict[int, Label]) -> list[Line]:
    """Return the lines below `label` that belong to it."""
    beside = label.value < label.line.end
    taken: list[Line] = []
    spacing: int | None = None
    before = label.line
    for at in range(label.line.index + 1, len(reading.lines)):
        line = reading.lines[at]
        if line.index in labels or line.mark not in (Mark.NONE, Mark.BULLET):
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
        if label.column and line.indent <= label.line.indent and "  " not in line.text:
            break
        if not taken and not beside and not _like_people(line):
            break
        if taken and not beside and not _like_people(line) and not _runs_on(reading, before):
            break
        taken.append(line)
        before = line
    return taken


def _runs_on(reading: Reading, line: Line) -> bool:
    return line.text.endswith((",", " och", "-", "–", "&")) or (
        reading.layout.full(line) and "," in line.text and line.text[-1] not in ".:!?"
    )


def _like_people(line: Line) -> bool:
    """Tell whether `line` could be a list of people or one person."""
    if line.mark is Mark.BULLET or "," in line.text:
        first = line.text.split(",", 1)[0]
        return read_entry(first, 0) is not None
    return len(line.text.split()) <= 9 and read_entry(_cell(line.text), 0) is not None
