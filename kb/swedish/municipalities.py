"""Sweden's 290 municipalities, found by name, genitive, damaged name or web address."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from kb.swedish.closed_list import PhraseVocabulary
from kb.swedish.tables import rows


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality.

    Attributes:
        name: Its name without "kommun".
        code: SCB's four-digit code.
        county: The county it lies in ("Skåne län").
        care: What else the word may be: "", "surname", "given" or "word".
    """

    name: str
    code: str
    county: str
    care: str = ""


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return all 290, in the order of their codes."""
    return tuple(
        Municipality(row[1], row[0], row[2], row[3] if len(row) > 3 else "")
        for row in rows("kb.swedish", "municipalities.tsv")
    )


@cache
def names() -> dict[str, Municipality]:
    """Return the municipalities by every form of their name: "Lund", "Lunds"."""
    forms: dict[str, Municipality] = {}
    for each in municipalities():
        forms[each.name] = each
        if each.name[-1] not in "sxz":
            forms.setdefault(each.name + "s", each)
    return forms


@cache
def _damaged() -> PhraseVocabulary[Municipality]:
    return PhraseVocabulary(names())


@cache
def _addresses() -> dict[str, Municipality]:
    found = {}
    for each in municipalities():
        plain = "".join(
            c
            for c in unicodedata.normalize("NFD", each.name.lower())
            if not unicodedata.combining(c)
        )
        found[plain.replace(" ", "")] = each
        found[plain.replace(" ", "-")] = each
    return found


def by_name(name: str) -> Municipality | None:
    """Return the municipality that `name`, or its genitive, names exactly."""
    return names().get(name)


def by_damaged_name(name: str) -> Municipality | None:
    """Return the municipality that `name` is a misread form of ("Sval6v")."""
    return names().get(name) or _damaged().like(name)


def by_address(host: str) -> Municipality | None:
    """Return the municipality whose own web domain `host` is or lies under.

    "oppnasoc.helsingborg.se" belongs to Helsingborg.
    """
    labels = host.lower().rstrip(".").split(".")
    if len(labels) < 2 or labels[-1] != "se":
        return None
    return _addresses().get(labels[-2])
