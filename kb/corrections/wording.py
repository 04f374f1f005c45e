"""Corrections of facts in words, for pages and the command line."""

from __future__ import annotations

from kb.model import Fact, FactCorrection

_NO_DETAIL = {
    "role": "ingen roll",
    "title": "ingen titel",
    "municipality": "ingen kommun",
    "organisation": "ingen organisation",
}


def subject(fact: FactCorrection) -> str:
    """Return what a correction is about: "Datum", "Kommun Bjuv"."""
    label = fact.fact.kind.label
    return f"{label} {fact.value}" if fact.subject[1] else label


def outcome(fact: FactCorrection) -> str:
    """Return the result of it: "2020-12-04", "deltog", "borttagen"."""
    if fact.remove:
        return "borttagen"
    if fact.fact is Fact.HIDDEN:
        return "dolt"
    if not fact.subject[1]:
        return fact.value or fact.fact.kind.none
    what = ", ".join(value or _NO_DETAIL[name] for name, value in fact.details.items())
    if fact.add:
        return f"tillagd: {what}" if what else "tillagd"
    return what


def verdict(fact: FactCorrection) -> str:
    """Return the same for a sentence: "rättat till 2020-12-04", "borttagen"."""
    told = fact.add or fact.remove or fact.fact is Fact.HIDDEN
    return outcome(fact) if told else f"rättat till {outcome(fact)}"
