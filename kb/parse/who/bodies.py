"""Names of bodies that meet: known ones, and words with the endings of such names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from kb.parse.text.phrases import PACKAGE
from kb.swedish.analysis import default_analyzer
from kb.swedish.closed_list import PhraseVocabulary, distance
from kb.swedish.tables import rows


@cache
def _known() -> PhraseVocabulary[tuple[str, str]]:
    """Every form of a known body or bare head: that form and the definite one."""
    return PhraseVocabulary(
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
    """Return the form and the definite form of the body `word` names, repaired.

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


def proper_body(words: Sequence[str]) -> str | None:
    """Return the name of the body that `words` end in, if it is written as a name.

    ("nästa", "Gemensamma", "utvecklingsgrupp") gives "Gemensam utvecklingsgrupp", which is what
    its minutes call it; ("nästa", "nämnd") gives None: it is whoever meets.
    """
    body = find_body(words[-1])
    if body is None:
        return None
    before = list(takewhile(_has_capital, reversed(words[1:-1])))
    if not before and not _has_capital(words[-1]):
        return None
    said = default_analyzer().tokens(" ".join(reversed(before)))
    return " ".join([*(capitalised(token.word.lemma) for token in said), body[0]])


def _has_capital(word: str) -> bool:
    return word[:1].isupper()


def restore_body(word: str) -> str | None:
    """Return the name of the body that `word` is, repaired; None if no body."""
    found = find_body(word)
    return found[0] if found else None


def same_body(one: str, other: str) -> bool:
    """Tell whether two names end in the same body, in whatever form."""
    ends = [find_body(name.split()[-1]) for name in (one, other)]
    return one == other or (
        ends[0] is not None
        and ends[1] is not None
        and ends[0][1].casefold() == ends[1][1].casefold()
    )


def _cased(like: str, word: str) -> str:
    return word[0].upper() + word[1:] if like[:1].isupper() else word


def capitalised(words: str) -> str:
    """Return `words` with a capital first letter."""
    return words[:1].upper() + words[1:]
