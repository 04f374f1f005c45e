"""Tokenize Swedish text, with the forms that are common in minutes.

Letters keep their å, ä and ö; "§ 5" and "kl. 9.00" keep their numbers; "p.g.a.",
"SKR:s", "covid-19" and "e-post" are one word each. Other hyphens part words, so that
"Weman-Widegård" and "LSS-boende" are found by either half.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

_LETTER = r"[^\W\d_]"
_PLAIN = "[A-Za-zÅÄÖåäö]"
_WORD = re.compile(
    rf"""(
    # Most words: what stands below reads them the same, in twice the time.
    {_PLAIN}{_PLAIN}*+(?=[ ,\n)])
    | (?=[^\W_]|§)(?:                       # no word begins otherwise
    {_PLAIN}{_PLAIN}{_PLAIN}++(?=\.)        # not "t.ex."
    | §                                     # the paragraph sign is searched for: "§ 5"
    | \d{{4}}-\d\d-\d\d(?!\d)               # 2017-10-24
    | \d+(?:[.:,]\d+)*{_LETTER}*            # 12.30, 32, 18b
    | {_LETTER}{{1,2}}(?:\.{_LETTER}{{1,2}})+(?!\w)\.?   # p.g.a., t.ex., bl.a.
    | {_LETTER}{{2,}}-\d{{1,2}}(?![\w-])    # covid-19
    | {_LETTER}-(?={_LETTER}{{2}})[^\W_]+   # e-post
    | [^\W_][\u0300-\u036f]*(?:\u00ad?['’:]?[^\W_][\u0300-\u036f]*)*   # SKR:s, d'Hondt
    ))""",
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


class TokenizedText(Sequence[RawToken]):
    """The words of a text in order, tokenized at once.

    Attributes:
        texts: The words as written.
        bounds: Start and end offsets of the words, alternating.
    """

    def __init__(self, text: str) -> None:
        # With a group in the pattern, `split` returns separators and words alternately.
        pieces = _WORD.split(text)
        self.texts: list[str] = pieces[1::2]
        # An array that numpy reads without copying, for rooms that never load numpy.
        self.bounds = array("q", itertools.accumulate(map(len, pieces)))
        self.bounds.pop()

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> RawToken: ...
    @overload
    def __getitem__(self, at: slice) -> list[RawToken]: ...
    def __getitem__(self, at: int | slice) -> RawToken | list[RawToken]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        return RawToken(self.texts[at], self.bounds[2 * at], self.bounds[2 * at + 1])

    def __iter__(self) -> Iterator[RawToken]:
        return map(RawToken, self.texts, self.bounds[::2], self.bounds[1::2])

    def between(self, first: int, behind: int) -> tuple[int, int]:
        """Return where a word ends and where a later one begins."""
        return self.bounds[2 * first + 1], self.bounds[2 * behind]

    def ending_at(self, offset: int) -> int | None:
        """Return the place of the word that ends at a character, if one does."""
        at = bisect_left(self.bounds, offset)
        if at < len(self.bounds) and self.bounds[at] == offset:
            # The next word may begin where this one ends.
            return at // 2 if at % 2 else None
        return None


def tokenize(text: str) -> Iterator[RawToken]:
    """Yield the words of `text` in order."""
    yield from TokenizedText(text)
