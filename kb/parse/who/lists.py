"""The people and municipalities of the list under a label: beside it, below it, in its column."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Presence
from kb.parse.text.labels import Label
from kb.parse.text.lines import LineMark, TextLine
from kb.parse.text.phrases import presences
from kb.parse.text.reading import ParsedText
from kb.parse.who.entries import cells, read_entry, split_flow
from kb.parse.who.extent import lines_under
from kb.parse.who.facts import PersonEntry
from kb.parse.who.names import is_full_name, is_given_name, is_nickname, municipality_named
from kb.parse.who.runs import OF, cell, flow, is_person, people_in, people_on

_FEW = 3
"""Number of people among whom at least one is bound to have a common given name."""


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality listed itself, without anybody named, and whether it took part."""

    name: str
    presence: Presence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PeopleList:
    """What a list holds: its people, its lines below the label, municipalities by themselves."""

    entries: list[PersonEntry]
    lines: list[int]
    towns: list[Town]


def read_list(
    reading: ParsedText, label: Label, labels: dict[int, Label], *, nicknames: bool
) -> PeopleList:
    """Return the entries under `label`: beside it, below it, or in its column."""
    stop = label.line.end if label.end is None else label.end
    lines = [] if label.end is not None else lines_under(reading, label, labels)
    beside = label.value < label.line.end
    if _flows(reading, label, lines):
        start = label.value if beside else lines[0].outer
        end = lines[-1].end if lines else stop
        entries = flow(reading.text[start:end], start, nicknames=nicknames)
    else:
        entries = people_in(cell(reading.text[label.value : stop]), label.value)
        plain = [line.text.strip(" .,") for line in lines]
        called = len(plain) >= _FEW and all(is_nickname(t) or is_full_name(t) for t in plain)
        for line in lines:
            entry = read_entry(line.text, line.start, nicknames=True) if called else None
            entries += [entry._replace(sure=True)] if entry else people_on(line, label)
    people = any(is_given_name(e.name.split()[0]) or e.name.islower() for e in entries)
    if len(entries) >= _FEW and not people:
        entries = []  # a list of organisations
    rows = [(line.text, line.start) for line in lines]
    towns = _towns([(reading.text[label.value : stop], label.value), *rows], label)
    if len(towns) > max(1, len(entries)):
        entries = []
    elif any(not entry.municipality for entry in entries):
        towns = []
    return PeopleList(_trusted(entries), [line.index for line in lines], towns)


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


def _trusted(entries: list[PersonEntry]) -> list[PersonEntry]:
    """Trust an unknown full name among mostly known ones."""
    known = sum(entry.sure for entry in entries)
    if known * 2 < len(entries):
        return entries
    return [each._replace(sure=each.sure or " " in each.name) for each in entries]


def _flows(reading: ParsedText, label: Label, lines: list[TextLine]) -> bool:
    """Tell whether the people run on in one text instead of standing one a line."""
    if label.column or any(line.mark is not LineMark.NONE or OF.match(line.text) for line in lines):
        return False
    texts = [line.text for line in lines]
    if label.value < label.line.end:
        texts.insert(0, reading.text[label.value : label.line.end])
        if len(texts) == 1:
            return "," in texts[0] or len([*cells(texts[0], 0)]) < 2  # else a row of cells
        return True
    if len(texts) > 1 and all(is_person(text) for text in texts):
        return False
    runs = any(len([*split_flow(text, 0)]) > _FEW - 1 for text in texts)
    return runs or any(text.endswith((",", " och")) for text in texts)
