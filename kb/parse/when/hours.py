"""When a meeting began and ended, where its head does not say: "förklarade mötet öppnat kl 17"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache

from kb.parse.text.cues import cues, split_words
from kb.parse.text.lines import TextLine
from kb.parse.text.phrases import PACKAGE
from kb.parse.text.reading import ParsedText
from kb.parse.text.sieve import Sieve
from kb.parse.when.clocks import Clock, find_clocks
from kb.swedish.closed_list import vocabulary
from kb.swedish.tables import rows

_TOP = 80
"""Lines from the top within which a meeting is opened."""

_TAIL = 60
"""Lines from the end within which it is closed."""

_AFTER = 2
"""Lines below the words that may hold the time."""

_LONGEST_BELOW = 60


def opened(reading: ParsedText) -> dt.time | None:
    """Return the time at which the meeting was opened, if the text says so."""
    return next(_times(reading, reading.lines[:_TOP], "opening_cues.txt"), None)


def closed(reading: ParsedText) -> dt.time | None:
    """Return the time at which the meeting was closed, if the text says so."""
    found = list(_times(reading, reading.lines[-_TAIL:], "closing_cues.txt"))
    return found[-1] if found else None


def _times(reading: ParsedText, lines: Sequence[TextLine], name: str) -> Iterator[dt.time]:
    for line in lines:
        if not _meetings().places(line.text.split()):
            continue
        if any(cues(name).find(split_words(line.text))) and (clock := _clock(reading, line)):
            yield clock.time


@cache
def _meetings() -> Sieve:
    """Words of which every cue has one."""
    said = vocabulary(
        word
        for name in ("opening_cues.txt", "closing_cues.txt")
        for row in rows(PACKAGE, name)
        for word in row[0].split()
        if word.startswith(("möte", "sammanträd"))
    )
    return Sieve(said.phrase)


def _clock(reading: ParsedText, line: TextLine) -> Clock | None:
    """Return the time on the line, or right below it."""
    for last in reading.lines[line.index : line.index + 1 + _AFTER]:
        if last is not line and len(last.text) > _LONGEST_BELOW:
            break
        if clocks := find_clocks(reading.text, line.outer, last.end, bare=True):
            return clocks[0]
    return None
