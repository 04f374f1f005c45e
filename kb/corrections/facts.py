"""One entry of a sidecar about a fact: parsed strictly, with errors in Swedish."""

from __future__ import annotations

import datetime as dt
import unicodedata
from enum import StrEnum
from typing import Any

from kb.corrections.entries import place, who_and_when
from kb.model import Fact, FactCorrection, Part, Presence, Role
from kb.swedish.municipalities import by_name

LONGEST = 300
"""Characters of a value."""

_CHOICES: dict[str, type[StrEnum]] = {"part": Part, "presence": Presence, "role": Role}
_REQUIRED = frozenset({"name", "part", "presence"})
"""Details that cannot be "", for none."""


def decode(entry: object) -> FactCorrection:
    """Read one entry; raises ValueError with a Swedish message."""
    if not isinstance(entry, dict):
        raise ValueError("den är ingen tabell")
    facts = [fact for fact in Fact if fact.value in entry and not _is_detail(fact, entry)]
    if len(facts) != 1:
        names = ", ".join(f"”{fact.value}”" for fact in Fact)
        raise ValueError(f"den ska ha ett av {names}" + (", inte flera" if facts else ""))
    fact = facts[0]
    details = fact.kind.details
    start = ("start",) if fact.kind.placed else ()
    for name in entry:
        if name not in (fact.value, *details, *fact.kind.flags, *start, "by", "at"):
            raise ValueError(f"”{name}” hör inte till en rättning av ”{fact.value}”")
    by, at = who_and_when(entry)
    correction = FactCorrection(
        fact=fact,
        value=_value(fact, entry[fact.value]),
        details={name: _detail(name, entry[name]) for name in details if name in entry},
        add=_flag("add", entry),
        remove=_flag("remove", entry),
        start=place(entry),
        by=by,
        at=at,
    )
    if fact is Fact.MUNICIPALITY and correction.remove == ("part" in correction.details):
        raise ValueError("skriv antingen ”part” eller ”remove = true”")
    if fact is Fact.PERSON:
        if correction.add and correction.remove:
            raise ValueError("skriv antingen ”add” eller ”remove”")
        if not (correction.details or correction.add or correction.remove):
            raise ValueError("den säger inte vad som ska ändras hos personen")
    return correction


def encode(correction: FactCorrection) -> dict[str, Any]:
    """Return the entry of `correction`."""
    value: object = correction.value
    if correction.fact is Fact.DATE and correction.value:
        value = dt.date.fromisoformat(correction.value)
    entry: dict[str, Any] = {correction.fact.value: value, **correction.details}
    if correction.add:
        entry["add"] = True
    if correction.remove:
        entry["remove"] = True
    later = {"start": correction.start, "by": correction.by, "at": correction.at}
    return entry | {name: value for name, value in later.items() if value is not None}


def subject(entry: object) -> tuple[Fact, str, int | None] | None:
    """Return what an entry is about, or None if it cannot be used."""
    try:
        return decode(entry).subject
    except ValueError:
        return None


def _is_detail(fact: Fact, entry: dict[str, object]) -> bool:
    """Tell whether a word that names a fact is said of a person: "title", "municipality"."""
    return fact.value in Fact.PERSON.kind.details and Fact.PERSON.value in entry


def _value(fact: Fact, value: object) -> str:
    if fact is Fact.DATE and value != "":
        return _date(value)
    text = _text(fact.value, value)
    if not text and not fact.kind.none:
        raise ValueError(f"”{fact.value}” är tom")
    return _municipality(text) if fact is Fact.MUNICIPALITY else text


def _date(value: object) -> str:
    try:
        day = dt.date.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        day = None
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise ValueError("”date” ska vara ett datum som 2020-12-04")
    return day.isoformat()


def _detail(name: str, value: object) -> str:
    text = _text(name, value)
    if not text:
        if name in _REQUIRED:
            raise ValueError(f"”{name}” är tom")
        return ""
    if name == "municipality":
        return _municipality(text)
    if name in _CHOICES:
        choices = [choice.value for choice in _CHOICES[name]]
        if text.lower() not in choices:
            raise ValueError(f"”{name}” ska vara {', '.join(choices[:-1])} eller {choices[-1]}")
        return text.lower()
    return text


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"”{name}” ska vara text inom citattecken")
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    if len(text) > LONGEST:
        raise ValueError(f"”{name}” kan ha högst {LONGEST} tecken")
    if any(unicodedata.category(character).startswith("C") for character in text):
        raise ValueError(f"”{name}” innehåller osynliga styrtecken")
    return text


def _municipality(name: str) -> str:
    short = name.removesuffix(" kommun")
    known = by_name(short) or by_name(short.title())
    if known is None:
        raise ValueError(f"”{name}” är ingen svensk kommun")
    return known.name


def _flag(name: str, entry: dict[str, object]) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(f"”{name}” ska vara true eller false")
    return value
