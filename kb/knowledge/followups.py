"""What became of statements that can be open in the later meetings of the same group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kb.knowledge.document_facts import DocumentFacts, SectionRow, Statement
from kb.knowledge.matching import Said, SentenceMatch
from kb.knowledge.mentions import Mentions
from kb.model import STATEMENT_KINDS, FollowUp

MEETINGS = 6
"""Later meetings that are looked through; what comes back after that is a new thing."""

TAKEN_UP = 0.6
"""Share of a postponed point's words, by weight, that a later heading or sentence must have."""

_TELLING = 2
"""Words of few documents that must be shared."""

_AS_SAID = frozenset({"bordlägga", "uppskjuta", "punkt", "fråga", "ärende", "möte", "nästa", "tas"})


@dataclass(frozen=True, slots=True)
class FollowedStatement:
    """A statement of a document and the later sentences that speak of it."""

    contribution: DocumentFacts
    number: int
    statement: Statement
    matches: tuple[SentenceMatch, ...]


def followed(meetings: Sequence[DocumentFacts]) -> Iterator[FollowedStatement]:
    """Yield every statement of a group that can be open, with what became of it.

    Args:
        meetings: The group's documents in order of date; those without a date left out.
    """
    said, mentions = Said(meetings), Mentions(meetings)
    for place, own in enumerate(meetings):
        coming = (meetings[number] for number in range(place + 1, len(meetings)))
        later = list(islice((o for o in coming if o.likely not in (None, own.likely)), MEETINGS))
        for number, statement in enumerate(own.statements):
            state = STATEMENT_KINDS[statement.kind].state
            if state is None:
                continue
            if state.how is FollowUp.MENTIONED:
                matches = tuple(mentions.of(own, statement, later))
            else:
                matches = _taken_up(own, statement, later, said)
            yield FollowedStatement(own, number, statement, matches)


def _taken_up(
    own: DocumentFacts, statement: Statement, later: Sequence[DocumentFacts], said: Said
) -> tuple[SentenceMatch, ...]:
    """Return where a point that was put off came back: under its heading, or in so many words."""
    case = next((c.number for c in own.cases if c.start <= statement.start < c.end), None)
    if case is not None:
        return _dealt_with(case, later)
    section = _section(own, statement)
    heading = list(section.keys) if section else []
    words = [key for key in statement.keys if key.casefold() not in _AS_SAID]
    for other in later:
        for sought in (heading, words):
            telling = min(_TELLING, len(sought))
            if sought and (match := said.best(sought, other, telling, lambda _: TAKEN_UP)):
                return (match,)
    return ()


def _dealt_with(case: str, later: Sequence[DocumentFacts]) -> tuple[SentenceMatch, ...]:
    """Return where a case was first dealt with: it is that or another, so its words say nothing."""
    for other in later:
        for own in other.cases:
            if own.number == case:
                said = [s for s in other.sentences if own.start <= s.start < own.end]
                # The first sentence is the number of the paragraph; the second what it is about.
                return (SentenceMatch(other, said[min(1, len(said) - 1)], 1.0),)
    return ()


def _section(own: DocumentFacts, statement: Statement) -> SectionRow | None:
    """Return the innermost section a statement stands in."""
    holding = [s for s in own.sections if s.start <= statement.start < s.end]
    return min(holding, key=lambda s: s.end - s.start, default=None)
