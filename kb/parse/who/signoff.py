"""The end of minutes: whoever wrote or signed them ("Vid pennan", "/Anne", "Justeras: Bo Ek")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kb.model import Participant, Presence, Role
from kb.parse.text.lines import LineMark, TextLine, ends, is_rule
from kb.parse.text.phrases import ROLES, PeopleLabel, roles, signoffs
from kb.parse.text.reading import ParsedText
from kb.parse.who.entries import cells, read_entry
from kb.parse.who.names import is_full_name, is_name
from kb.parse.who.people import LIKELY, participant, under_election
from kb.parse.who.roster import Roster

_REACH = 14
"""Lines from the end within which a signature is looked for."""

_HEAD = 8
"""Lines of the head, where what else signs only labels a field."""

_HINT = re.compile(r"just|ordf|sekr|prot|anteck|pennan|tang")
"""Parts of words for signing, casefolded; lines without any are skipped."""

_LONGEST = 120
"""Characters that the names of those who sign fill at most."""

_SIGNED_ON = re.compile(r"(?:^|\s\s)([^\W\d_]+)\s*[._…]{6,}")
_SENTENCE, _SENTENCES = 4, 3
"""Words of a line of running text, and the number of such lines that follow no signature."""

_LEAD = re.compile(r"\s*[/:,–-]\s*")
_BETWEEN = re.compile(r"\s*(?:/|,|&|\boch\b)\s*|\s{2,}|\t")


@dataclass(frozen=True, slots=True)
class Signature:
    """A name that somebody signed with, its place, and as what."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signoff:
    """The closing lines: where they begin, None if they do not end the text, and the names.

    `lines` are those that only say who signed, also in the head.
    """

    start: int | None
    names: tuple[Signature, ...]
    lines: frozenset[int]


def find_signoff(reading: ParsedText, people: Sequence[Participant]) -> Signoff:
    """Return the signatures, and where those at the end of the text begin."""
    tail = max(0, len(reading.lines) - _REACH)
    start: int | None = None
    names: list[Signature] = []
    lines: set[int] = set()
    known = _called(people)
    for line in reading.lines:
        if line.index < tail and not _HINT.search(line.text.casefold()):
            continue
        if line.index < min(tail, _HEAD):
            if writer := _plainly(reading, line, known):
                names.append(writer)
                lines.add(line.index)
            continue
        beside = [*_beside(reading, line), *_drawn(reading, line)]
        names = [*beside, *names]  # says more of each than a label over several
        lead = None if beside else _lead(line)
        if lead is None:
            continue
        meaning, rest = lead
        if meaning in ROLES and under_election(reading, line):
            continue
        role = ROLES.get(meaning, Role.SECRETARY)
        ending = line.index >= tail and not _goes_on(reading, line)
        signed = _names(reading, line.start + rest, line.end) if rest < len(line.text) else ()
        if rest >= len(line.text) and ending and meaning != "close":
            signed = _below(reading, line)
        if not ending and not all(is_full_name(reading.text[a:b]) for a, b in signed):
            continue
        names += (Signature(role, *name) for name in signed)
        if ending and start is None:
            start = line.outer
    if not any(each.role is Role.SECRETARY for each in names):
        bare = _bare(reading, people)
        if bare:
            start = reading.lines[-1].outer if start is None else start
            names += bare
    return Signoff(start, tuple(names), frozenset(lines))


def _plainly(reading: ParsedText, line: TextLine, known: Collection[str]) -> Signature | None:
    """Return who of those `known` a line of the head says wrote: "Vid pennan Mona"."""
    lead = None if ":" in line.text or line.mark is not LineMark.NONE else _lead(line)
    if lead is None or ROLES.get(lead[0]) is not Role.SECRETARY:
        return None
    start = line.start + lead[1]
    name = reading.text[start : line.end].strip()
    return Signature(Role.SECRETARY, start, line.end) if name in known else None


def _drawn(reading: ParsedText, line: TextLine) -> Iterator[Signature]:
    """Yield the name below a line to sign on: "Sekreterare ...........", "Anna Ek"."""
    match = _SIGNED_ON.search(line.text)
    below = reading.lines[line.index + 1] if line.index + 1 < len(reading.lines) else None
    if match is None or below is None or below.gap > 1:
        return
    role = roles().exact(match.group(1))
    if role and is_full_name(below.text):
        yield Signature(role, below.start, below.end)


def _goes_on(reading: ParsedText, line: TextLine) -> bool:
    """Tell whether the minutes begin or continue below `line`, so that it is not their end."""
    sentences = (
        below
        for below in reading.lines[line.index + 1 :]
        if ends(below) and len(below.text.split()) >= _SENTENCE
    )
    return len([*islice(sentences, _SENTENCES)]) == _SENTENCES


def _lead(line: TextLine) -> tuple[str, int] | None:
    """Return what the words before a name mean, and where in the line they end."""
    text = line.text
    whole = signoffs().like(text.rstrip(" :!,"))
    if whole:
        return whole, len(text)
    for match in _LEAD.finditer(text, 2, 40):
        meaning = signoffs().like(text[: match.start()])
        if meaning:
            return meaning, match.end()
    words = text.split(" ")
    for count in (3, 2, 1):
        head = " ".join(words[:count])
        if len(words) in (count + 1, count + 2) and (meaning := signoffs().like(head)):
            return meaning, len(head) + 1
    return None


def _below(reading: ParsedText, line: TextLine) -> tuple[tuple[int, int], ...]:
    """Return the names on the first line below `line`, the line to sign on left out."""
    for below in reading.lines[line.index + 1 : line.index + 3]:
        if not is_rule(below):
            return _names(reading, below.outer, below.end)
    return ()


def _beside(reading: ParsedText, line: TextLine) -> Iterator[Signature]:
    """Yield the names of a line that says who signed as what.

    "Anna Ek, mötesordförande", or names with their roles in the same columns below or above:
    "Ordförande   Sekreterare".
    """
    if len(line.text) > _LONGEST or line.mark not in (LineMark.NONE, LineMark.BULLET):
        return
    row = [*cells(line.text, line.start)]
    held = [_held(words.strip(" :")) for words, _ in row]
    if len(row) > 1 and all(held):
        names = _row_near(reading, line, len(row))
        for role, (words, at) in zip(held, names, strict=False):
            if role:
                yield Signature(role, at, at + len(words))
        return
    for words, at in row:
        head, comma, office = words.partition(", ")
        role = roles().exact(office.rstrip("."))
        entry = read_entry(head, at) if comma and role else None
        if role and entry and is_full_name(entry.name):
            yield Signature(role, at, at + len(head))


def _held(words: str) -> Role | None:
    """Return as what somebody signs under `words`: "Sekreterare", "Justeras"."""
    return roles().exact(words) or ROLES.get(signoffs().like(words) or "")


def _row_near(reading: ParsedText, line: TextLine, count: int) -> list[tuple[str, int]]:
    """Return the names of the nearest row below or above `line` with as many cells."""
    below = reading.lines[line.index + 1 : line.index + 5]
    above = reading.lines[max(0, line.index - 4) : line.index][::-1]
    for near in (below, above):
        for other in near:
            if is_rule(other):
                continue
            row = [*cells(other.text, other.start)]
            if len(row) == count and all(is_name(words) and " " in words for words, _ in row):
                return row
            break
    return []


def _bare(reading: ParsedText, people: Sequence[Participant]) -> list[Signature]:
    """Return the last line if it is only a signature: "/Anne", or names of people listed."""
    if not reading.lines:
        return []
    line = reading.lines[-1]
    text = reading.text[line.outer : line.end]
    if text[0] not in "/-–" and len(line.text.split()) > 4:
        return []
    names = _names(reading, line.outer, line.end)
    known = _called(people)
    signed = text.startswith("/") or all(reading.text[a:b] in known for a, b in names)
    if names and signed and line.mark in (LineMark.NONE, LineMark.BULLET) and len(line.text) <= 60:
        return [Signature(Role.SECRETARY, *name) for name in names]
    return []


def _called(people: Sequence[Participant]) -> set[str]:
    return {person.name for person in people} | {person.name.split()[0] for person in people}


def _names(reading: ParsedText, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the places of the names at `start:end`; none if there is anything else."""
    text = reading.text
    found: list[tuple[int, int]] = []
    if end - start > _LONGEST:
        return ()
    while start < end and text[start] in " /:":
        start += 1
    for match in [*_BETWEEN.finditer(text, start, end), None]:
        stop = match.start() if match else end
        name = text[start:stop].strip(" .")
        if not is_name(name):
            return ()
        found.append((start, start + len(name)))
        start = match.end() if match else end
    return tuple(found)


def sign(reading: ParsedText, roster: Roster, signoff: Signoff) -> None:
    """Give whoever signed the role they signed in; add them if they are not listed."""
    for each in signoff.names:
        if entry := read_entry(reading.text[each.start : each.end], each.start):
            label = PeopleLabel(Presence.PRESENT, each.role, open=False)
            person = replace(participant(reading, entry, label), confidence=LIKELY)
            roster.add(person, loose=True)
