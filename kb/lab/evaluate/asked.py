"""The queries for damaged text, sampled from the clean text; the same in every run."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kb.swedish import municipalities
from kb.swedish.analysis import Analyzer, Token
from kb.swedish.names import Names
from kb.swedish.stopwords import is_stopword

SHORTEST = 4
"""Least number of letters of a content word."""

PER_BAND = 50
"""Words taken of each band of document frequency: 1, 2-3, 4-7, 8-15, and more."""

BANDS = 5
PAIRS = 100
"""Pairs of neighbouring words taken."""

PEOPLE = 200
"""Names of people taken."""


class QueryGroup(StrEnum):
    """The kind of a query; the values are shown in the table."""

    WORD = "ord"
    PAIR = "ordpar"
    NAME = "namn"
    MUNICIPALITY = "kommuner"


@dataclass(frozen=True, slots=True)
class EvaluationQuery:
    """A query of one or two words, all of which are wanted."""

    group: QueryGroup
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The query as typed."""
        return " ".join(self.words)


def choose(texts: Iterable[str], analyzer: Analyzer) -> list[EvaluationQuery]:
    """Return the queries for a collection whose clean texts are `texts`.

    Content words are sampled by document frequency; adjacent pairs of them, and people by full
    name and by surname alone, are sampled at random. Every municipality that is named is a query.
    """
    given, known = Names(), municipalities.names()
    frequency: Counter[str] = Counter()
    pairs: set[tuple[str, ...]] = set()
    people: set[tuple[str, ...]] = set()
    places: set[tuple[str, ...]] = set()
    for text in texts:
        tokens = list(analyzer.tokens(text))
        places |= {(token.text,) for token in tokens if token.name and token.text in known}
        content = {token.text for token in tokens if _is_content(token)}
        frequency.update(content)
        for first, second in _neighbours(text, tokens):
            if {first.text, second.text} <= content:
                pairs.add((first.text, second.text))
            elif first.name and given.is_given_name(first.text) and _is_surname(second):
                people |= {(first.text, second.text), (second.text,)}
    bands: defaultdict[int, list[tuple[str, ...]]] = defaultdict(list)
    for word, count in frequency.items():
        bands[min(int(math.log2(count)), BANDS - 1)].append((word,))
    words = [word for band in sorted(bands) for word in _sample(bands[band], PER_BAND)]
    chosen = {
        QueryGroup.WORD: words,
        QueryGroup.PAIR: _sample(pairs, PAIRS),
        QueryGroup.NAME: _sample(people - places, PEOPLE),
        QueryGroup.MUNICIPALITY: sorted(places),
    }
    return [EvaluationQuery(group, words) for group, queries in chosen.items() for words in queries]


def _is_content(token: Token) -> bool:
    text = token.text
    plain = text.isalpha() and text.islower() and len(text) >= SHORTEST
    return plain and not token.name and not is_stopword(text)


def _is_surname(token: Token) -> bool:
    return token.name and token.text.isalpha() and len(token.text) >= SHORTEST


def _neighbours(text: str, tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for first, second in pairwise(tokens):
        if text[first.end : second.start] == " ":
            yield first, second


def _sample(queries: Iterable[tuple[str, ...]], size: int) -> list[tuple[str, ...]]:
    """Return a pseudorandom sample of `size` of `queries`, the same every time."""
    return sorted(queries, key=lambda words: (zlib.crc32(" ".join(words).encode()), words))[:size]
