"""Differences between two versions of a text: lines, and words within lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

AROUND = 2
"""Unchanged lines shown before and after a changed one."""

_MOST_PAIRS = 20_000
"""Pairs of equal lines or words that are looked through; where there are more, as in a text that
repeats one line, what differs is shown whole. `difflib` takes quadratic time and more."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Turn(StrEnum):
    """How a piece of text changed."""

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
    """A line of the comparison; for skipped lines `text` is their number."""

    turn: Turn
    pieces: tuple[ComparedPiece, ...]


def compare(old: str, new: str) -> list[ComparedLine]:
    """Return the differences line by line (Ratcliff and Obershelp's algorithm, by `difflib`)."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[ComparedLine] = []
    turns = _turns(before, after)
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


def _turns(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from `old` to `new`, as `SequenceMatcher.get_opcodes` does."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    counts = Counter(b)
    if sum(counts[text] for text in a) <= _MOST_PAIRS:
        between = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    else:
        between = [("replace", 0, len(a), 0, len(b))]
    turns = [
        ("equal", 0, start, 0, start),
        *((turn, i + start, j + start, k + start, m + start) for turn, i, j, k, m in between),
        ("equal", len(old) - end, len(old), len(new) - end, len(new)),
    ]
    return [turn for turn in turns if turn[1] < turn[2] or turn[3] < turn[4]]


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
    for turn, i, j, k, m in _turns(a, b):
        same = turn == "equal"
        if i < j:
            gone.append(ComparedPiece(Turn.SAME if same else Turn.GONE, "".join(a[i:j])))
        if k < m:
            come.append(ComparedPiece(Turn.SAME if same else Turn.NEW, "".join(b[k:m])))
    yield ComparedLine(Turn.GONE, tuple(gone))
    yield ComparedLine(Turn.NEW, tuple(come))
