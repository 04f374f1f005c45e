"""What people undertake: who will do what, by when.

Somebody known from the list of people stands beside a word for undertaking
(`data/action_verbs.tsv`), as its subject before it ("Anne pratar med Nacka"), after it
("Till nästa träff sammanställer Linda …") or with a modal ("kommer Johan förbereda …").
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.model import Action, Meeting, Participant, Span
from kb.parse.cues import Cue, Cues, Words
from kb.parse.phrases import PACKAGE, months
from kb.parse.reading import Reading
from kb.swedish.municipalities import by_name
from kb.swedish.tables import rows, words

_NAME = (
    r"[A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?(?:\s[A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?){0,3}"
)
_LIST = rf"{_NAME}(?:(?:,\s+|\s+(?:och|samt|&)\s+){_NAME})*"
_SUBJECT = re.compile(rf"\b({_LIST}),?\s+(?:som\s+)?(?:också\s+|även\s+|sedan\s+)?$")
_SUBJECT_AFTER = re.compile(rf"\s+({_LIST})\b")
_BETWEEN = re.compile(r",\s+|\s+(?:och|samt|&)\s+")
_BY = re.compile(r"\b(?:till|senast|innan|före|inför|den)\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:till|inför|innan|på|vid)\s+n\wsta\s+(?:m\wte|tr\wff|g\wng)", re.IGNORECASE
)
_MONTH = re.compile(
    r"\b(?:i|under|före|innan)\s+(?:början av\s+|slutet av\s+|mitten av\s+)?([^\W\d_]{3,9})\b"
)
_WINDOW = 110


@dataclass(frozen=True, slots=True)
class _Found:
    who: tuple[str, ...]
    start: int
    end: int
    what: str


def find_actions(
    reading: Reading,
    people: Sequence[Participant],
    meetings: Sequence[Meeting],
    base: dt.date | None,
) -> tuple[Action, ...]:
    """Return the undertakings in the order of the text.

    Args:
        reading: The text.
        people: Those who may undertake something.
        meetings: The meetings to come, for "till nästa möte".
        base: The likeliest date of the minutes, from which dates are worked out.
    """
    known = {person.name for person in people} | {person.name.split()[0] for person in people}
    actions = []
    for at, (sentence, text, said) in enumerate(reading.said):
        for found in _in_sentence(sentence, text, said, known):
            due = _due(reading, sentence, meetings, base)
            if due is None and at + 1 < len(reading.said):
                due = _promised(reading, reading.sentences[at + 1], found.who, base)
            span = reading.source(found.start, found.end)
            actions.append(Action(found.who, found.what, span, due, 0.75))
    return tuple(actions)


@cache
def _verbs() -> Cues:
    """Both forms of every verb, each row saying which form it is."""
    table = rows(PACKAGE, "action_verbs.tsv")
    present = tuple((row[0], "present") for row in table)
    return Cues(present + tuple((row[1], "infinitive") for row in table))


@cache
def _modals() -> str:
    longest = sorted(words(PACKAGE, "modals.txt"), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)


@cache
def _with_modal() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"\b({_LIST}),?\s+(?:{_modals()})\s+(?:\w+\s+)?$"),
        re.compile(rf"\b(?:{_modals()})\s+({_LIST})\s+(?:att\s+)?$"),
    )


@cache
def _fronted() -> frozenset[str]:
    return frozenset(words(PACKAGE, "fronted.txt"))


def _in_sentence(sentence: Span, text: str, said: Words, known: set[str]) -> Iterator[_Found]:
    if text.endswith("?"):
        return
    reached = 0
    for cue in _verbs().find(said):
        if cue.start < reached:
            continue
        found = _subject(text, cue, known)
        if found is None:
            continue
        who, start, rest = found
        what = text[cue.start : cue.end] + text[rest:]
        yield _Found(
            who, sentence.start + start, sentence.end, " ".join(what.split()).rstrip(" .!")
        )
        reached = len(text)


def _subject(text: str, cue: Cue, known: set[str]) -> tuple[tuple[str, ...], int, int] | None:
    """Return who does it, where the undertaking begins, and where what is done goes on."""
    low = max(0, cue.start - _WINDOW)
    if cue.row[1] == "infinitive":
        before, inverted = _with_modal()
        if (match := before.search(text, low, cue.start)) and (who := _who(match, known)):
            return who, match.start(), cue.end
        if (match := inverted.search(text, low, cue.start)) and (who := _who(match, known)):
            return who, 0, cue.end
        return None
    if (match := _SUBJECT.search(text, low, cue.start)) and (who := _who(match, known)):
        return who, match.start(), cue.end
    first = text[: cue.start].split(maxsplit=1)
    if first and first[0].casefold() in _fronted():
        match = _SUBJECT_AFTER.match(text, cue.end)
        if match and (who := _who(match, known)):
            return who, 0, match.end()
    return None


def _who(match: re.Match[str], known: set[str]) -> tuple[str, ...]:
    names = [" ".join(name.split()) for name in _BETWEEN.split(match.group(1))]
    people = [name for name in names if name in known or not by_name(name)]
    return tuple(people) if any(name in known for name in people) else ()


def _due(
    reading: Reading, sentence: Span, meetings: Sequence[Meeting], base: dt.date | None
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


def _promised(
    reading: Reading, sentence: Span, who: tuple[str, ...], base: dt.date | None
) -> dt.date | None:
    """Return when the next sentence says that the same person will be done."""
    text = reading.text[sentence.start : sentence.end]
    if base is None or not any(text.startswith(name.split()[0]) for name in who):
        return None
    return _month_end(reading, sentence, base) if " kommer " in text else None


def _month_end(reading: Reading, sentence: Span, base: dt.date) -> dt.date | None:
    """Return the last day of the month the sentence names ("i januari")."""
    for match in _MONTH.finditer(reading.text, sentence.start, sentence.end):
        month = months().exact(match.group(1))
        if month:
            year = base.year + (month < base.month)
            return dt.date(year, month, calendar.monthrange(year, month)[1])
    return None
