"""Minutes about the same things, and what they share in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.search.results import Card, RelatedDocument
from kb.web import phrases
from kb.web.formats import enumeration
from kb.web.search.start import CardView, card_view


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A document and why it is shown."""

    card: CardView
    reason: str


def related_views(
    found: Iterable[RelatedDocument], neighbours: Iterable[Card | None]
) -> tuple[RelatedView, ...]:
    """Return documents about the same; those shown as the group's next meetings are left out."""
    shown = {card.id for card in neighbours if card}
    return tuple(
        RelatedView(card_view(own.card), _reason(own)) for own in found if own.card.id not in shown
    )


def _reason(own: RelatedDocument) -> str:
    reasons = [phrases.SAME_GROUP] if own.group else []
    if own.people:
        reasons.append(phrases.same_people(enumeration(list(own.people))))
    if own.words:
        reasons.append(phrases.same_words(enumeration(list(own.words))))
    return "; ".join(reasons)
