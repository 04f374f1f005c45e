"""Apply changes to a text, and merge the changes of two passes into one list."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.model import Change, ChangeKind, Reading, Span


def apply(text: str, changes: Iterable[Change]) -> str:
    """Return `text` with `changes` applied; they are in order of place and do not overlap."""
    pieces: list[str] = []
    done = 0
    for change in changes:
        pieces += (text[done : change.span.start], change.repaired)
        done = change.span.end
    pieces.append(text[done:])
    return "".join(pieces)


def compose(
    source: str, first: Sequence[Change], middle: str, second: Sequence[Change]
) -> tuple[Change, ...]:
    """Merge two passes: `first` turns `source` into `middle`, `second` changes `middle`.

    Changes that meet in the same characters become one change of the source.

    Returns:
        Changes of `source`, in order and not overlapping.
    """
    if not first or not second:
        return tuple(first or second)
    joined = []
    drift = 0  # how far the middle text runs ahead of the source before the group
    for span, early, late in _groups(first, second):
        growth = sum(_growth(change) for change in early)
        origin = Span(span.start - drift, span.end - drift - growth)
        drift += growth
        joined.append(
            _merge(source, origin=origin, middle=middle, span=span, early=early, late=late)
        )
    return tuple(joined)


def _groups(
    first: Sequence[Change], second: Sequence[Change]
) -> Iterator[tuple[Span, list[Change], list[Change]]]:
    """Yield stretches of the middle text with the changes of both passes that meet in them."""
    places: list[tuple[int, int, int, Change]] = []
    drift = 0
    for change in first:
        start = change.span.start + drift
        places.append((start, start + len(change.repaired), 0, change))
        drift += _growth(change)
    places += [(change.span.start, change.span.end, 1, change) for change in second]
    places.sort(key=lambda place: place[:3])

    passes: tuple[list[Change], list[Change]] = ([], [])
    begin, end = 0, -1
    for start, stop, which, change in places:
        # An empty stretch (a deletion) belongs to the change that it touches.
        if start < end or (start == end and (start == stop or begin == end)):
            end = max(end, stop)
        else:
            if end >= 0:
                yield Span(begin, end), *passes
            passes, begin, end = ([], []), start, stop
        passes[which].append(change)
    if end >= 0:
        yield Span(begin, end), *passes


def _growth(change: Change) -> int:
    return len(change.repaired) - (change.span.end - change.span.start)


def _merge(
    source: str, *, origin: Span, middle: str, span: Span, early: list[Change], late: list[Change]
) -> Change:
    parts = early + late
    stretch = span.slice(middle)
    return Change(
        span=origin,
        original=origin.slice(source),
        repaired=apply(stretch, (moved(change, -span.start) for change in late)),
        probability=math.prod(change.probability for change in parts),
        kind=max((change.kind for change in parts), key=list(ChangeKind).index),
        alternatives=_readings(stretch, span.start, early, late),
    )


def moved(change: Change, by: int) -> Change:
    """Return `change` with its place moved `by` characters."""
    if not by:
        return change
    return replace(change, span=Span(change.span.start + by, change.span.end + by))


def _readings(
    stretch: str, start: int, early: list[Change], late: list[Change]
) -> tuple[Reading, ...]:
    """Return the other readings of the whole stretch, where a single word is uncertain."""
    if not late and len(early) == 1:
        return early[0].alternatives
    if len(late) != 1:
        return ()
    before = stretch[: late[0].span.start - start]
    after = stretch[late[0].span.end - start :]
    return tuple(
        Reading(before + reading.text + after, reading.probability)
        for reading in late[0].alternatives
    )
