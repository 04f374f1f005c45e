"""What became of undertakings and postponed points in the later meetings of the same group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kb.knowledge.contribution import Contribution, Kind, Section, Statement
from kb.knowledge.matching import Match, Said
from kb.knowledge.names import tokens
from kb.knowledge.sentences import Sentence

MEETINGS = 6
"""Later meetings that are looked through; what comes back after that is a new thing."""

MENTIONED = 0.5
"""Share of an undertaking's words, by weight, that a later sentence must have."""

_WITH_WHO = 0.15
"""So much less is enough where whoever undertook it is named as well."""

TAKEN_UP = 0.6
"""The same of a postponed point and a later heading or sentence."""

_TELLING = 2
"""Words of few documents that must be shared."""

_AS_SAID = frozenset({"bordlägga", "uppskjuta", "punkt", "fråga", "ärende", "möte", "nästa", "tas"})


@dataclass(frozen=True, slots=True)
class Followed:
    """A statement of a document and the later sentences that speak of it."""

    contribution: Contribution
    number: int
    statement: Statement
    matches: tuple[Match, ...]


def followed(meetings: Sequence[Contribution]) -> Iterator[Followed]:
    """Yield every undertaking and postponed point of a group with what became of it.

    Args:
        meetings: The group's documents in order of date; those without a date left out.
    """
    said = Said(meetings)
    for place, own in enumerate(meetings):
        coming = (meetings[number] for number in range(place + 1, len(meetings)))
        later = list(islice((o for o in coming if o.likely not in (None, own.likely)), MEETINGS))
        for number, statement in enumerate(own.statements):
            if statement.kind is Kind.ACTION:
                yield Followed(own, number, statement, _mentions(statement, later, said))
            elif statement.kind is Kind.POSTPONED:
                yield Followed(own, number, statement, _taken_up(own, statement, later, said))


def _mentions(statement: Statement, later: Sequence[Contribution], said: Said) -> tuple[Match, ...]:
    who = {tokens(name)[0] for name in statement.who if tokens(name)}
    sought = [key for key in statement.keys if key.casefold() not in who]

    def enough(sentence: Sentence) -> float:
        return MENTIONED - (_WITH_WHO if who & set(tokens(sentence.text)) else 0)

    found = (said.best(sought, other, _TELLING, enough) for other in later)
    return tuple(match for match in found if match)


def _taken_up(
    own: Contribution, statement: Statement, later: Sequence[Contribution], said: Said
) -> tuple[Match, ...]:
    """Return where a point that was put off came back: under its heading, or in so many words."""
    section = _section(own, statement)
    heading = list(section.keys) if section else []
    words = [key for key in statement.keys if key.casefold() not in _AS_SAID]
    for other in later:
        for sought in (heading, words):
            telling = min(_TELLING, len(sought))
            if sought and (match := said.best(sought, other, telling, lambda _: TAKEN_UP)):
                return (match,)
    return ()


def _section(own: Contribution, statement: Statement) -> Section | None:
    """Return the innermost section a statement stands in."""
    holding = [s for s in own.sections if s.start <= statement.start < s.end]
    return min(holding, key=lambda s: s.end - s.start, default=None)
