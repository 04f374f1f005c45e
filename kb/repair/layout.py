"""Repair typesetting artefacts, before words are decoded.

Each pass takes a text and returns changes of it; `repair_layout` runs them in sequence and merges
their changes. None of them guesses: a word is only joined where the lexicon has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from kb.model import Change, ChangeKind, Span
from kb.repair.changes import apply, compose
from kb.repair.lexicon import WordCosts
from kb.swedish.tables import rows

_SURE = 0.999

_HYPHENATED = re.compile(
    r"""
    (?<![^\W\d_]) (?P<head>[^\W\d_]{2,}) -[ \t]*
    (?P<gap>\n(?:[ \t]*\n)?) [ \t]*          # double spacing leaves one empty line between
    (?P<tail>[^\W\d_]{2,}) (?P<after>[^\s\w]*) (?P<space>[ \t]?)
    """,
    re.VERBOSE,
)
_COORDINATES = frozenset(["och", "eller", "samt", "respektive", "resp", "till", "men", "som"])

_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_][ ]{1,4}){3,}[^\W\d_](?!\S)")
_BULLET = re.compile(r"^[ \t]*([e«»¢°®©¥*])[ \t]+(?=[”“\"]?[A-ZÅÄÖ])", re.MULTILINE)
_GLUED = re.compile(r"(?<!\w)I(?=(?P<rest>[A-ZÅÄÖ][a-zåäöé]{2,})(?!\w))")
_COMBINING = re.compile(r"\w[\u0300-\u036f]+")

_TWICE = re.compile(r"([\u0300-\u036f])\1+")

Pass = Callable[[str, WordCosts], Iterator[Change]]


def repair_layout(text: str, lexicon: WordCosts, *, misread: bool = False) -> tuple[Change, ...]:
    """Return the changes that repair typesetting artefacts in `text`, in order of place.

    Args:
        text: A page.
        lexicon: The known words.
        misread: Whether symbols may have been read as letters.
    """
    changes: tuple[Change, ...] = ()
    current = text
    for step in (*PASSES, bullets, glued) if misread else PASSES:
        found = tuple(step(current, lexicon))
        if found:
            changes = compose(text, changes, current, found)
            current = apply(current, found)
    return changes


def characters(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Resolve ligatures, drop soft hyphens, and compose letters with their marks."""
    if text.isascii():
        return
    pattern, meaning = _characters()
    for found in pattern.finditer(text):
        yield _change(found.span(), found.group(), meaning[found.group()])


def combine(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Compose letters with the combining marks that follow them, each mark once (Unicode NFC)."""
    for found in _COMBINING.finditer(text):
        apart = unicodedata.normalize("NFD", found.group())
        composed = unicodedata.normalize("NFC", _TWICE.sub(r"\1", apart))
        if composed != found.group():
            yield _change(found.span(), found.group(), composed)


def hyphens(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Join words hyphenated across a line end; the line breaks after the word instead.

    "barn- och", "Malmö-Lund" and "e-post" keep their hyphens: both halves must make a word
    that the lexicon knows, and the second must begin with a small letter.
    """
    for found in _HYPHENATED.finditer(text):
        head, tail = found["head"], found["tail"]
        if head.isupper() or not tail.islower() or tail in _COORDINATES:
            continue
        if not lexicon.knows((head + tail).lower()):
            continue
        line_end = "" if found.end() == len(text) or text[found.end()] == "\n" else found["gap"]
        yield _change(found.span(), found.group(), head + tail + found["after"] + line_end)


def spaced(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Join letter-spaced words: "P R O T O K O L L" → "PROTOKOLL"."""
    for found in _SPACED.finditer(text):
        words = [word.replace(" ", "") for word in re.split(" {2,}", found.group())]
        if all(lexicon.knows(word.lower()) for word in words):
            yield _change(found.span(), found.group(), " ".join(words))


def bullets(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Restore bullets that an engine read as a letter: "e Lägesrapport" → "• Lägesrapport"."""
    for found in _BULLET.finditer(text):
        yield _change(found.span(1), found.group(1), "•")


def glued(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Separate the word "I" from the name after it: "IBotkyrka" → "I Botkyrka"."""
    for found in _GLUED.finditer(text):
        if lexicon.knows(found["rest"].lower()) and not lexicon.knows("i" + found["rest"].lower()):
            yield _change(found.span(), "I", "I ")


PASSES: tuple[Pass, ...] = (characters, combine, hyphens, spaced)


def _change(place: tuple[int, int], original: str, repaired: str) -> Change:
    return Change(Span(*place), original, repaired, _SURE, ChangeKind.LAYOUT)


@lru_cache(maxsize=1)
def _characters() -> tuple[re.Pattern[str], dict[str, str]]:
    """Read the table of replacements, longest first."""
    meaning = {
        "".join(chr(int(code, 16)) for code in codes.split()): means
        for codes, means, _ in rows("kb.repair", "characters.tsv")
    }
    longest_first = sorted(meaning, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meaning
