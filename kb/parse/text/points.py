"""The parts of a point: what was decided, what was proposed, what led to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.parse.text.headings import TextHeading
from kb.parse.text.lines import TERMINAL, LineMark, TextLine
from kb.parse.text.phrases import parts
from kb.parse.text.reading import ParsedText

_FOR = re.compile(r"\s(?:i|inför|till|från)\s")
_LONGEST = 60
_SHORT = 30


@dataclass(frozen=True, slots=True)
class PointPart:
    """A part of a point, from below its label to the next; offsets of the repaired text."""

    kind: str
    start: int
    end: int


def read_parts(reading: ParsedText, headings: Sequence[TextHeading]) -> list[PointPart]:
    """Return the labelled parts in the order of the text."""
    starts = {heading.line for heading in headings}
    for heading in headings:  # a case number may stand before the words
        first = reading.line_at(heading.start)
        if first and heading.start < first.end:
            starts.add(first.index)
    found: list[PointPart] = []
    kind, begin = "", 0
    for line in reading.lines:
        label = _labelled(reading, line)
        if label is None and line.index not in starts:
            if kind != "decision" or not _unknown_label(reading, line, begin):
                continue
            label = ("", line.start)
        if kind:
            found.append(PointPart(kind, begin, line.outer))
        kind, begin = label or ("", 0)
        if kind and begin < line.end:  # said on the line of its label
            end = _paragraph_end(reading, line)
            found.append(PointPart(kind, begin, end))
            kind = ""
    if kind:
        found.append(PointPart(kind, begin, len(reading.text)))
    return found


def _labelled(reading: ParsedText, line: TextLine) -> tuple[str, int] | None:
    """Return the kind of part that `line` opens, and where it begins."""
    words, colon, rest = line.text[: _LONGEST + 1].partition(":")
    if len(line.text) > _LONGEST and not colon:
        return None
    if line.mark in (LineMark.NUMBER, LineMark.BULLET) and not colon:
        return None
    kind = _kind(words.strip(" *_"))
    if kind is None:
        return None
    if line.text[0].islower() and line.gap == 0 and line.index:
        above = reading.lines[line.index - 1].text
        if above[-1] not in TERMINAL:  # "lämnat följande förslag till ⏎ beslut:"
            kind = _over_two_lines(above, words) if colon else None
            if kind is None:
                return None
    whole = line.text[len(words) + 1 :]
    if rest.strip(" *_"):
        return kind, line.end - len(whole.lstrip(" *_"))
    return kind, line.end


def _over_two_lines(above: str, words: str) -> str | None:
    """Return the kind of part of a label whose last words `above` and here make it up."""
    before = above.split()
    found = (_kind(" ".join([*before[-count:], words])) for count in (2, 1))
    return next(filter(None, found), None)


@lru_cache(maxsize=20_000)
def _kind(words: str) -> str | None:
    """Return the kind of part that a label opens, also with whose it is and for whom."""
    if not 3 <= len(words) <= _LONGEST or words[-1] in ".,;!?":
        return None
    if known := parts().like(words):
        return known
    first, _, rest = words.partition(" ")
    if first.endswith("s") and rest[:1].islower() and (known := parts().like(rest)):
        return known
    head = _FOR.split(words, maxsplit=1)[0]
    if head != words and head[0].isupper():
        return parts().like(head) or (parts().like(head.partition(" ")[2]) if " " in head else None)
    return None


def _unknown_label(reading: ParsedText, line: TextLine, begin: int) -> bool:
    """Tell whether a short line with space around it ends a decision, whatever it says."""
    before = reading.lines[line.index - 1] if line.index else None
    return (
        len(line.text) <= _SHORT
        and line.text[-1] not in ".,:;"
        and line.gap > 0
        and line.mark is LineMark.NONE
        and line.text[0].isupper()
        and before is not None
        and before.start >= begin
        and before.text[-1] in ".!?"
    )


def _paragraph_end(reading: ParsedText, line: TextLine) -> int:
    end = line.end
    for below in reading.lines[line.index + 1 :]:
        if not reading.layout.continues(below.index):
            break
        end = below.end
    return end


def covering(parts_: Sequence[PointPart], offset: int) -> bool:
    """Tell whether one of the parts, in the order of the text, holds `offset`."""
    at = bisect_left(parts_, offset + 1, key=lambda part: part.start) - 1
    return at >= 0 and offset < parts_[at].end
