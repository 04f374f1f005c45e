"""What the meeting decided, and what it put off."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from kb.model import Decision, Postponed, Span
from kb.parse.bodies import find_body
from kb.parse.cues import Cue, cues
from kb.parse.headings import Heading
from kb.parse.lines import Line, Mark
from kb.parse.phrases import PACKAGE
from kb.parse.reading import Reading, squeeze
from kb.swedish.closed_list import Vocabulary, vocabulary
from kb.swedish.tables import words

_SUBORDINATE = frozenset(("som", "att", "om", "när", "inte"))
_NEAR = 5
"""Words between whoever decides and the word for deciding."""

_DECIDED = frozenset(("beslut", "mötets beslut", "gruppens beslut"))


def find_decisions(reading: Reading, headings: Sequence[Heading]) -> tuple[Decision, ...]:
    """Return the decisions in the order of the text."""
    found: dict[int, Decision] = {}
    for start, end, sure in (*_labelled(reading, headings), *_said(reading, headings)):
        if not any(d.span.start <= start < d.span.end for d in found.values()):
            span = reading.source(start, end)
            found.setdefault(start, Decision(reading.words(start, end), span, sure))
    return tuple(found[start] for start in sorted(found))


def _said(reading: Reading, headings: Sequence[Heading]) -> Iterator[tuple[int, int, float]]:
    """Said in a sentence whose subject is the meeting: "Gruppen enas om att …"."""
    for sentence, text, said in reading.said:
        if text.endswith("?"):
            continue
        for cue in cues("decision_cues.tsv").find(said):
            if "förslag" in text[: cue.start].casefold():
                break  # proposed, not decided
            free = len(cue.row) > 1 and cue.row[1] == "free"
            if (free or _decided_by_meeting(text, cue)) and not _elsewhere(reading, sentence, cue):
                start = _after_heading(sentence.start, sentence.start + cue.start, headings)
                yield start, _whole_list(reading, sentence), 0.6 if free else 0.85
                break


def _decided_by_meeting(text: str, cue: Cue) -> bool:
    before = text[: cue.start].replace(",", " ,").split()[-_NEAR:]
    if before and before[-1] == ",":
        return False
    for word in reversed(before):
        lowered = word.strip(',:;”"(').casefold()
        if lowered in _deciders() or find_body(lowered):
            return True
        if lowered in _SUBORDINATE:
            return False
    return False


def _elsewhere(reading: Reading, sentence: Span, cue: Cue) -> bool:
    """Tell whether a date right after the word makes it a decision of another day."""
    end = sentence.start + cue.end
    return any(date.year is not None for date in reading.dates_in(end, end + 8))


@cache
def _deciders() -> frozenset[str]:
    return frozenset(words(PACKAGE, "deciders.txt"))


@cache
def _after() -> Vocabulary[str]:
    return vocabulary(words(PACKAGE, "after_decision.txt"))


def _after_heading(start: int, cue: int, headings: Sequence[Heading]) -> int:
    """Return where the sentence begins when a heading runs into it."""
    at = bisect_left(headings, cue, key=lambda heading: heading.start) - 1
    if at >= 0 and start <= headings[at].end <= cue and headings[at].words >= start:
        return headings[at].end + 2  # past the colon and its space
    return start


def _whole_list(reading: Reading, sentence: Span) -> int:
    """Return the end of the sentence, with the list that follows its colon."""
    end = sentence.end
    line = reading.line_at(end - 1)
    if line is None or reading.text[end - 1] != ":":
        return end
    for at in range(line.index + 1, len(reading.lines)):
        below = reading.lines[at]
        listed = below.mark is Mark.BULLET or reading.dates_in(below.start, below.start + 12)
        if not listed or below.gap > 2:
            break
        end = below.end
    return end


def _labelled(reading: Reading, headings: Sequence[Heading]) -> Iterator[tuple[int, int, float]]:
    """What stands under a line "Beslut", up to the next such line or an empty stretch."""
    starts = {heading.line for heading in headings}
    for line in reading.lines:
        words_, _, rest = line.text.partition(":")
        if words_.strip(" *").casefold() not in _DECIDED:
            continue
        if rest.strip():
            yield line.end - len(rest.strip()), _paragraph_end(reading, line), 0.85
            continue
        body = _body(reading, line, starts)
        if body:
            yield body[0].start, body[-1].end, 0.85


def _paragraph_end(reading: Reading, line: Line) -> int:
    end = line.end
    for at in range(line.index + 1, len(reading.lines)):
        below = reading.lines[at]
        if not reading.layout.continues(below.index):
            break
        end = below.end
    return end


def _body(reading: Reading, line: Line, starts: set[int]) -> list[Line]:
    taken: list[Line] = []
    for below in reading.lines[line.index + 1 : line.index + 40]:
        label = len(below.text) <= 30 and below.text[-1] not in ".,:" and below.gap > 0 and taken
        if below.index in starts or label or (taken and below.gap > 1):
            break
        if below.mark in (Mark.HASH, Mark.PARAGRAPH) or _after().like(below.text.rstrip(":")):
            break
        taken.append(below)
    return taken


def find_postponed(reading: Reading) -> tuple[Postponed, ...]:
    """Return the sentences that put a point off to a later meeting."""
    found = []
    for sentence, text, said in reading.said:
        if next(cues("postponed_cues.txt").find(said), None):
            span = reading.source(sentence.start, sentence.end)
            found.append(Postponed(squeeze(text), span, 0.85))
    return tuple(found)
