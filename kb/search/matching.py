"""Find in a document's words what a query asked for."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.search.entry import stream_terms
from kb.search.expand import Need, Variant
from kb.search.fields import Field
from kb.swedish.analysis import Token
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
    """

    start: int
    end: int
    sought: str
    kind: MatchKind


class Matcher:
    """Finds the words of one query in documents."""

    def __init__(self, needs: Iterable[Need]) -> None:
        self._single: dict[tuple[Field, str], list[Variant]] = defaultdict(list)
        self._prefixes: list[Variant] = []
        self._sequences: list[Variant] = []
        for variant in itertools.chain.from_iterable(n.variants for n in needs if not n.negated):
            if variant.prefix:
                self._prefixes.append(variant)
            elif len(variant.terms) == 1:
                self._single[variant.field, variant.terms[0]].append(variant)
            else:
                self._sequences.append(variant)
        self._fields = tuple({field for field, _ in self._single})

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the matches among `tokens`, in order of place, one a word."""
        best: dict[int, Variant] = {}
        for index, variant in self._candidates(tokens):
            if index not in best or _TRUST[variant.kind] < _TRUST[best[index].kind]:
                best[index] = variant
        return [
            Match(tokens[i].start, tokens[i].end, best[i].sought, best[i].kind)
            for i in sorted(best)
        ]

    def _candidates(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Variant]]:
        for index, token in enumerate(tokens):
            terms = stream_terms(token)
            for field in self._fields:
                for term in terms[field]:
                    for variant in self._single.get((field, term), ()):
                        yield index, variant
            for variant in self._prefixes:
                if token.word.form.startswith(variant.terms[0]):
                    yield index, variant
        for variant in self._sequences:
            for index in _sequence(variant, tokens):
                yield index, variant


def _sequence(variant: Variant, tokens: Sequence[Token]) -> set[int]:
    """Return the words of every place where all terms of `variant` stand near each other."""
    places = [
        [i for i, token in enumerate(tokens) if term in stream_terms(token)[variant.field]]
        for term in variant.terms
    ]
    found: set[int] = set()
    for first in places[0]:
        chain = [first]
        for following in places[1:]:
            last = chain[-1]
            if variant.slop == 1:
                following = [i for i in following if i == last + 1]
            near = [i for i in following if abs(i - last) <= variant.slop]
            if not near:
                break
            chain.append(min(near, key=lambda i: abs(i - last)))
        else:
            found.update(chain)
    return found
