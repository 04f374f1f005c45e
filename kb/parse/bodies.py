"""Names of bodies that meet: known ones, and words that end as such names do."""

from __future__ import annotations

from functools import cache

from kb.parse.phrases import PACKAGE
from kb.swedish.closed_list import Vocabulary, distance
from kb.swedish.tables import rows


@cache
def _known() -> Vocabulary[tuple[str, str]]:
    """Every form of a known body or bare head: that form and the definite one."""
    return Vocabulary(
        {form: (form, row[1]) for row in rows(PACKAGE, "bodies.tsv") for form in row[1:]}
    )


@cache
def _heads() -> tuple[tuple[str, str], ...]:
    """Forms of the heads, longest first, each with its definite form."""
    forms = {
        (form, row[1])
        for row in rows(PACKAGE, "bodies.tsv")
        if row[0] == "head"
        for form in row[1:]
    }
    return tuple(sorted(forms, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def find_body(word: str) -> tuple[str, str] | None:
    """Return the form and the definite form of the body `word` names, damage mended.

    "Socialchefsnitverket" gives ("Socialchefsnätverket", "Socialchefsnätverket"),
    "föräldragruppens" gives ("föräldragruppens", "föräldragruppen").
    """
    if len(word) < 3:
        return None
    if known := _known().like(word):
        return _cased(word, known[0]), _cased(word, known[1])
    compact = word.replace(" ", "")
    for form, definite in _heads():
        tail = compact[-len(form) :]
        stem = compact[: -len(form)]
        if len(stem) < 3 or not stem.replace("-", "").isalpha():
            continue
        if tail.casefold() == form or (
            tail[-1:].casefold() == form[-1] and distance(form, tail, 1.0) <= 0.07 * len(form)
        ):
            return stem + form, stem + definite
    return None


def restore_body(word: str) -> str | None:
    """Return the name of the body that `word` is, its damage mended; None if no body."""
    found = find_body(word)
    return found[0] if found else None


def _cased(like: str, word: str) -> str:
    return word[0].upper() + word[1:] if like[:1].isupper() else word


def capitalised(words: str) -> str:
    """Return `words` with a capital first letter."""
    return words[:1].upper() + words[1:]
