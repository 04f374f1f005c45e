"""Compares facts aggregated across documents with those of careful readers, item by item."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.knowledge import Filter, KnowledgeBase
from kb.knowledge.answers import Stated
from kb.lab.evaluate.knowledge_gold import (
    Announcement,
    GoldFollowup,
    Item,
    NamePair,
    Place,
    overlap,
)
from kb.lab.evaluate.knowledge_library import GoldLibrary
from kb.lab.evaluate.minutes_compare import Verdict
from kb.model import ACTION, POSTPONED, Span, StatementKind


class KnowledgeKind(StrEnum):
    """What is compared; the words are those of `kb eval knowledge --errors`."""

    PERSON = "person"
    SHOWN = "shown"  # a later sentence that is shown beside an undertaking
    MENTIONED = "mentioned"  # an undertaking that later minutes mention
    POSTPONED = "postponed"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class KnowledgeOutcome:
    """One comparison.

    Attributes:
        kind: What was compared.
        verdict: RIGHT, MISSED (in the gold only) or FALSE (found only). Two names rightly kept
            apart are no outcome, as the figures count joins.
        item: The gold.
        shown: What was found instead.
    """

    kind: KnowledgeKind
    verdict: Verdict
    item: Item
    shown: str = ""


def people(pairs: Iterable[NamePair], version: GoldLibrary) -> Iterator[KnowledgeOutcome]:
    """Compare the joins of names."""
    for pair in pairs:
        keys = [_person(named.path, named.places, version) for named in (pair.one, pair.other)]
        joined = None not in keys and keys[0] == keys[1]
        if joined or pair.same:
            verdict = {(True, True): Verdict.RIGHT, (True, False): Verdict.FALSE}.get(
                (joined, pair.same), Verdict.MISSED
            )
            yield KnowledgeOutcome(KnowledgeKind.PERSON, verdict, pair, f"{keys[0]} / {keys[1]}")


def _person(path: str, places: Sequence[Place], version: GoldLibrary) -> str | None:
    """Return the person that the knowledge base assigns to a name, None if it has none."""
    carried = [version.place(path, Span(*place)) for place in places]
    found = [
        mention for mention in version.known.mentions(path)
        if any(overlap((mention.start, mention.end), place) for place in carried)
    ]  # fmt: skip
    return next((mention.key for mention in found if mention.key), None)


def undertakings(items: Iterable[GoldFollowup], known: KnowledgeBase) -> Iterator[KnowledgeOutcome]:
    """Compare the later sentences shown beside undertakings."""
    stated = _statements(known, ACTION)
    for item in items:
        statement = _stated(item, stated[item.path])
        right = [_is_among(quote.source.path, (quote.start, quote.end), item)
                 for quote in (statement.later if statement else ())]  # fmt: skip
        for is_right, quote in zip(right, statement.later if statement else (), strict=True):
            verdict = Verdict.RIGHT if is_right else Verdict.FALSE
            yield KnowledgeOutcome(
                KnowledgeKind.SHOWN, verdict, item, f"{quote.source.path}: {quote.text}"
            )
        if item.later:
            verdict = Verdict.RIGHT if any(right) else Verdict.MISSED
            shown = "" if statement else "åtagandet är inte funnet"
            yield KnowledgeOutcome(KnowledgeKind.MENTIONED, verdict, item, shown)


def postponed(items: Iterable[GoldFollowup], known: KnowledgeBase) -> Iterator[KnowledgeOutcome]:
    """Compare whether postponed points were taken up later, and where."""
    stated = _statements(known, POSTPONED)
    for item in items:
        statement = _stated(item, stated[item.path])
        later = statement.later if statement else ()
        there = [_is_among(quote.source.path, (quote.start, quote.end), item) for quote in later]
        right = statement is not None and (any(there) if item.later else not later)
        found = [f"{quote.source.path}: {quote.text}" for quote in later]
        shown = "punkten är inte funnen" if statement is None else "; ".join(found) or "öppen"
        yield KnowledgeOutcome(
            KnowledgeKind.POSTPONED, Verdict.RIGHT if right else Verdict.MISSED, item, shown
        )


def announced(items: Iterable[Announcement], known: KnowledgeBase) -> Iterator[KnowledgeOutcome]:
    """Compare which announced meetings have minutes."""
    coming = known.coming(dt.date.min)
    for item in items:
        found = [
            meeting for meeting in coming
            if meeting.date == item.date and any(q.source.path == item.path for q in meeting.quotes)
        ]  # fmt: skip
        held = {path for meeting in found for path in meeting.held}
        right = bool(found) and (item.held in held if item.held else not held)
        shown = ", ".join(sorted(held)) or (
            "inga anteckningar" if found else "mötet är inte funnet"
        )
        yield KnowledgeOutcome(
            KnowledgeKind.ANNOUNCED, Verdict.RIGHT if right else Verdict.MISSED, item, shown
        )


def _statements(known: KnowledgeBase, kind: StatementKind) -> defaultdict[str, list[Stated]]:
    found: defaultdict[str, list[Stated]] = defaultdict(list)
    for statement in known.statements(Filter(kind.name), most=-1).statements:
        found[statement.quote.source.path].append(statement)
    return found


def _stated(item: GoldFollowup, stated: Iterable[Stated]) -> Stated | None:
    """Return the statement that has most in common with the gold, None if none has anything."""
    common = [
        (overlap((statement.quote.start, statement.quote.end), item.span), statement)
        for statement in stated
    ]
    most, best = max(common, key=lambda pair: pair[0], default=(0, None))
    return best if most else None


def _is_among(path: str, place: Place, item: GoldFollowup) -> bool:
    return any(mention.path == path and overlap(mention.span, place) for mention in item.later)
