"""When an undertaking is to be done: by a date, the next meeting, or within a month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from kb.model import Meeting, Span
from kb.parse.text.phrases import months
from kb.parse.text.reading import ParsedText

_BY = re.compile(
    r"\b(?:till|senast|innan|före|inför|den|deadline)\s+(?:\S+\s+){0,3}$", re.IGNORECASE
)
_NEXT = re.compile(
    r"\b(?:till|inför|innan|på|vid)\s+n\wst(?:a|kommande)\s+[^\W\d]*(?:m\wte|tr\wff|g\wng|st\wmma)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:i|under|före|innan)\s+(?:början av\s+|slutet av\s+|mitten av\s+)?([^\W\d_]{3,9})\b"
)


def find_due(
    reading: ParsedText, sentence: Span, meetings: Sequence[Meeting], base: dt.date | None
) -> dt.date | None:
    """Return the day the sentence sets: a date, the next meeting, or the end of a month."""
    if base is None:
        return None
    for mention in reading.dates_in(sentence.start, sentence.end):
        if _BY.search(reading.text, max(sentence.start, mention.start - 40), mention.start):
            day = mention.after(base)
            if day and day >= base:
                return day
    if meetings and _NEXT.search(reading.text, sentence.start, sentence.end):
        return meetings[0].date
    return _month_end(reading, sentence, base)


def promised(
    reading: ParsedText, sentence: Span, who: tuple[str, ...], base: dt.date | None
) -> dt.date | None:
    """Return when the next sentence says that the same person will be done."""
    text = reading.text[sentence.start : sentence.end]
    if base is None or not any(text.startswith(name.split()[0]) for name in who):
        return None
    return _month_end(reading, sentence, base) if " kommer " in text else None


def _month_end(reading: ParsedText, sentence: Span, base: dt.date) -> dt.date | None:
    """Return the last day of the month the sentence names ("i januari")."""
    for match in _MONTH.finditer(reading.text, sentence.start, sentence.end):
        month = months().exact(match.group(1))
        if month:
            year = base.year + (month < base.month)
            return dt.date(year, month, calendar.monthrange(year, month)[1])
    return None
