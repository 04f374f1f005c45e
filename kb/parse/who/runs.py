"""One line or run of people → its entries."""

from __future__ import annotations

import re

from kb.parse.text.labels import Label
from kb.parse.text.lines import TextLine
from kb.parse.who.attendance import people_label, without_tail
from kb.parse.who.bodies import restore_body
from kb.parse.who.entries import cells, read_entry, read_row, split_flow, with_aside
from kb.parse.who.facts import PersonEntry
from kb.parse.who.names import is_full_name, is_given_name, is_name, is_nickname, municipality_named

OF = re.compile(r"([^:,()]{2,30}?)\s*:\s+")
"""Whom the people of a line stand for: "Klippan: Anna Ek, Bo Al"."""


def flow(text: str, start: int, *, nicknames: bool = False) -> list[PersonEntry]:
    """Return the people of a run of them: "Anna, Bo Ek (ordf.) och Cia".

    Where all are single words, nicknames in small letters count too.

    Args:
        text: The run.
        start: Where it begins.
        nicknames: Whether nicknames count in any case.
    """
    parts = [(without_tail(part), at) for part, at in split_flow(text, start)]
    plain = [part.partition("(")[0].strip(" .\n") for part, _ in parts]
    short = sum(is_nickname(part) or is_full_name(part) for part in plain)
    nicknames |= len(parts) > 1 and short * 5 >= len(parts) * 4
    entries: list[PersonEntry] = []
    town: str | None = None
    for part, at in parts:
        if (of := OF.match(part)) and (place := municipality_named(of.group(1).strip())):
            town = place.name  # "Klippan: Anna Ek, Bo Al, Bjuv: Cia Fur"
            entry = read_entry(part[of.end() :], at + of.end(), nicknames=nicknames)
            entries += [entry._replace(municipality=town)] if entry else ()
            continue
        if entries and (extended := with_aside(entries[-1], part)):
            entries[-1] = extended
            continue
        entry = read_entry(part, at, nicknames=nicknames)
        if entry and nicknames and " " not in entry.name:
            entry = entry._replace(sure=True)
        if entry and town and entry.municipality is None:
            entry = entry._replace(municipality=town)
        entries += _two(entry) if entry else ()
    return entries


def _two(entry: PersonEntry) -> list[PersonEntry]:
    """Return the people of an entry whose comma was forgotten: "Anna Ek Bo Al"."""
    words = entry.name.split()
    if len(words) != 4 or [is_given_name(word) for word in words] != [True, False, True, False]:
        return [entry]
    if entry.end - entry.start != len(entry.name):
        return [entry]
    middle = len(" ".join(words[:2]))
    return [
        entry._replace(name=" ".join(words[:2]), end=entry.start + middle),
        entry._replace(name=" ".join(words[2:]), start=entry.start + middle + 1),
    ]


def cell(text: str) -> str:
    """Return `text` up to where another label stands beside it in a table."""
    for words, at in cells(text, 0):
        if at and (people_label(words) or words.endswith(":") or words == "Paragrafer"):
            return text[:at]
    return text


def people_in(text: str, start: int) -> list[PersonEntry]:
    """Return the people of a line: one with what is said of them, or several full names."""
    parts = [*split_flow(text, start)]
    if len(parts) > 1 and all(is_full_name(part.strip(" .")) for part, _ in parts):
        return flow(text, start)
    return read_row(text, start)


def people_on(line: TextLine, label: Label | None) -> list[PersonEntry]:
    """Return the people of `line` under `label`."""
    text, start = line.text, line.start
    if label and label.column and line.indent <= label.line.indent and "  " in text:
        skip = len(text) - len(text.split("  ", 1)[1].lstrip())
        text, start = text[skip:], start + skip
    if of := OF.match(text):
        people = people_in(text[of.end() :], start + of.end())
        if place := municipality_named(of.group(1)):
            return [each._replace(municipality=place.name) for each in people]
        if people and all(is_full_name(each.name) for each in people):
            first = people[0].municipality is None and not is_name(of.group(1))
            if first or restore_body(of.group(1)):
                return [each._replace(organisation=of.group(1)) for each in people]
    return people_in(cell(text), start)


def is_person(text: str) -> bool:
    """Tell whether a line is one person with what is said of them, not part of a run."""
    parts = [part.strip(" .") for part, _ in split_flow(text, 0)]
    first = read_entry(parts[0], 0)
    names = sum(is_full_name(part) for part in parts)
    return first is not None and is_full_name(first.name) and names <= 1 and bool(parts[-1])
