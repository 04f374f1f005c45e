"""Corrections of facts in words, for pages and the command line."""

from __future__ import annotations

from kb.model import Fact, FactCorrection

LABELS = {
    Fact.TITLE: "Titel",
    Fact.DATE: "Datum",
    Fact.GROUP: "Grupp",
    Fact.KIND: "Slag",
    Fact.MUNICIPALITY: "Kommun",
    Fact.PERSON: "Person",
    Fact.HIDDEN: "Avsnitt",
}
_NONE = {
    "date": "inget datum",
    "group": "ingen grupp",
    "role": "ingen roll",
    "title": "ingen titel",
    "municipality": "ingen kommun",
    "organisation": "ingen organisation",
}


def subject(fact: FactCorrection) -> str:
    """Return what a correction is about: "Datum", "Kommun Bjuv"."""
    label = LABELS[fact.fact]
    return f"{label} {fact.value}" if fact.subject[1] else label


def outcome(fact: FactCorrection) -> str:
    """Return what came of it: "2020-12-04", "deltog", "borttagen"."""
    if fact.remove:
        return "borttagen"
    if fact.fact is Fact.HIDDEN:
        return "dolt"
    if not fact.subject[1]:
        return fact.value or _NONE[fact.fact.value]
    what = ", ".join(value or _NONE[name] for name, value in fact.details.items())
    if fact.add:
        return f"tillagd: {what}" if what else "tillagd"
    return what


def verdict(fact: FactCorrection) -> str:
    """Return the same for a sentence: "rättat till 2020-12-04", "borttagen"."""
    told = fact.add or fact.remove or fact.fact is Fact.HIDDEN
    return outcome(fact) if told else f"rättat till {outcome(fact)}"
