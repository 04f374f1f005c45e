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
class ComparedPiece:
    """Some words of a line."""

    turn: Turn
    text: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of the comparison; one that was skipped says how many in `text`."""

    turn: Turn
    pieces: tuple[ComparedPiece, ...]


def compare(old: str, new: str) -> list[ComparedLine]:
    """Return what became of `old`, line by line (Ratcliff and Obershelp, as `difflib` does it)."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[ComparedLine] = []
    turns = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (turn, a, b, c, d) in enumerate(turns):
        if turn == "equal":
            lines += _unchanged(before[a:b], first=at == 0, last=at == len(turns) - 1)
        elif turn == "replace" and b - a == d - c:
            for one, other in zip(before[a:b], after[c:d], strict=True):
                lines += _reworded(one, other)
        else:
            lines += (
                ComparedLine(Turn.GONE, (ComparedPiece(Turn.GONE, text),)) for text in before[a:b]
            )
            lines += (
                ComparedLine(Turn.NEW, (ComparedPiece(Turn.NEW, text),)) for text in after[c:d]
            )
    return lines


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[ComparedLine]:
    head, tail = 0 if first else AROUND, 0 if last else AROUND
    if len(lines) <= head + tail + 1:
        head, tail = len(lines), 0
    skipped = len(lines) - head - tail
    for text in lines[:head]:
        yield ComparedLine(Turn.SAME, (ComparedPiece(Turn.SAME, text),))
    if skipped:
        yield ComparedLine(Turn.SKIPPED, (ComparedPiece(Turn.SKIPPED, str(skipped)),))
    for text in lines[len(lines) - tail :]:
        yield ComparedLine(Turn.SAME, (ComparedPiece(Turn.SAME, text),))


def _reworded(old: str, new: str) -> Iterator[ComparedLine]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    gone: list[ComparedPiece] = []
    come: list[ComparedPiece] = []
    for turn, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = turn == "equal"
        if i < j:
            gone.append(ComparedPiece(Turn.SAME if same else Turn.GONE, "".join(a[i:j])))
        if k < m:
            come.append(ComparedPiece(Turn.SAME if same else Turn.NEW, "".join(b[k:m])))
    yield ComparedLine(Turn.GONE, tuple(gone))
    yield ComparedLine(Turn.NEW, tuple(come))
