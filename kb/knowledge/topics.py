"""The subjects of a document's sentences: the headings and list items they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.model import Document, OffsetMap
from kb.swedish.analysis import default_analyzer
from kb.swedish.stopwords import is_stopword
from kb.swedish.tables import words

_POINT = re.compile(r"^(?P<indent>[ \t]*)[-–•·*](?=\s)[ \t]*(?P<words>.*)$", re.MULTILINE)
_ADDRESS = re.compile(r"<?https?://\S+")
_LONGEST_POINT = 60
"""Longest list item, in characters, that is a subject of the items below it."""

_SHORTEST_WORD = 3


def keys_of(text: str) -> list[str]:
    """Return the conflation classes of the content words of a text, each once."""
    found: dict[str, None] = {}
    for token in default_analyzer().tokens(_ADDRESS.sub(" ", text)):
        word = token.word
        if len(word.form) < _SHORTEST_WORD or is_stopword(word.form):
            continue
        found[word.key] = None
        found.update(dict.fromkeys(word.part_keys))
    return list(found)


def is_standing(heading: str) -> bool:
    """Tell whether a heading recurs in every meeting and names no subject."""
    return plain(heading) in _listed("standing_headings.txt")


def _is_part(heading: str) -> bool:
    """Tell whether a heading introduces a part of the point before it."""
    return plain(heading) in _listed("parts_of_points.txt")


def plain(heading: str) -> str:
    """Return the words of a heading without number, marks and capitals."""
    return heading.casefold().strip(" .:§()!0123456789")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words("kb.knowledge", name))


class Topics:
    """The headings and list items of a document, by place in the repaired text."""

    def __init__(self, document: Document, offsets: OffsetMap) -> None:
        # A heading is not a subject of itself, nor is a list item.
        self._headings = []
        about: tuple[str, ...] = ()
        for section in document.minutes.sections:
            if not _is_part(section.heading):
                standing = is_standing(section.heading)
                about = () if standing else tuple(keys_of(section.heading))
            if about:
                head = section.heading_span
                start = offsets.to_repaired(head.start, head.end).end
                end = offsets.to_repaired(section.span.start, section.span.end).end
                self._headings.append((start, end, about))
        self._points = list(_points(document.repaired.text))

    def heading_at(self, place: int) -> tuple[str, ...]:
        """Return the keys of the innermost heading that holds a place."""
        holding = [heading for heading in self._headings if heading[0] <= place < heading[1]]
        return min(holding, key=lambda heading: heading[1] - heading[0], default=(0, 0, ()))[2]

    def points_at(self, place: int) -> tuple[str, ...]:
        """Return the keys of all list items that hold a place."""
        holding = (point[2] for point in self._points if point[0] <= place < point[1])
        return tuple(dict.fromkeys(key for keys in holding for key in keys))


def _points(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield list items that have others below them, from after their words to their end."""
    open_: list[tuple[int, int, str, bool]] = []
    for match in _POINT.finditer(text):
        indent = len(match["indent"].expandtabs())
        while open_ and open_[-1][0] >= indent:
            yield from _closed(open_.pop(), match.start())
        open_ = [(*point[:3], True) for point in open_]
        open_.append((indent, match.end(), match["words"], False))
    for point in open_:
        yield from _closed(point, len(text))


def _closed(
    point: tuple[int, int, str, bool], end: int
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    _, start, label, is_parent = point
    if is_parent and len(label) <= _LONGEST_POINT:
        yield start, end, tuple(keys_of(label))
