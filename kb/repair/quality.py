"""The quality of a text, and the kind of damage it has.

Swedish prose has 3-7 % å, ä and ö among its letters; text from OCR without Swedish has none, and
"för", "är" and "från" appear in it as "for", "ar" and "fran". Both signs are required together, so
that clean text without the letters (a list of names, a page of English) is not changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kb.model import Damage, Quality, Span
from kb.repair.lexicon import WordCosts

_WORD = re.compile(r"[^\W_]+")
_SWEDISH_LETTER = re.compile("[åäöÅÄÖ]")
_STAND_IN = re.compile(r"[^\W\d_][é6£¢4O][^\W\d_]|^[£6][^\W\d_]|[a-zåäö][A-Z]")

_FEW_SWEDISH_LETTERS = 0.005
_STRIPPED_SHARE = 0.04
_STRIPPED_COUNT = 2
_STRIPPED_MARGIN = 3.5
"""How many nats the dotted form must be commoner before a plain one counts as stripped."""

_SEVERE_KNOWN = 0.7
_SEVERE_WORDS = 20
_SHORT_PAGE = 60  # words
_FUNCTION_SHARE = 0.03

_FUNCTION_WORDS = frozenset(
    ("och", "att", "som", "av", "med", "till", "inte", "eller", "ska", "det", "den", "ett", "kan")
)
"""The commonest Swedish words without å, ä and ö."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The counts that the estimate is based on.

    Attributes:
        words: Words that have a letter.
        known: Words found in the lexicon.
        stripped: Words that would be far commoner with å, ä or ö, or hold a stand-in for one.
        function: Common Swedish words that have none of the letters.
        letters: All letters.
        swedish: Letters that are å, ä or ö.
    """

    words: int
    known: int
    stripped: int
    function: int
    letters: int
    swedish: int


def signs(text: str, lexicon: WordCosts) -> Signs:
    """Count the signs of damage in `text`."""
    text = unicodedata.normalize("NFC", text)
    words = known = stripped = function = letters = 0
    for form, times in Counter(_WORD.findall(text)).items():
        if form.isdecimal():
            continue
        word = form.lower()
        words += times
        letters += times * len(word)
        if word in _FUNCTION_WORDS:
            function += times
        if word in lexicon:
            known += times
            stands_in = False
        else:
            stands_in = _STAND_IN.search(form) is not None
        if stands_in or is_stripped(word, lexicon):
            stripped += times
    swedish = len(_SWEDISH_LETTER.findall(text))
    return Signs(
        words=words,
        known=known,
        stripped=stripped,
        function=function,
        letters=letters,
        swedish=swedish,
    )


def is_stripped(word: str, lexicon: WordCosts) -> bool:
    """Tell whether `word` looks like one that lost the dots of its å, ä or ö.

    A word not known at all counts when a known one becomes it without dots.
    """
    dotted = lexicon.dotted(word)
    if not dotted:
        return False
    cost = lexicon.cost(word)
    likeliest = min(lexicon.cost(other) or 0.0 for other in dotted)
    return cost is None or likeliest + _STRIPPED_MARGIN < cost


def estimate(text: str, lexicon: WordCosts) -> Quality:
    """Return the quality of `text` alone; extraction damage is detected from the layout."""
    found = signs(text, lexicon)
    return Quality(
        known_words=found.known / found.words if found.words else 1.0,
        swedish_letters=found.swedish / found.letters if found.letters else 0.0,
        damage=_damage(found),
    )


def _damage(found: Signs) -> Damage:
    if found.function < _FUNCTION_SHARE * found.words and found.words >= _SEVERE_WORDS:
        # Not Swedish, or unrecognisable as Swedish.
        return Damage.NONE
    if found.swedish > _FEW_SWEDISH_LETTERS * found.letters:
        return Damage.NONE
    if found.stripped < max(_STRIPPED_COUNT, _STRIPPED_SHARE * found.words):
        return Damage.NONE
    readable = found.known + found.stripped
    if found.words >= _SEVERE_WORDS and readable < _SEVERE_KNOWN * found.words:
        return Damage.SEVERE
    return Damage.NO_SWEDISH


def estimate_pages(text: str, pages: Sequence[Span], lexicon: WordCosts) -> list[Quality]:
    """Return the quality of each page; one too short to judge has that of the whole text."""
    whole = estimate(text, lexicon)
    if len(pages) == 1:
        return [whole]
    judged = []
    for page in pages:
        part = page.slice(text)
        alone = estimate(part, lexicon)
        short = len(part.split()) < _SHORT_PAGE and alone.swedish_letters == 0
        judged.append(replace(alone, damage=whole.damage) if short else alone)
    return judged


def gravest(pages: Iterable[Quality]) -> Damage:
    """Return the most severe damage of any page."""
    order = list(Damage)
    return max((page.damage for page in pages), key=order.index, default=Damage.NONE)
