"""Whether a page's text layer can be trusted, by its share of Swedish words."""

from __future__ import annotations

from kb.swedish.analysis import default_analyzer
from kb.swedish.tokenize import normalize, tokenize

_FEWEST = 20
"""With fewer words, a page's text layer is incomplete."""

_GOOD = 0.75
"""Share of known words from which a text layer is used; undamaged pages have 0.85 and up."""

_ENOUGH = 300
"""With fewer letters, their shares are no evidence."""

_DOTTED = 0.005
"""Share of å, ä and ö among the letters that any Swedish text has; prose has 0.03 to 0.07."""


def known_share(text: str) -> float:
    """Return the share of known Swedish words in `text`, 0 if it has no words.

    Words of one or two letters and capitalised words are no evidence and do not count.
    """
    analyzer = default_analyzer()
    words = [raw.text for raw in tokenize(text)]
    telling = [
        normalize(word) for word in words if len(word) > 2 and word.isalpha() and word.islower()
    ]
    return sum(map(analyzer.knows, telling)) / len(telling) if telling else 0.0


def is_poor(text: str) -> bool:
    """Tell whether a text layer is missing or so bad that recognition may be better."""
    return len(text.split()) < _FEWEST or known_share(text) < _GOOD or _is_stripped(text)


def _is_stripped(text: str) -> bool:
    """Tell whether a text was made by a program that cannot read å, ä and ö."""
    letters = sum(map(str.isalpha, text))
    dotted = sum(map(text.lower().count, "åäö"))
    return letters >= _ENOUGH and dotted < _DOTTED * letters


def better(recognised: str, layer: str) -> bool:
    """Tell whether recognised text has more known words than the text layer."""

    def known(text: str) -> float:
        return known_share(text) * len(text.split())

    return known(recognised) > known(layer)
