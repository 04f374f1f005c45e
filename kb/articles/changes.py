"""What differs between two versions of a text: lines, and the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

AROUND = 2
"""Unchanged lines shown before and after a changed one."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Turn(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    SKIPPED = "skipped"  # unchanged lines that are not shown


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line."""

    turn: Turn
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the comparison; one that was skipped says how many in `text`."""

    turn: Turn
    pieces: tuple[Piece, ...]


def compare(old: str, new: str) -> list[Line]:
    """Return what became of `old`, line by line (Ratcliff and Obershelp, as `difflib` does it)."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    turns = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (turn, a, b, c, d) in enumerate(turns):
        if turn == "equal":
            lines += _unchanged(before[a:b], first=at == 0, last=at == len(turns) - 1)
        elif turn == "replace" and b - a == d - c:
            for one, other in zip(before[a:b], after[c:d], strict=True):
                lines += _reworded(one, other)
        else:
            lines += (Line(Turn.GONE, (Piece(Turn.GONE, text),)) for text in before[a:b])
            lines += (Line(Turn.NEW, (Piece(Turn.NEW, text),)) for text in after[c:d])
    return lines


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[Line]:
    head, tail = 0 if first else AROUND, 0 if last else AROUND
    if len(lines) <= head + tail + 1:
        head, tail = len(lines), 0
    skipped = len(lines) - head - tail
    for text in lines[:head]:
        yield Line(Turn.SAME, (Piece(Turn.SAME, text),))
    if skipped:
        yield Line(Turn.SKIPPED, (Piece(Turn.SKIPPED, str(skipped)),))
    for text in lines[len(lines) - tail :]:
        yield Line(Turn.SAME, (Piece(Turn.SAME, text),))


def _reworded(old: str, new: str) -> Iterator[Line]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    gone: list[Piece] = []
    come: list[Piece] = []
    for turn, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = turn == "equal"
        if i < j:
            gone.append(Piece(Turn.SAME if same else Turn.GONE, "".join(a[i:j])))
        if k < m:
            come.append(Piece(Turn.SAME if same else Turn.NEW, "".join(b[k:m])))
    yield Line(Turn.GONE, tuple(gone))
    yield Line(Turn.NEW, tuple(come))
