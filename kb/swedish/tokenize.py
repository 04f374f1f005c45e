"""Cut Swedish text into words without losing what minutes are made of.

Letters keep their å, ä and ö; "§ 5" and "kl. 9.00" keep their numbers; "p.g.a.",
"SKR:s", "covid-19" and "e-post" are one word each. Other hyphens part words, so that
"Weman-Widegård" and "LSS-boende" are found by either half.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"""
    §                                       # the paragraph sign is searched for: "§ 5"
    | \d{{4}}-\d\d-\d\d(?!\d)               # 2017-10-24
    | \d+(?:[.:,]\d+)*{_LETTER}*            # 12.30, 32, 18b
    | {_LETTER}{{1,2}}(?:\.{_LETTER}{{1,2}})+(?!\w)\.?   # p.g.a., t.ex., bl.a.
    | {_LETTER}{{2,}}-\d{{1,2}}(?![\w-])    # covid-19
    | {_LETTER}-(?={_LETTER}{{2}})[^\W_]+   # e-post
    | [^\W_][\u0300-\u036f]*(?:\u00ad?['’:]?[^\W_][\u0300-\u036f]*)*   # SKR:s, d'Hondt
    """,
    re.VERBOSE,
)
_ENDING = re.compile(r":(?:e?[nt]s?|s|(?:a|e|o)?r(?:na)?s?)$")
"""The ending of an abbreviation: SKR:s, BUP:en, LSS:et."""


@dataclass(frozen=True, slots=True)
class RawToken:
    """A word as it stands in a text, with its place."""

    text: str
    start: int
    end: int


def normalize(word: str) -> str:
    """Return the form words are compared in.

    NFC, lower case, plain apostrophe; without soft hyphens, the dots of abbreviations,
    the hyphen of "covid-19" and the ending of "SKR:s".
    """
    if word.isascii() and word.isalpha():
        return word.lower()
    form = unicodedata.normalize("NFC", word).casefold()
    form = form.replace("’", "'").replace("ß", "ss").replace("\u00ad", "")
    if ":" in form and not form[0].isdigit():
        form = _ENDING.sub("", form)
    if form[:1].isalpha():
        if "." in form:
            form = form.replace(".", "")
        if "-" in form and form[-1].isdigit():
            form = form.replace("-", "")
    return form


def tokenize(text: str) -> Iterator[RawToken]:
    """Yield the words of `text` in order."""
    for match in _WORD.finditer(text):
        yield RawToken(match.group(), match.start(), match.end())
