"""Later mentions of statements that can be open, in the minutes of the same group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kb.knowledge.document_facts import DocumentFacts, SectionRow, Statement
from kb.knowledge.matching import Said, SentenceMatch
from kb.knowledge.mentions import Mentions
from kb.model import STATEMENT_KINDS, FollowUp

MEETINGS = 6
"""Number of later meetings searched; what comes back after that counts as new."""

TAKEN_UP = 0.6
"""Share of a postponed point's words, by weight, that a later heading or sentence must have."""

_RARE_WORDS = 2
"""Number of rare words that must be shared."""

_AS_SAID = frozenset({"bordlägga", "uppskjuta", "punkt", "fråga", "ärende", "möte", "nästa", "tas"})


@dataclass(frozen=True, slots=True)
class FollowedStatement:
    """A statement of a document and the later sentences that mention it."""

    document: DocumentFacts
    number: int
    statement: Statement
    matches: tuple[SentenceMatch, ...]


def followed(meetings: Sequence[DocumentFacts]) -> Iterator[FollowedStatement]:
    """Yield every statement of a group that can be open, with its later mentions.

    Args:
        meetings: The group's documents in order of date; those without a date left out.
    """
    said, mentions = Said(meetings), Mentions(meetings)
    for place, document in enumerate(meetings):
        coming = (meetings[number] for number in range(place + 1, len(meetings)))
        later = list(
            islice((o for o in coming if o.likely not in (None, document.likely)), MEETINGS)
        )
        for number, statement in enumerate(document.statements):
            state = STATEMENT_KINDS[statement.kind].state
            if state is None:
                continue
            if state.how is FollowUp.MENTIONED:
                matches = tuple(mentions.of(document, statement, later))
            else:
                matches = _taken_up(document, statement, later, said)
            yield FollowedStatement(document, number, statement, matches)


def _taken_up(
    document: DocumentFacts, statement: Statement, later: Sequence[DocumentFacts], said: Said
) -> tuple[SentenceMatch, ...]:
    """Return where a postponed point came back: by its heading, or by its words."""
    case = next((c.number for c in document.cases if c.start <= statement.start < c.end), None)
    if case is not None:
        return _dealt_with(case, later)
    section = _section(document, statement)
    heading = list(section.keys) if section else []
    words = [key for key in statement.keys if key.casefold() not in _AS_SAID]
    for other in later:
        for sought in (heading, words):
            rare_words = min(_RARE_WORDS, len(sought))
            if sought and (match := said.best(sought, other, rare_words, lambda _: TAKEN_UP)):
                return (match,)
    return ()


def _dealt_with(case: str, later: Sequence[DocumentFacts]) -> tuple[SentenceMatch, ...]:
    """Return where a case was first dealt with; only its number is compared, not its words."""
    for other in later:
        for there in other.cases:
            if there.number == case:
                said = [s for s in other.sentences if there.start <= s.start < there.end]
                # The first sentence is the paragraph's number, the second its subject.
                return (SentenceMatch(other, said[min(1, len(said) - 1)], 1.0),)
    return ()


def _section(document: DocumentFacts, statement: Statement) -> SectionRow | None:
    """Return the innermost section a statement stands in."""
    holding = [s for s in document.sections if s.start <= statement.start < s.end]
    return min(holding, key=lambda s: s.end - s.start, default=None)
