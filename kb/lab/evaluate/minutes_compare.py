"""Compares parsed facts with those a careful reader listed, fact by fact."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeVar

from kb.lab.evaluate.minutes_gold import GoldMeeting, GoldPerson, MinutesGold
from kb.model import Meeting, Minutes, Participant, Presence, Role, Section, Span
from kb.swedish.analysis import default_analyzer

_OVERLAP = 0.5
"""Least overlap of two spans that match, as a share of the characters of either."""

_NEAR = 3
"""Characters that a heading may begin aside from the gold, or a section end.

More where nothing but the marks of a heading stands between.
"""

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")
SameName = Callable[[str, str], bool]
"""Tells whether the true name, first, and the one read are the same."""


class MinutesKind(StrEnum):
    """What is compared; the words are those of `kb eval parse --errors`."""

    DATE = "date"
    PERSON = "person"
    PRESENCE = "presence"
    GROUP = "group"
    TIME = "time"
    PLACE = "place"
    MUNICIPALITY = "municipality"
    SECTION = "section"
    END = "end"
    DECISION = "decision"
    ACTION = "action"
    POSTPONED = "postponed"
    MEETING = "meeting"
    VOICE = "voice"


class Verdict(Enum):
    """How a comparison went; the values are what a list of errors shows."""

    RIGHT = " "
    MISSED = "-"
    FALSE = "+"


@dataclass(frozen=True, slots=True)
class MinutesOutcome:
    """One comparison.

    Attributes:
        kind: What was compared.
        verdict: RIGHT, MISSED (in the gold only) or FALSE (found only). Where something is
            always there to be right or wrong, as the date, wrong is MISSED.
        span: Where, in the text as it was read; None for what has no place.
        shown: What was wanted or found, in a few words.
        sure: Confidence of what was found; None where it has none.
    """

    kind: MinutesKind
    verdict: Verdict
    span: Span | None = None
    shown: str = ""
    sure: float | None = None


def letters(name: str) -> str:
    """Return the letters and digits of `name`, ignoring case."""
    return "".join(c for c in unicodedata.normalize("NFC", name).casefold() if c.isalnum())


def same_name(true: str, read: str) -> bool:
    """Tell whether two names are equal apart from space, case and punctuation."""
    return letters(true) == letters(read)


def compare(
    gold: MinutesGold, minutes: Minutes, same: SameName = same_name
) -> Iterator[MinutesOutcome]:
    """Compare all that is in `gold`; spans of `minutes` are places in `gold.text`."""
    yield _date(gold, minutes.date.stated, minutes.date.span)
    yield from _people(gold.people, minutes.participants, same)
    group, place, time = minutes.group, minutes.place, minutes.time
    yield from _value(MinutesKind.GROUP, gold.group, group, _same_words)
    yield from _value(MinutesKind.PLACE, gold.place, place, same_name)
    stated = (gold.time, None) if gold.time else None
    yield from _value(MinutesKind.TIME, stated, time.strftime("%H:%M") if time else None, same_name)
    named = {(each.name, each.part): each.spans for each in minutes.municipalities}
    for name, part in sorted(gold.municipalities | named.keys()):
        span = next(iter(named.get((name, part), ())), None)
        verdict = _verdict((name, part) in gold.municipalities, (name, part) in named)
        yield MinutesOutcome(MinutesKind.MUNICIPALITY, verdict, span, f"{name}: {part}")
    yield from _sections(gold, minutes.sections)
    for kind, wanted, found in (
        (MinutesKind.DECISION, gold.decisions, [each.span for each in minutes.decisions]),
        (MinutesKind.ACTION, gold.actions, [each.span for each in minutes.actions]),
        (MinutesKind.POSTPONED, gold.postponed, [each.span for each in minutes.postponed]),
    ):
        yield from _spans(kind, wanted, found)
    yield from _meetings(gold.meetings, minutes.meetings)
    yield from _voices(gold.voices, [(each.municipality, each.span) for each in minutes.voices])


def _verdict(wanted: bool, found: bool) -> Verdict:
    return Verdict.RIGHT if wanted and found else Verdict.MISSED if wanted else Verdict.FALSE


def _date(gold: MinutesGold, stated: dt.date | None, span: Span | None) -> MinutesOutcome:
    verdict = Verdict.RIGHT if gold.date == stated else Verdict.MISSED
    return MinutesOutcome(
        MinutesKind.DATE, verdict, gold.date_span or span, f"{gold.date}, läst {stated}"
    )


def _value(
    kind: MinutesKind, wanted: tuple[str, Span | None] | None, found: str | None, same: SameName
) -> Iterator[MinutesOutcome]:
    """Compare what there is at most one of; a wrong value is both missed and false."""
    if wanted and found and same(wanted[0], found):
        yield MinutesOutcome(kind, Verdict.RIGHT, wanted[1], found)
        return
    if wanted:
        yield MinutesOutcome(kind, Verdict.MISSED, wanted[1], wanted[0])
    if found:
        yield MinutesOutcome(kind, Verdict.FALSE, None, found)


def _same_words(true: str, read: str) -> bool:
    """Tell whether two names of a group are the same apart from inflection."""
    return same_name(true, read) or _keys(true) == _keys(read)


def _keys(text: str) -> list[str]:
    return [token.word.key for token in default_analyzer().tokens(text)]


def _people(
    wanted: Sequence[GoldPerson], found: Sequence[Participant], same: SameName
) -> Iterator[MinutesOutcome]:
    def score(person: GoldPerson, read: Participant) -> float | None:
        right = same(person.name, read.name) or same(person.stands, read.name)
        return -float(_apart(person.span, read.span)) if right else None

    pairs, missed, false = _paired(wanted, found, score)
    for person, read in pairs:
        sure = read.confidence
        yield MinutesOutcome(MinutesKind.PERSON, Verdict.RIGHT, person.span, read.name, sure)
        right = (person.presence, person.role) == (read.presence, read.role)
        shown = f"{person.name}: {_part(person.presence, person.role)}"
        if right:
            yield MinutesOutcome(MinutesKind.PRESENCE, Verdict.RIGHT, person.span, shown)
        else:
            shown += f", läst {_part(read.presence, read.role)}"
            yield MinutesOutcome(MinutesKind.PRESENCE, Verdict.MISSED, person.span, shown)
    for person in missed:
        yield MinutesOutcome(MinutesKind.PERSON, Verdict.MISSED, person.span, person.name)
    for read in false:
        sure = read.confidence
        yield MinutesOutcome(MinutesKind.PERSON, Verdict.FALSE, read.span, read.name, sure)


def _part(presence: Presence, role: Role | None) -> str:
    return f"{presence}/{role or '–'}"


def _sections(gold: MinutesGold, found: Sequence[Section]) -> Iterator[MinutesOutcome]:
    def score(start: Span, section: Section) -> float | None:
        here, there = sorted((start.start, section.heading_span.start))
        close = there - here <= _NEAR or "\n" not in gold.text[here:there]
        return float(here - there) if close else None

    ends = {heading.span: heading.end for heading in gold.sections}
    pairs, missed, false = _paired([each.span for each in gold.sections], found, score)
    for heading, section in pairs:
        shown = heading.slice(gold.text)
        yield MinutesOutcome(MinutesKind.SECTION, Verdict.RIGHT, heading, shown)
        here, there = sorted((ends[heading].start, section.span.end))
        close = there - here <= _NEAR or not letters(gold.text[here:there])
        verdict = Verdict.RIGHT if close else Verdict.MISSED
        shown = f"{shown}: läst till {section.span.end}"
        yield MinutesOutcome(MinutesKind.END, verdict, ends[heading], shown)
    for heading in missed:
        yield MinutesOutcome(MinutesKind.SECTION, Verdict.MISSED, heading, heading.slice(gold.text))
    for section in false:
        yield MinutesOutcome(
            MinutesKind.SECTION, Verdict.FALSE, section.heading_span, section.heading
        )


def _spans(
    kind: MinutesKind, wanted: Sequence[Span], found: Sequence[Span]
) -> Iterator[MinutesOutcome]:
    pairs, missed, false = _paired(
        wanted, found, lambda a, b: share if (share := overlap(a, b)) >= _OVERLAP else None
    )
    yield from (MinutesOutcome(kind, Verdict.RIGHT, span) for span, _ in pairs)
    yield from (MinutesOutcome(kind, Verdict.MISSED, span) for span in missed)
    yield from (MinutesOutcome(kind, Verdict.FALSE, span) for span in false)


def _voices(
    wanted: Sequence[tuple[str, Span]], found: Sequence[tuple[str, Span]]
) -> Iterator[MinutesOutcome]:
    def score(one: tuple[str, Span], other: tuple[str, Span]) -> float | None:
        share = overlap(one[1], other[1])
        return share if one[0] == other[0] and share >= _OVERLAP else None

    pairs, missed, false = _paired(wanted, found, score)
    for verdict, each in (
        *((Verdict.RIGHT, one) for one, _ in pairs),
        *((Verdict.MISSED, one) for one in missed),
        *((Verdict.FALSE, one) for one in false),
    ):
        yield MinutesOutcome(MinutesKind.VOICE, verdict, each[1], each[0])


def _meetings(wanted: Sequence[GoldMeeting], found: Sequence[Meeting]) -> Iterator[MinutesOutcome]:
    def score(coming: GoldMeeting, read: Meeting) -> float | None:
        time = read.time.strftime("%H:%M") if read.time else None
        right = coming.date == read.date and coming.time in (None, time)
        return -float(_apart(coming.span, read.span)) if right else None

    pairs, missed, false = _paired(wanted, found, score)
    for coming, _ in pairs:
        yield MinutesOutcome(MinutesKind.MEETING, Verdict.RIGHT, coming.span)
    for coming in missed:
        shown = f"{coming.date} {coming.time or ''}"
        yield MinutesOutcome(MinutesKind.MEETING, Verdict.MISSED, coming.span, shown)
    for read in false:
        shown = f"{read.date} {read.time or ''}"
        yield MinutesOutcome(MinutesKind.MEETING, Verdict.FALSE, read.span, shown)


def overlap(first: Span, second: Span) -> float:
    """Return the characters common to two spans as a share of those of either, 0-1."""
    common = min(first.end, second.end) - max(first.start, second.start)
    either = max(first.end, second.end) - min(first.start, second.start)
    return max(0, common) / either if either else 1.0


def _apart(first: Span, second: Span) -> int:
    return abs(first.start - second.start)


def _paired(
    wanted: Sequence[Wanted],
    found: Sequence[Found],
    score: Callable[[Wanted, Found], float | None],
) -> tuple[list[tuple[Wanted, Found]], list[Wanted], list[Found]]:
    """Pair one to one, the best scores first; None as a score keeps two apart.

    Returns:
        The pairs in the order of `wanted`, what of `wanted` and what of `found` is left.
    """
    scored = [
        (-worth, i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(found)
        if (worth := score(one, other)) is not None
    ]
    mine: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in mine and j not in taken:
            mine[i] = j
            taken.add(j)
    return (
        [(wanted[i], found[mine[i]]) for i in sorted(mine)],
        [one for i, one in enumerate(wanted) if i not in mine],
        [other for j, other in enumerate(found) if j not in taken],
    )
