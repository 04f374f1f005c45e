"""Cut Swedish text into words without losing what minutes are made of.

Letters keep their å, ä and ö; "§ 5" and "kl. 9.00" keep their numbers; a word
holds together over an inner colon, apostrophe or hyphen ("SKR:s", "Weman-Widegård").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(
    r"""
    §                                   # the paragraph sign is searched for: "§ 5"
    | \d+(?:[.:,-]\d+)*                 # 12.30, 2017-10-24, 32
      (?:[^\W\d_]+)?                    # covid19 is a word; so is 18b
    | [^\W_]+(?:['’:][^\W_]+)*          # SKR:s, d'Hondt
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class RawToken:
    """A word as it stands in a text, with its place."""

    text: str
    start: int
    end: int


def normalize(word: str) -> str:
    """Return the form words are compared in: NFC, lower case, plain apostrophe."""
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'").replace("ß", "ss")


def tokenize(text: str) -> Iterator[RawToken]:
    """Yield the words of `text` in order."""
    for match in _WORD.finditer(text):
        yield RawToken(match.group(), match.start(), match.end())
