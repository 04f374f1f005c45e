"""Labels: "Närvarande:", "Plats och tid   …", "## Frånvarande", and where their value begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from rapidfuzz.distance import OSA

from kb.parse.text.lines import LineMark, TextLine
from kb.parse.text.phrases import (
    PACKAGE,
    PeopleLabel,
    field_labels,
    headings,
    people_labels,
    roles,
    signoffs,
)
from kb.parse.text.reading import ParsedText
from kb.parse.who.attendance import lead, people_label
from kb.parse.who.rows import begins_with_person
from kb.swedish.tables import rows

_LONGEST = 60
_SENTENCE = re.compile(r"[.;]\s+(?=[A-ZÅÄÖ])")
_FILLED = re.compile(r"[._…]{4,}")
_COLUMN = re.compile(r"\s{2,}|\t")
_SPACE = re.compile(r" ")
_LONGEST_BEFORE = 4
"""Words of a label that nothing divides from what it stands before."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line.

    Attributes:
        line: The line it stands on.
        text: Its words.
        value: Where its value begins; the line's end if that stands below.
        people: What it says of people, if it stands over people.
        fields: The facts it holds, if it is a header field.
        column: Whether it stands in a separate column, its value beside it.
        end: Where its value ends, if before the line's end.
    """

    line: TextLine
    text: str
    value: int
    people: PeopleLabel | None = None
    fields: frozenset[str] = frozenset()
    column: bool = False
    end: int | None = None


def find_labels(reading: ParsedText) -> dict[int, Label]:
    """Return every labelled line of the text by its index."""
    found: dict[int, Label] = {}
    wrapped = -1
    for line in reading.lines:
        if line.index == wrapped:
            continue
        label = _wrapped(reading, line)
        wrapped = line.index + 1 if label else wrapped
        label = label or _label(line) or _over_two_lines(reading, line) or _sentence(line)
        if label:
            found[label.line.index] = label
    return found


def _wrapped(reading: ParsedText, line: TextLine) -> Label | None:
    """Return the label that continues in the line below, in its column or alone."""
    if line.index + 1 >= len(reading.lines):
        return None
    below = reading.lines[line.index + 1]
    if below.gap or below.indent != line.indent:
        return None
    cell = _COLUMN.search(line.text)
    first = line.text[: cell.start()] if cell else line.text
    if ":" in first or len(first) > _LONGEST // 2:
        return None
    rest = _COLUMN.split(below.text, maxsplit=1)[0]
    if len(rest.split()) > 2 or ":" in rest:
        return None
    joined = people_labels().like(f"{first} {rest}")
    if joined is None or joined.open:
        return None
    if cell:
        return Label(line, f"{first} {rest}", line.start + cell.end(), joined, column=True)
    return Label(below, f"{first} {rest}", below.end, joined) if rest == below.text else None


def _over_two_lines(reading: ParsedText, line: TextLine) -> Label | None:
    """Return the label over people that continues to a colon in the line below."""
    if line.index + 1 >= len(reading.lines) or ":" in line.text:
        return None
    below = reading.lines[line.index + 1]
    colon = below.text.find(":", 0, _LONGEST)
    if below.gap or below.mark is not LineMark.NONE or colon < 2:
        return None
    words = f"{line.text} {below.text[:colon]}"
    people = people_label(words) if len(words) <= 2 * _LONGEST else None
    return Label(below, words, _skip(below, colon + 1), people) if people else None


def label_within(reading: ParsedText, label: Label) -> Label | None:
    """Return the label over people that begins with another sentence on the line of `label`.

    "Närvarande var Anna Ek. Frånvarande: Bo Al"
    """
    text = reading.text[: label.line.end]
    for match in _SENTENCE.finditer(text, label.value):
        rest = label.line._replace(start=match.end(), outer=match.end(), text=text[match.end() :])
        found = _sentence(rest)
        colon = rest.text.find(":", 0, _LONGEST)
        if found is None and colon > 1:
            found = _meaning(rest, rest.text[:colon], colon + 1)
        if found and found.people:
            return found
    return None


def _sentence(line: TextLine) -> Label | None:
    """Return the label that the first words of a sentence are: "Närvarande var Anna Ek"."""
    found = lead(line.text) if line.mark in (LineMark.NONE, LineMark.BULLET) else None
    if found is None:
        return None
    people, value = found
    ends = _SENTENCE.search(line.text, value)
    end = line.start + ends.start() if ends else None
    return Label(line, line.text[:value].strip(), line.start + value, people, end=end)


def _skip(line: TextLine, value: int) -> int:
    """Return where in the text the words of `line` from `value` on begin."""
    return line.start + len(line.text) - len(line.text[value:].lstrip(" *_"))


def _label(line: TextLine) -> Label | None:
    text = line.text
    if _is_row_of_labels(text):
        return None
    if (filled := _FILLED.search(text)) and (words := text[: filled.start()].rstrip()):
        return _meaning(line, words.rstrip(": "), len(text))
    colon = text.find(":", 0, _LONGEST)
    if colon > 1:
        return _meaning(line, text[:colon], colon + 1) or _before(line)
    if line.mark in (LineMark.NUMBER, LineMark.PARAGRAPH):
        people = people_labels().exact(text)
        point = people is not None and people.presence is not None and people.role is None
        return Label(line, text, line.end, people=people) if point else None
    if cell := _COLUMN.search(text):
        within = _meaning(line, text[: cell.start()], cell.end(), column=True)
        return within or _before(line)
    if len(text) <= _LONGEST // 2 and (whole := _meaning(line, text, len(text), alone=True)):
        return whole
    return _before(line)


def _is_row_of_labels(text: str) -> bool:
    """Tell whether a line only says who signs below: "Vid protokollet      Justeras"."""
    row = [cell.strip(" :") for cell in _COLUMN.split(text)]
    return len(row) > 1 and all(signoffs().like(cell) or roles().exact(cell) for cell in row)


def _before(line: TextLine) -> Label | None:
    """Return the label that the first words of a line are, with nothing after it but a space.

    "Beslutande Anna Ek (C)", "Plats och tid Rådhuset, kl 9": what follows begins with a capital
    or a figure, and as a person or a municipality where the label is over people.
    """
    if line.mark is not LineMark.NONE:
        return None
    ends = [match.start() for match in islice(_SPACE.finditer(line.text), _LONGEST_BEFORE)]
    for end in reversed(ends):
        words, rest = line.text[:end], line.text[end + 1 :].lstrip()
        if not (rest[:1].isupper() or rest[:1].isdigit()) or not words[0].isupper():
            continue
        value = line.start + len(line.text) - len(rest)
        if (people := people_labels().like(words)) and begins_with_person(rest):
            return Label(line, words, value, people=people)
        fields = field_labels().like(words)
        if fields and " " in words and (len(fields) > 1 or "other" in fields):
            return Label(line, words, value, fields=fields)
    return None


def _meaning(
    line: TextLine, words: str, value: int, *, column: bool = False, alone: bool = False
) -> Label | None:
    words = words.strip(" *_")
    value += len(line.text) - value - len(line.text[value:].lstrip(" *_"))
    place = line.start + value
    if len(words) < 3 or headings().like(words):
        return None
    if people := people_label(words) or (None if alone or column else _mistyped(words)):
        return Label(line, words, place, people=people, column=column)
    if fields := field_labels().like(words):
        if alone and line.mark is not LineMark.HASH and len(fields) < 2:
            return None  # "Tid" by itself may be any word
        return Label(line, words, place, fields=fields, column=column)
    return None


_FEWEST_LETTERS = 9


@cache
def _mistyped(words: str) -> PeopleLabel | None:
    """Return what a label over people says in which one letter is wrong: "Frånvarnade"."""
    if len(words) < _FEWEST_LETTERS or not words[0].isupper():
        return None
    plain = words.casefold()
    for row in rows(PACKAGE, "attendance.tsv"):
        if len(row[0]) >= _FEWEST_LETTERS and OSA.distance(row[0], plain, score_cutoff=1) <= 1:
            return people_labels().exact(row[0])
    return None
