"""Pages that came out as one line: where its lines began.

Some readers give each page as one long line, so that labels, points and running text follow one
another without a break. A line begins at each label over people or facts, and at each point
whose number follows that of the point before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.parse.text.phrases import attendance_words, field_labels, people_labels

_LONG = 180
"""Characters from which on a line may be a page."""

_NUMBER = re.compile(
    r"(?<!\S)(\d{1,2})(\.?)\s+(?=[A-ZÅÄÖ])|(?<!\S)§\s?(\d{1,3})\b\.?\s+(?=[A-ZÅÄÖ])"
)
_BULLET = re.compile(r"(?<=\s)[•·●▪]\s+(?=\S)")
_LABEL = re.compile(
    r"(?<![^\s\d.])(?=[A-ZÅÄÖ])((?:[^\W\d_]+ ){0,2}[^\W\d_]{4,})(:|(?=\s+[A-ZÅÄÖ]))"
)
_GLUED = re.compile(r"(?<=\d)(?=[A-ZÅÄÖ][^\W\d_]{4,20}(?: [^\W\d_]+)?:)")
_SIGNING = ("Underskrifter", "Underskrift")
"""What stands before those who sign, and ends the list of those who came."""

_FEWEST = 2
_FEWEST_BARE = 3
"""Points numbered without a stop, at least: other figures stand before capitals too."""

_PAGE_NUMBER = re.compile(r"\d{1,3}(?:\s*\(\s*\d+\)?)?\s+(?=[^\W\d_]|\d+\.)")


def breaks(text: str, start: int, end: int, due: int) -> tuple[list[int], int]:
    """Return where lines begin within the long line `start:end`, and the number of the next point.

    Args:
        text: The whole text.
        start: Where the line begins.
        end: Where it ends.
        due: The number of the point that is to come, as the lines before have it.
    """
    if end - start < _LONG:
        glued = [match.start() for match in _GLUED.finditer(text, start, end)]
        return [at for at in glued if _glued_label(text, at)], due
    found = set(_labels(text, start, end))
    points, after = _points(text, start, end, due)
    found.update(points)
    if len(found) < _FEWEST and due == 1:
        return [], due
    if found and (match := _PAGE_NUMBER.match(text, start, min(end, min(found)))):
        found.add(match.end())
    if len(found) >= _FEWEST:
        found.update(match.start() for match in _BULLET.finditer(text, start, end))
    return sorted(found - {start}), after


def _glued_label(text: str, at: int) -> bool:
    """Tell whether a label over people begins at `at`, right after a date."""
    return people_labels().exact(text[at : text.index(":", at)]) is not None


def _points(text: str, start: int, end: int, due: int) -> tuple[list[int], int]:
    """Return where the points numbered `due` and on begin, and the number then due."""
    best: tuple[list[int], int] = ([], due)
    for first in dict.fromkeys((due, 1)):
        wanted, found, bare = first, [], 0
        for match in _NUMBER.finditer(text, start, end):
            if int(match[1] or match[3]) == wanted:
                found.append(match.start())
                bare += match[2] == ""
                wanted += 1
        if bare and len(found) < _FEWEST_BARE:
            continue
        if len(found) > len(best[0]):
            best = (found, wanted)
    return best


def _labels(text: str, start: int, end: int) -> Iterator[int]:
    for match in _LABEL.finditer(text, start, end):
        before = text[start : match.start()].rsplit(None, 1)
        if before and match[1].isupper() and before[-1].isupper() and len(before[-1]) > 1:
            continue  # within words in capitals
        words = match[1].split()
        for first in range(len(words)):
            label = " ".join(words[first:])
            if _is_label(label, colon=match[2] == ":"):
                yield match.start() + len(match[1]) - len(label)
                break


def _is_label(label: str, *, colon: bool) -> bool:
    """Tell whether `label` begins a line: one over people, or one of a field before a colon."""
    if not label[0].isupper():
        return False
    people = people_labels().exact(label)
    if people is not None:
        return colon or people.role is None or " " in label or label.isupper()
    if colon:
        return field_labels().exact(label) is not None
    if label in _SIGNING:
        return True
    return label.isupper() and bool(attendance_words().exact(label))
