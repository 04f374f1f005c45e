"""The best passages of a document, with the matching words marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kb.model import Document, OffsetMap
from kb.search.results import Passage

if TYPE_CHECKING:
    from kb.search.matching import WordMatch

MOST = 3
"""Most passages of a document; each must show a word that those before it do not."""

LENGTH = 220
"""Target length of a snippet, in characters."""

_LOOKED_AT = 500
"""Most matches that passages are chosen from; a long text may have thousands."""


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section about a municipality that the query filters by.

    Attributes:
        number: Which of the document's sections it is, from 1.
        heading: Its heading.
        start: Its first character in the repaired text.
        end: The character after its last.
    """

    number: int
    heading: str
    start: int
    end: int


def own_sections(document: Document, municipalities: Collection[str]) -> tuple[OwnSection, ...]:
    """Return the sections of a document that are about any of some municipalities."""
    offsets = OffsetMap(document.repaired.changes)
    return tuple(
        OwnSection(number, section.heading, span.start, span.end)
        for number, section in enumerate(document.minutes.sections, 1)
        if section.municipality in municipalities
        for span in [offsets.to_repaired(section.span.start, section.span.end)]
    )


def passages(
    text: str, matches: Sequence[WordMatch], sections: Sequence[OwnSection] = ()
) -> tuple[Passage, ...]:
    """Return the best passages of a text, in order of place; those of `sections` come first.

    Without matches the beginning of the text is returned, or of the first of `sections`.

    Args:
        text: The repaired text.
        matches: Where the words of the query stand in it, in order.
        sections: The stretches that the reader asked for.
    """
    chosen: list[tuple[int, int]] = []
    shown: set[str] = set()

    def owner(start: int) -> OwnSection | None:
        return next((section for section in sections if section.start <= start < section.end), None)

    if sections and not any(owner(match.start) for match in matches):
        start, end = sections[0].start, sections[0].end
        chosen.append((start, _word_end(text, min(start + LENGTH, end))))
    elif not matches:
        chosen += [(0, _word_end(text, LENGTH))] if text.strip() else []
    windows = [(owner(first) is None, *window) for first, window in _windows(matches)]
    for _, start, end, sought in sorted(windows, key=lambda w: (w[0], -len(w[3]), w[1])):
        if chosen and sought <= shown:
            continue  # a further passage is to show something new
        start, end = _word_start(text, start), _word_end(text, end)
        if any(start < until and since < end for since, until in chosen):
            continue
        chosen.append((start, end))
        shown |= sought
        if len(chosen) == MOST:
            break
    starts = [match.start for match in matches]
    found = []
    for start, end in sorted(chosen, key=lambda place: (owner(place[1] - 1) is None, place)):
        first = bisect_left(starts, start)
        marked = first < len(matches) and matches[first].end <= end
        section = owner(starts[first]) if marked else owner(start)
        html = _html(text, start, end, matches[first : first + _LOOKED_AT])
        found.append(Passage(
            html,
            first + 1 if marked else 0,
            section.number if section else 0,
            section.heading if section else "",
        ))  # fmt: skip
    return tuple(found)


def _windows(matches: Sequence[WordMatch]) -> list[tuple[int, tuple[int, int, set[str]]]]:
    """Return a passage around each match, not yet cut at words, with the query words it shows.

    Each comes with the place of its first match.
    """
    windows = []
    behind = 0
    for i, first in enumerate(matches[:_LOOKED_AT]):
        behind = max(behind, i + 1)
        while behind < min(len(matches), i + 12) and (
            matches[behind].end <= first.start + LENGTH * 3 // 4
        ):
            behind += 1
        inside = matches[i:behind]
        last = inside[-1].end
        margin = max(20, (LENGTH - (last - first.start)) // 2)
        words = {m.sought for m in inside}
        windows.append((first.start, (first.start - margin, last + margin, words)))
    return windows


def _word_start(text: str, offset: int) -> int:
    if offset <= 0:
        return 0
    space = text.find(" ", offset, offset + 30)
    return space + 1 if space >= 0 else offset


def _word_end(text: str, offset: int) -> int:
    if offset >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, offset - 30), offset)
    return space if space >= 0 else offset


def _html(text: str, start: int, end: int, matches: Sequence[WordMatch]) -> str:
    pieces = ["… " if start > 0 else ""]
    at = start
    for match in matches:
        if match.start < at or match.end > end:
            continue
        pieces += [
            escape(text[at : match.start]),
            "<mark>",
            escape(text[match.start : match.end]),
            "</mark>",
        ]
        at = match.end
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return " ".join("".join(pieces).split())
