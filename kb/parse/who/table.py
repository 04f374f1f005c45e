"""Tables of people: what stands at the head of each column, and the rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.model import Presence
from kb.parse.text.lines import TextLine, is_rule
from kb.parse.text.phrases import PACKAGE, PRESENCES
from kb.parse.text.reading import ParsedText
from kb.parse.who.entries import cells, read_entry, read_people
from kb.parse.who.facts import PersonEntry
from kb.swedish.closed_list import PhraseVocabulary
from kb.swedish.tables import rows

_DIVISION = re.compile(r"\s*\|\s*|\s*\t\s*")
_DIVIDED = re.compile(r"  |\t|\|")
_LONGEST = 160
"""Characters of the head of a table, at most."""

_MARKUP = " *_`"


@cache
def _heads() -> PhraseVocabulary[frozenset[str]]:
    return PhraseVocabulary(
        {row[0]: frozenset(row[1].split()) for row in rows(PACKAGE, "table_heads.tsv")}
    )


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The people of a table and the lines it fills."""

    entries: tuple[PersonEntry, ...]
    lines: frozenset[int]


def find_tables(reading: ParsedText) -> Iterator[PeopleTable]:
    """Yield every table whose header names columns of people."""
    reached = 0
    for line in reading.lines:
        heads = _head(line) if line.index >= reached else None
        if not heads:
            continue
        entries: list[PersonEntry] = []
        lines = {line.index}
        for row in reading.lines[line.index + 1 :]:
            if is_rule(row) and row.gap == 0:
                continue
            read = [] if row.gap > 1 else _row(row, heads)
            if not read:
                break
            entries += (each for each in read if each.name)
            lines.add(row.index)
        if entries:
            reached = max(lines) + 1
            yield PeopleTable(tuple(entries), frozenset(lines))


def _split(line: TextLine) -> list[tuple[str, int]]:
    """Return the cells of a line and where they begin; empty ones too where bars divide."""
    text = line.text
    if "|" not in text and "\t" not in text:
        return [*cells(text, line.start)]
    found, at = [], 0
    for match in [*_DIVISION.finditer(text), None]:
        end = match.start() if match else len(text)
        found.append((text[at:end], line.start + at))
        at = match.end() if match else end
    return found[1:-1] if text.startswith("|") and text.endswith("|") else found


def _head(line: TextLine) -> list[frozenset[str]] | None:
    """Return what each column holds if `line` is the header of a table of people."""
    if len(line.text) > _LONGEST:
        return None
    row = _split(line) if _DIVIDED.search(line.text) else []
    if len(row) < 2:
        return None
    says = [_heads().like(words.strip(_MARKUP)) or frozenset() for words, _ in row]
    known = [each for each in says if each]
    if len(known) * 2 <= len(row) or len(known) < 2:
        return None
    named = sum("name" in each for each in says)
    told = sum(bool(each & PRESENCES.keys()) for each in says)
    return says if named == 1 or (not named and told > 1) else None


def _row(line: TextLine, heads: list[frozenset[str]]) -> list[PersonEntry]:
    """Return the people of a row; one without a name for a row that names nobody."""
    row = _split(line)
    if len(row) < 2:
        return []
    if not any("name" in head for head in heads):
        return [*_in_columns(row, heads)] or [PersonEntry("", line.start, line.end)]
    found = read_people(line.text, line.start)
    if len(found) != 1:
        return [PersonEntry("", line.start, line.end)]
    if len(row) == len(heads):
        for (words, _), head in zip(row, heads, strict=True):
            if "presence" in head and not words.strip(_MARKUP) and found[0].presence is None:
                return [found[0]._replace(presence=Presence.ABSENT)]
    return found


def _in_columns(row: list[tuple[str, int]], heads: list[frozenset[str]]) -> Iterator[PersonEntry]:
    """Yield the people of a row of columns that each hold people: present, absent."""
    for (words, at), head in zip(row, heads, strict=False):
        entry = read_entry(words, at)
        presence = next((PRESENCES[each] for each in head if each in PRESENCES), None)
        if entry and presence:
            yield entry._replace(presence=entry.presence or presence)
