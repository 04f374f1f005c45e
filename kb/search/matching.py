"""Find the words of a query in the documents shown, from their token columns.

A variant of the query is a set of token types; it is found in a document by looking up the
document's types in that set. Nothing is analysed again, and only the types of a hit are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Places, places_among
from kb.search.expand import Need, Variant
from kb.search.fields import Field
from kb.search.lexicon import SegmentLexicon
from kb.search.postings import TokenReader, Tokens
from kb.swedish.kinds import MatchKind

_TRUST = {kind: rank for rank, kind in enumerate(MatchKind)}


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of a document that answers a word of the query.

    Attributes:
        start: First character.
        end: Character after the last.
        sought: The word of the query.
        kind: How they are related; the most reliable kind if several.
        found: The matching word, or the whole expression it is part of.
    """

    start: int
    end: int
    sought: str
    kind: MatchKind
    found: str


class Matcher:
    """Finds the words of one query in the documents of one segment.

    Args:
        needs: The needs of the query.
        tokens: The token columns.
        lexicon: The words of the segment.
    """

    def __init__(self, needs: Iterable[Need], tokens: TokenReader, lexicon: SegmentLexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._originals: dict[int, str | None] = {}
        # An expression is among the variants of each of the words it matches.
        variants = dict.fromkeys(
            variant for need in needs if not need.negated for variant in need.variants
        )
        # The most reliable first; a word found by one is not taken by those after it.
        self._variants = sorted(variants, key=lambda variant: _TRUST[variant.kind])
        self._sequences = [
            number for number, variant in enumerate(self._variants) if len(variant.terms) > 1
        ]

    @cached_property
    def _singles(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The types that answer a single word, ascending, and the first variant of each."""
        types, numbers = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
        for number, variant in enumerate(self._variants):
            if len(variant.terms) == 1 and not variant.pattern:
                types.append(self._tokens.types_of(variant.field, variant.terms[0]))
                numbers.append(np.full(len(types[-1]), number))
        distinct, first = np.unique(np.concatenate(types), return_index=True)
        return distinct, np.concatenate(numbers)[first]

    @cached_property
    def _terms(self) -> dict[tuple[Field, str], NDArray[np.uint32]]:
        """The types of the words of expressions."""
        variants = (self._variants[number] for number in self._sequences)
        asked = {(variant.field, term) for variant in variants for term in variant.terms}
        return {one: self._tokens.types_of(*one) for one in asked}

    def find(self, docs: Sequence[int], passages: Sequence[str]) -> list[list[WordMatch]]:
        """Return the matches in each of some documents, in order of place, one a word.

        Args:
            docs: Their numbers in the segment.
            passages: The text that the tokens of each were read from.
        """
        tokens = self._tokens.documents(np.array(docs, np.int64))
        best = np.full(len(tokens.types), len(self._variants))
        known, variants = self._singles
        at, found = places_among(tokens.types, known)
        best[at] = variants[found]
        for number, places in self._in_patterns(tokens):
            best[places] = np.minimum(best[places], number)
        whole: dict[int, tuple[int, int]] = {}
        for number, chain in self._in_sequences(tokens):
            for place in chain:
                # A single word is found before an expression of the same reliability.
                if best[place] == len(self._variants) or (
                    _TRUST[self._variants[number].kind] < _TRUST[self._variants[best[place]].kind]
                ):
                    best[place] = number
                    whole[place] = chain[0], chain[-1]
        places = np.flatnonzero(best < len(self._variants))
        ends = np.searchsorted(places, tokens.bounds[1:]).tolist()
        each = zip(
            places.tolist(),
            best[places].tolist(),
            tokens.types[places].tolist(),
            tokens.starts[places].tolist(),
            tokens.ends[places].tolist(),
            strict=True,
        )
        matches: list[list[WordMatch]] = []
        for passage, count in zip(passages, np.diff([0, *ends]).tolist(), strict=True):
            found_here = []
            for place, number, kind, start, end in islice(each, count):
                first, last = start, end
                if place in whole:
                    first, last = (
                        int(tokens.starts[whole[place][0]]),
                        int(tokens.ends[whole[place][1]]),
                    )
                found_here.append(
                    self._match(
                        self._variants[number],
                        type_number=kind,
                        start=start,
                        end=end,
                        found=passage[first:last],
                        passage=passage,
                    )
                )
            matches.append(found_here)
        return matches

    def _in_patterns(self, tokens: Tokens) -> Iterator[tuple[int, Places]]:
        """Yield every variant that is a part of words, with the tokens that have it."""
        for number, variant in enumerate(self._variants):
            if pattern := variant.pattern:
                words = self._lexicon.matching(pattern.part, pattern.prefix, pattern.suffix)
                yield number, places_among(self._tokens.forms(tokens.types), words)[0]

    def _in_sequences(self, tokens: Tokens) -> Iterator[tuple[int, list[int]]]:
        """Yield every expression, with the tokens of each place it stands in, in order."""
        for number in self._sequences:
            variant = self._variants[number]
            standing = [
                places_among(tokens.types, self._terms[variant.field, term])[0]
                for term in variant.terms
            ]
            if all(len(places) for places in standing):
                for chain in _chains(standing, tokens.positions, variant.slop):
                    yield number, chain

    def _match(
        self, variant: Variant, *, type_number: int, start: int, end: int, found: str, passage: str
    ) -> WordMatch:
        kind = variant.kind
        original = self._original(type_number)
        if kind is MatchKind.READING:
            stated = original or passage[start:end]
            if stated.casefold() == variant.sought.casefold():
                kind, found = MatchKind.EXACT, stated
            else:
                found = f"{stated} → {variant.sought}"
        elif original:
            # The word is a reading of damaged text; it was not written so.
            kind = MatchKind.READING
            found = f"{original} → {passage[start:end]}"
        return WordMatch(start, end, variant.sought, kind, found)

    def _original(self, type_number: int) -> str | None:
        if type_number not in self._originals:
            self._originals[type_number] = self._tokens.original(type_number)
        return self._originals[type_number]


def sought(needs: Iterable[Need]) -> frozenset[str]:
    """Return the words of a query, and its expressions of several words."""
    return frozenset(v.sought for need in needs if not need.negated for v in need.variants)


def _chains(
    standing: Sequence[Places], positions: NDArray[np.int64], slop: int
) -> Iterator[list[int]]:
    """Yield the tokens of every place where all words of an expression stand.

    Each word is followed by the nearest of the next. Side by side means in order;
    further apart they may stand in any, and be parts of one token.

    Args:
        standing: The tokens of each word.
        positions: Position of every token.
        slop: How far apart they may be; 1 means side by side.
    """
    chain = [standing[0]]
    for following in standing[1:]:
        there, last = positions[following], positions[chain[-1]]
        if slop == 1:
            near = np.searchsorted(there, last + 1)
            near[near == len(there)] = 0
            fits = there[near] == last + 1
        else:
            after = np.minimum(np.searchsorted(there, last), len(there) - 1)
            before = np.maximum(after - 1, 0)
            nearer = np.abs(there[before] - last) <= np.abs(there[after] - last)
            near = np.where(nearer, before, after)
            fits = np.abs(there[near] - last) <= slop
        chain = [places[fits] for places in (*chain, following[near])]
    for places in zip(*(places.tolist() for places in chain), strict=True):
        yield sorted(places)
