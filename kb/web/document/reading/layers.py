"""Layers over the text: searched words, repairs, places linked to, page breaks.

A layer is a list of spans of the text shown. The text is cut at every edge of a
span, so that each piece, a `Run`, is uniform.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from kb.model import Change, ChangeKind, OffsetMap, RepairedText, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired word, or an unchanged word with other possible readings.

    Attributes:
        number: Counted from 1 through the document.
        original: The characters in the original.
        text: What they were repaired to.
        start: Its place in the original.
        probability: 0-1.
        alternatives: Other readings with their probabilities.
        corrected: A person decided the reading, not a program.
    """

    number: int
    original: str
    text: str
    start: int
    probability: float
    alternatives: tuple[tuple[str, float], ...]
    corrected: bool = False

    @property
    def changed(self) -> bool:
        """Whether the text differs from the original."""
        return self.text != self.original


@dataclass(frozen=True, slots=True)
class SearchMark:
    """Words that match the search: the kind of match, their number from 1, and the next one's."""

    kind: str
    number: int
    following: int


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    """A place in the text that a list links to.

    Attributes:
        anchor: Its name in the address.
        label: What is there, such as "Beslut".
    """

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Run:
    """A uniform piece of text.

    Attributes:
        text: The characters, not yet escaped.
        mark: How it matches the search, or None.
        repair: The repair it is the outcome of, or None.
        places: Places that start here.
        page: Number of the page that starts here, or None.
        opens_mark: The mark starts here rather than continues.
        opens_repair: The same for the repair.
    """

    text: str
    mark: SearchMark | None = None
    repair: Repair | None = None
    places: tuple[LinkedPlace, ...] = ()
    page: int | None = None
    opens_mark: bool = True
    opens_repair: bool = True


class Layers:
    """A text and its layers. Offsets count characters of `text`."""

    def __init__(
        self,
        text: str,
        marks: Iterable[tuple[Span, str]] = (),
        repairs: Sequence[tuple[Span, Repair]] = (),
        places: Iterable[tuple[int, LinkedPlace]] = (),
        pages: Iterable[int] = (),
    ) -> None:
        self.text = text
        self.repairs = tuple(repair for _, repair in repairs)
        apart = _apart(marks)
        numbered = [
            (span, SearchMark(kind, n, n % len(apart) + 1))
            for n, (span, kind) in enumerate(apart, 1)
        ]
        self._marks, self._mark_starts = numbered, [span.start for span, _ in numbered]
        self._repairs, self._repair_starts = repairs, [span.start for span, _ in repairs]
        self._mark_edges = frozenset(self._mark_starts)
        self._repair_edges = frozenset(self._repair_starts)
        self._places: dict[int, list[LinkedPlace]] = {}
        for offset, place in places:
            self._places.setdefault(offset, []).append(place)
        self._pages = {offset: number for number, offset in enumerate(pages, 1) if number > 1}
        self.page_starts = sorted(self._pages)
        cuts = {edge for span, _ in (*numbered, *repairs) for edge in (span.start, span.end)}
        self._cuts = sorted(cuts | set(self._places) | set(self._pages))

    def runs(self, start: int, end: int) -> list[Run]:
        """Return the runs of `start:end`."""
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        edges = [start, *inner, end]
        return [self._run(a, b) for a, b in pairwise(edges) if a < b]

    def gap(self, start: int, end: int) -> tuple[tuple[LinkedPlace, ...], int | None]:
        """Return the places and the page that start in the unshown text `start:end`."""
        cuts = self._cuts[bisect_left(self._cuts, start) : bisect_left(self._cuts, end)]
        places = tuple(place for cut in cuts for place in self._places.get(cut, ()))
        pages = [self._pages[cut] for cut in cuts if cut in self._pages]
        return places, pages[-1] if pages else None

    def _run(self, start: int, end: int) -> Run:
        repair = _covering(self._repairs, self._repair_starts, start)
        return Run(
            text=self.text[start:end],
            mark=_covering(self._marks, self._mark_starts, start),
            repair=repair,
            places=tuple(self._places.get(start, ())),
            page=self._pages.get(start),
            opens_mark=start in self._mark_edges,
            opens_repair=start in self._repair_edges,
        )


def build_layers(
    repaired: RepairedText,
    marks: Iterable[tuple[int, int, str]],
    places: Iterable[tuple[Span, LinkedPlace]],
) -> Layers:
    """Lay marks, repairs, places and pages over the repaired text.

    Args:
        repaired: The text with its changes.
        marks: (start, end, kind of match) in the source text.
        places: Spans of the source text to be linked to.
    """
    offsets = OffsetMap(repaired.changes)
    return Layers(
        repaired.text,
        marks=((offsets.to_repaired(start, end), kind) for start, end, kind in marks),
        repairs=_repairs(offsets, repaired.changes),
        places=((offsets.to_repaired(s.start, s.start).start, place) for s, place in places),
        pages=(offsets.to_repaired(p.start, p.start).start for p in repaired.source.pages),
    )


def _repairs(offsets: OffsetMap, changes: Iterable[Change]) -> list[tuple[Span, Repair]]:
    found: list[tuple[Span, Repair]] = []
    for change in changes:
        if change.kind is ChangeKind.LAYOUT:
            continue
        corrected = change.kind is ChangeKind.CORRECTION
        others = tuple(
            (other.text, other.probability)
            for other in change.alternatives
            if other.text != change.repaired
        )
        if change.original == change.repaired and not others and not corrected:
            continue
        span = offsets.to_repaired(change.span.start, change.span.end)
        repair = Repair(
            number=len(found) + 1,
            original=change.original,
            text=change.repaired,
            start=change.span.start,
            probability=change.probability,
            alternatives=others,
            corrected=corrected,
        )
        found.append((span, repair))
    return found


def _apart(marks: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Drop overlapping spans: several source spans may map to one repaired word."""
    kept: list[tuple[Span, str]] = []
    for span, kind in sorted(marks, key=lambda mark: mark[0]):
        if span.start < span.end and (not kept or span.start >= kept[-1][0].end):
            kept.append((span, kind))
    return kept


def _covering(layer: Sequence[tuple[Span, T]], starts: list[int], offset: int) -> T | None:
    at = bisect_right(starts, offset) - 1
    if at < 0 or offset >= layer[at][0].end:
        return None
    return layer[at][1]
