"""Find in a document's words what a query asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.search.expand import Need, Variant
from kb.search.fields import Field
from kb.search.stream import Placed
from kb.swedish.kinds import MatchKind

_TRUST = {kind: rank for rank, kind in enumerate(MatchKind)}


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a document that answers a word of the query.

    Attributes:
        start: First character.
        end: Character after the last.
        sought: The word of the query.
        kind: How they are related; the most trusted if several.
        found: What answers it: the word itself, or the whole expression it is part of.
    """

    start: int
    end: int
    sought: str
    kind: MatchKind
    found: str


class Matcher:
    """Finds the words of one query in documents.

    Attributes:
        sought: The words of the query, and its expressions of several words.
    """

    def __init__(self, needs: Iterable[Need]) -> None:
        self._single: dict[tuple[Field, str], list[Variant]] = defaultdict(list)
        self._prefixes: list[Variant] = []
        self._sequences: list[Variant] = []
        variants = [variant for need in needs if not need.negated for variant in need.variants]
        self.sought = frozenset(variant.sought for variant in variants)
        for variant in variants:
            if variant.prefix:
                self._prefixes.append(variant)
            elif len(variant.terms) == 1:
                self._single[variant.field, variant.terms[0]].append(variant)
            else:
                self._sequences.append(variant)
        self._fields = tuple({field for field, _ in self._single})

    def find(self, text: str, words: Sequence[Placed]) -> list[Match]:
        """Return the matches among the words of `text`, in order of place, one a word."""
        best: dict[int, tuple[Variant, range]] = {}
        for variant, places in self._candidates(words):
            for index in places:
                if index not in best or _TRUST[variant.kind] < _TRUST[best[index][0].kind]:
                    best[index] = variant, range(places[0], places[-1])
        return [
            _match(text, words, index, *found)
            for index, found in sorted(best.items(), key=lambda item: item[0])
        ]

    def _candidates(self, words: Sequence[Placed]) -> Iterator[tuple[Variant, Sequence[int]]]:
        """Yield each variant with the words of every place it stands in, in order."""
        for index, word in enumerate(words):
            for field in self._fields:
                for term in word.terms.get(field, ()):
                    for variant in self._single.get((field, term), ()):
                        yield variant, (index,)
            for variant in self._prefixes:
                if word.token.word.form.startswith(variant.terms[0]):
                    yield variant, (index,)
        for variant in self._sequences:
            for places in _sequence(variant, words):
                yield variant, places


def _match(text: str, words: Sequence[Placed], index: int, variant: Variant, whole: range) -> Match:
    word = words[index]
    kind = variant.kind
    found = text[words[whole.start].token.start : words[whole.stop].token.end]
    stated = word.original or word.token.text
    if kind is MatchKind.READING and stated.casefold() == variant.sought.casefold():
        kind, found = MatchKind.EXACT, stated
    elif kind is MatchKind.READING:
        found = f"{stated} → {variant.sought}"
    elif word.original:
        # It stands there because it was read so, not because it was written so.
        kind = MatchKind.READING
        found = f"{word.original} → {word.token.text}"
    return Match(word.token.start, word.token.end, variant.sought, kind, found)


def _sequence(variant: Variant, words: Sequence[Placed]) -> Iterator[list[int]]:
    """Yield the words of every place where all terms of `variant` stand near each other."""
    standing = [
        [i for i, word in enumerate(words) if term in word.terms.get(variant.field, ())]
        for term in variant.terms
    ]
    for first in standing[0]:
        chain = [first]
        for following in standing[1:]:
            last = chain[-1]
            near = [i for i in following if _follows(last, i, variant)]
            if not near:
                break
            chain.append(min(near, key=lambda i: abs(i - last)))
        else:
            yield sorted(chain)


def _follows(last: int, place: int, variant: Variant) -> bool:
    if variant.slop == 1:
        return place == last + 1
    return abs(place - last) <= variant.slop
