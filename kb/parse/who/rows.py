"""The rows of a list of people: each line divided at its separators, and what is in each piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.parse.who.units import Unit, UnitKind, read_units

_SEPARATOR = re.compile(
    r"[()\[\]|;\t\n]|:(?![a-zåäö\d])|,+|\s{2,}|\s[-–—]+(?=\s)|^[-–—•*.]+\s*|(?<=\w)[-–—](?=\s)|\s/\s|\s[-–—](?=\w)"
)
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
_RIGHTS = re.compile(r"\s+(?:med|utan)\s+(?:[\w-]+\s+(?:och|samt)\s+)?\w*rätt\.?$")
"""What is said of people after their names: "utan rösträtt"."""

_FEW_WORDS = 2
_STRAY = ' \t\n,.;:-–—*•_|~\\"'
_CALLED = re.compile(r"(?<=\w)\s+[\"“”„»«'][^\W\d_][^\W_]*[\"“”»«'](?=\s+[A-ZÅÄÖ])")
"""What somebody is called, between the names: `Ida "Isbit" Berg`."""


class Piece(NamedTuple):
    """What stands between two separators.

    Attributes:
        start: Its place in the text.
        end: Where it ends.
        units: What it holds; their places are counted from `start`.
        inside: Whether it stands in brackets.
        before: The separator before it, "" at the beginning of a row.
        after: The separator after it.
    """

    start: int
    end: int
    text: str
    units: tuple[Unit, ...]
    inside: bool
    before: str
    after: str

    @property
    def names(self) -> list[Unit]:
        """The names in it."""
        return [unit for unit in self.units if unit.kind is UnitKind.NAME]

    @property
    def loose_words(self) -> int:
        """Words in it, without a capital, that are nothing known."""
        return sum(
            word[:1].islower()
            for unit in self.units
            if unit.kind is UnitKind.OTHER
            for word in unit.text.split()
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: its words and pieces, the line it is and the empty lines before it."""

    text: str
    start: int
    line: int
    gap: int
    pieces: tuple[Piece, ...] = field(default=())

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def names(self) -> list[tuple[Piece, Unit]]:
        """The names that are not said beside another name, in brackets."""
        return [(p, u) for p in self.pieces if not p.inside for u in p.names]

    @property
    def kinds(self) -> set[UnitKind]:
        """The kinds of unit in it."""
        return {unit.kind for piece in self.pieces for unit in piece.units}


def read_row(text: str, *, start: int, line: int = 0, gap: int = 0, places: bool = False) -> Row:
    """Return the row that `text`, which begins at `start`, is."""
    pieces = tuple(_pieces(text, start, places=places))
    return Row(text, start, line, gap, pieces)


def _pieces(text: str, start: int, *, places: bool) -> Iterator[Piece]:
    cut = [*_cuts(text), (len(text), len(text), "\n")]
    begin, before, depth = 0, "", 0
    for first, last, sign in cut:
        raw = text[begin:first]
        words = _RIGHTS.sub("", raw.strip(_STRAY))
        if words:
            at = begin + raw.find(words)
            plain = _CALLED.sub(lambda match: " " * len(match.group()), words).replace("\\", " ")
            yield Piece(
                start=start + at,
                end=start + at + len(words),
                text=words,
                units=read_units(plain, places=places),
                inside=depth > 0,
                before=before,
                after=sign,
            )
            before = ""
        depth = max(0, depth + _BRACKETS.get(sign, 0))
        before = sign if not before or before.isspace() else before
        begin = last


_AND = re.compile(r"\s(?:och|samt|&)\s")


def _cuts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each separator begins and ends, and what it is; "och" after a single word too."""
    begin = 0
    for match in [*_SEPARATOR.finditer(text), None]:
        end = match.start() if match else len(text)
        joint = _AND.search(text, begin, end)
        single = joint and len(text[begin : joint.start()].split()) == 1
        if joint and single and len(text[joint.end() : end].split()) <= _FEW_WORDS:
            yield joint.start(), joint.end(), ","
        if match:
            yield match.start(), match.end(), match.group().strip() or match.group()[:2]
            begin = match.end()


def with_places(rows: Iterable[Row]) -> list[Row]:
    """Return `rows` read again, a municipality expected beside each name."""
    return [
        read_row(row.text, start=row.start, line=row.line, gap=row.gap, places=True) for row in rows
    ]


_FIRST = re.compile(r"[^,;.()\n|]{3,60}")


def begins_with_person(text: str) -> bool:
    """Tell whether `text` begins with a person, perhaps after a municipality or an office."""
    match = _FIRST.match(text)
    units = read_units(match.group().strip(_STRAY)) if match else ()
    for unit in units:
        if unit.kind is UnitKind.NAME:
            return unit.cost < _LIKELY
        if unit.kind not in (UnitKind.PLACE, UnitKind.ROLE, UnitKind.TITLE):
            return False
    return bool(units) and units[0].kind is UnitKind.PLACE


_LIKELY = 0.72
"""Cost below which a name has a given name that is known."""
