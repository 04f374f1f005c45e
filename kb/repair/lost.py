"""Letters that were lost for good, each now U+FFFD, put back where one word fits."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import product

from kb.model import Change, Span
from kb.repair.lexicon import WordCosts
from kb.swedish.analysis import default_analyzer

LOST = "\ufffd"
_WORD = re.compile(r"[^\W\d_]*(?:\ufffd[^\W\d_]*)+")
_SECTION = re.compile(r"(?:^|(?<=[\s>]))\ufffd(?= ?\d{1,3}\b(?!-))", re.MULTILINE)
_SPACE = re.compile(r"(?<=[:>])\ufffd(?=\d{4}-|[A-ZÅÄÖ][a-zåäö]|\ufffd[^\W\d_])")
_MOST = 4
"""Letters lost in a word, at most, that are guessed together."""

_SURE, _ONE_OF_SEVERAL = 0.98, 0.8


def lost(text: str, lexicon: WordCosts) -> Iterator[Change]:
    """Yield the lost letters of `text` that are known by what stands around them.

    "f\ufffdrslag" is "förslag" and "\ufffd 12" is "§ 12". Where no word of the lexicon fits, the
    sign stays; where several do, the commonest is taken.
    """
    if LOST not in text:
        return
    signs = {
        match.start(): Change(Span(*match.span()), LOST, sign, _SURE)
        for pattern, sign in ((_SPACE, " "), (_SECTION, "§"))
        for match in pattern.finditer(text)
    }
    yield from sorted((*signs.values(), *_words(text, signs, lexicon)), key=lambda each: each.span)


def _words(text: str, taken: Collection[int], lexicon: WordCosts) -> Iterator[Change]:
    for match in _WORD.finditer(text):
        start = match.start() + (match.start() in taken)
        word = text[start : match.end()]
        if LOST not in word or not (found := _fitting(word, lexicon)):
            continue
        filled, sure = found
        if word[0] == LOST and not filled.isupper() and _begins(text, start, filled, lexicon):
            filled = filled[0].upper() + filled[1:]
        yield Change(Span(start, match.end()), word, filled, sure)


@lru_cache(maxsize=20_000)
def _fitting(word: str, lexicon: WordCosts) -> tuple[str, float] | None:
    """Return the word that `word` was, and how surely."""
    count = word.count(LOST)
    if count > _MOST or len(word) < 2:
        return None
    rest = word.replace(LOST, "")
    known = []
    for letters in product("åäöé" if count == 1 else "åäö", repeat=count):
        filled = word
        for letter in letters:
            filled = filled.replace(LOST, letter, 1)
        plain = filled.lower()
        cost = min(lexicon.cost(plain) or math.inf, lexicon.name_cost(plain) or math.inf)
        if math.isfinite(cost) or lexicon.knows(plain) or default_analyzer().knows(plain):
            known.append((cost, filled))
    if not known:
        return None
    best = min(known)[1]
    if rest.isupper() and len(word) > 2:
        best = best.upper()
    return best, _SURE if len(known) == 1 else _ONE_OF_SEVERAL


def _begins(text: str, start: int, filled: str, lexicon: WordCosts) -> bool:
    """Tell whether a word whose first letter was lost began with a capital."""
    before = text[:start].rstrip(" \t")[-1:]
    named = lexicon.cost(filled) is None and lexicon.name_cost(filled) is not None
    return named or before in ("", "\n", ".", "!", "?", ">", ":", "•") or before.isdigit()
