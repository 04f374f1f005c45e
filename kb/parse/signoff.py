"""The end of minutes: whoever wrote them signs ("Vid pennan", "/Anne", "Hälsningar Barbara")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.model import Participant, Presence, Role
from kb.parse.lines import Line, Mark
from kb.parse.entries import read_entry
from kb.parse.names import is_name
from kb.parse.people import LIKELY, participant
from kb.parse.phrases import PeopleLabel, signoffs
from kb.parse.reading import Reading
from kb.parse.roster import Roster

_REACH = 14
"""Lines from the end within which a signature is looked for."""

_LONGEST = 120
"""Characters that the names of those who sign fill at most."""

_LEAD = re.compile(r"\s*[/:,–-]\s*")
_BETWEEN = re.compile(r"\s*(?:/|,|&|\boch\b)\s*")


@dataclass(frozen=True, slots=True)
class Signoff:
    """The closing lines: where they begin and the places of the names in them."""

    start: int
    names: tuple[tuple[int, int], ...]


def find_signoff(reading: Reading, people: Sequence[Participant]) -> Signoff | None:
    """Return the signature at the end of the text, if it has one."""
    first = max(0, len(reading.lines) - _REACH)
    start: int | None = None
    for line in reading.lines[first:]:
        lead = _lead(line)
        if lead is None:
            continue
        meaning, rest = lead
        start = line.outer if start is None else start
        if meaning == "close":
            continue
        names = _names(reading, line.start + rest, line.end) if rest < len(line.text) else ()
        return Signoff(start, names or _below(reading, line))
    return _bare(reading, people, start)


def _lead(line: Line) -> tuple[str, int] | None:
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


def _below(reading: Reading, line: Line) -> tuple[tuple[int, int], ...]:
    """Return the names on the first line below `line`."""
    for below in reading.lines[line.index + 1 : line.index + 2]:
        return _names(reading, below.outer, below.end)
    return ()


def _bare(reading: Reading, people: Sequence[Participant], start: int | None) -> Signoff | None:
    """Return a last line of nothing but a slash and names, or names of those who were there."""
    if not reading.lines:
        return None
    line = reading.lines[-1]
    text = reading.text[line.outer : line.end]
    names = _names(reading, line.outer, line.end)
    known = {person.name for person in people} | {person.name.split()[0] for person in people}
    signed = text.startswith("/") or all(reading.text[a:b] in known for a, b in names)
    if names and signed and line.mark in (Mark.NONE, Mark.BULLET) and len(line.text) <= 60:
        return Signoff(line.outer if start is None else start, names)
    return Signoff(start, ()) if start is not None else None


def _names(reading: Reading, start: int, end: int) -> tuple[tuple[int, int], ...]:
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


def sign(reading: Reading, roster: Roster, signoff: Signoff | None) -> None:
    """Mark whoever signed as secretary, added if not listed."""
    label = PeopleLabel(Presence.PRESENT, Role.SECRETARY, open=False)
    for start, end in signoff.names if signoff else ():
        if entry := read_entry(reading.text[start:end], start):
            person = replace(participant(reading, entry, label), confidence=LIKELY)
            roster.add(person, loose=True)
