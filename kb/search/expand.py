"""Query expansion: every typed word becomes a set of variants.

The engine turns variants into its own queries, and the highlighter finds the same variants in the
words of a document, so that the marked words are those that matched.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.search.budget import MAX_RELATED
from kb.search.fields import SKELETON_MARK, STATED_MARK, Field
from kb.search.syntax import Atom, Clause
from kb.search.vocabulary import CollectionVocabulary, Pattern
from kb.search.weights import (
    EQUIVALENT_WEIGHT,
    FOLDED_WEIGHT,
    NEAR_WEIGHT,
    SPLIT_SLOP,
    SPLIT_WEIGHT,
    WEIGHTS,
)
from kb.swedish.analysis import Analyzer, Token, Word
from kb.swedish.equivalents import EquivalentMatch, Equivalents, equivalents_for
from kb.swedish.kinds import MatchKind
from kb.swedish.skeleton import skeleton
from kb.swedish.stopwords import is_stopword

_NESTED = frozenset({MatchKind.INFLECTION, MatchKind.DERIVATION, MatchKind.COMPOUND})
"""Kinds whose fields contain each other's matches."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a word of the query may occur in a document.

    Attributes:
        sought: The words of the query, as typed.
        kind: How the variant is related to them.
        field: Field of the index to look in.
        terms: Terms that must all be there, near each other if several.
        weight: Weight of a match in the score.
        slop: Positions the terms may stand apart; 1 = side by side, in order.
        prefix: The term is the beginning of words.
        suffix: The term is the end of words; with `prefix`, it may stand anywhere in them.
    """

    sought: str
    kind: MatchKind
    field: Field
    terms: tuple[str, ...]
    weight: float
    slop: int = 1
    prefix: bool = False
    suffix: bool = False

    @property
    def pattern(self) -> Pattern | None:
        """The words it stands for, if it is a part of words."""
        if self.prefix or self.suffix:
            return Pattern(self.terms[0], self.prefix, self.suffix)
        return None


@dataclass(frozen=True, slots=True)
class Need:
    """Something a document must have, or must not have, to match.

    Attributes:
        variants: Any of them meets the need.
        negated: Documents that have it are excluded.
        as_stated: Words that only read so after repair do not count.
        optional: It adds to the score but is not required (function words).
        word: The word, if it is a plain one and not a phrase, a part or a choice.
    """

    variants: tuple[Variant, ...]
    negated: bool = False
    as_stated: bool = False
    optional: bool = False
    word: Word | None = None

    @property
    def sought(self) -> str:
        """The first of its words, as typed."""
        return self.variants[0].sought


class Expander:
    """Turns clauses into needs.

    Args:
        analyzer: The analysis the index was made with.
        vocabulary: The words of the collection.
    """

    def __init__(self, analyzer: Analyzer, vocabulary: CollectionVocabulary) -> None:
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self._equivalents = equivalents_for(analyzer)

    def expand(
        self, clauses: Sequence[Clause], off: frozenset[MatchKind] = frozenset()
    ) -> tuple[Need, ...]:
        """Return the needs of `clauses`, without the kinds of match that are switched off."""
        needs = [need for clause in clauses if (need := self._need(clause, off))]
        needs = _with_equivalents(needs, self._equivalents, off)
        if all(need.optional or need.negated for need in needs):
            # Function words alone are a query too.
            needs = [replace(need, optional=False) for need in needs]
        return tuple(needs)

    def _need(self, clause: Clause, off: frozenset[MatchKind]) -> Need | None:
        variants: list[Variant] = []
        tokens: list[Token] = []
        for atom in clause.atoms:
            read = list(self._analyzer.tokens(atom.text))
            tokens += read
            variants += self._variants(atom, read, off)
        # The word itself is never switched off: nothing would be left to search for.
        kept = tuple(v for v in variants if v.kind is MatchKind.EXACT or v.kind not in off)
        if not kept:
            return None
        first = clause.atoms[0]
        as_stated = MatchKind.READING in off
        if len(tokens) > 1 or first.phrase or first.partial or clause.negated:
            return Need(kept, clause.negated, as_stated)
        word = tokens[0].word
        return Need(kept, as_stated=as_stated, optional=is_stopword(word.form), word=word)

    def _variants(
        self, atom: Atom, tokens: list[Token], off: frozenset[MatchKind]
    ) -> list[Variant]:
        if not tokens:
            return []
        forms = tuple(token.word.form for token in tokens)
        weight = len(tokens) * WEIGHTS[Field.FORM]
        if atom.partial:
            part = forms[-1:] if atom.prefix else forms[:1]
            open_ends = {"prefix": atom.prefix, "suffix": atom.suffix}
            return [Variant(atom.text, MatchKind.EXACT, Field.FORM, part, weight, **open_ends)]
        if atom.phrase or len(tokens) > 1:
            return [Variant(atom.text, MatchKind.EXACT, Field.FORM, forms, weight)]
        words = self._own(atom.text, tokens[0], one_by_one=not off.isdisjoint(_NESTED))
        variants = [
            *words,
            *_readings(atom.text, tokens[0].word),
            *self._unfolded(atom.text, tokens[0]),
        ]
        # A bare word and the name it can be share many terms; the first is most trusted.
        first: dict[tuple[Field, tuple[str, ...]], Variant] = {}
        for variant in variants:
            first.setdefault((variant.field, variant.terms), variant)
        return list(first.values())

    def _own(self, sought: str, token: Token, *, one_by_one: bool = False) -> Iterator[Variant]:
        """Yield the variants of a typed word, strictest first."""
        if token.name:
            # As a name it is looked for as a name: "Klippan" is no cliff.
            yield _single(sought, MatchKind.EXACT, Field.NAME, token.text)
            yield from self._looser(sought, token.word)
            return
        yield _single(sought, MatchKind.EXACT, Field.FORM, token.word.form)
        for word in self._analyzer.readings(token.word.form):
            if one_by_one:
                yield from self._related(sought, word)
            else:
                yield from self._looser(sought, word)

    def _related(self, sought: str, word: Word) -> Iterator[Variant]:
        """Yield the related words of the collection one by one, each with its kind.

        The fields nest: a derivation's field also matches inflections. To exclude one kind, the
        words of the other kinds must be listed.
        """
        for other in self._vocabulary.related(word.key)[:MAX_RELATED]:
            if other.key != word.key:
                kind, field = MatchKind.COMPOUND, Field.PART
            elif other.lemma != word.lemma:
                kind, field = MatchKind.DERIVATION, Field.KEY
            else:
                kind, field = MatchKind.INFLECTION, Field.LEMMA
            if other.form != word.form:
                yield Variant(sought, kind, Field.FORM, (other.form,), WEIGHTS[field])
        yield from self._split(sought, word)

    def _looser(self, sought: str, word: Word) -> Iterator[Variant]:
        yield _single(sought, MatchKind.INFLECTION, Field.LEMMA, word.lemma)
        yield _single(sought, MatchKind.DERIVATION, Field.KEY, word.key)
        yield _single(sought, MatchKind.COMPOUND, Field.PART, word.key)
        yield from self._split(sought, word)

    def _split(self, sought: str, word: Word) -> Iterator[Variant]:
        for sides in self._analyzer.splits(word):
            yield Variant(
                sought=sought,
                kind=MatchKind.COMPOUND,
                field=Field.PART,
                terms=sides,
                weight=SPLIT_WEIGHT,
                slop=SPLIT_SLOP,
            )

    def _unfolded(self, sought: str, token: Token) -> Iterator[Variant]:
        """Yield what a word typed without its dots may mean, of the collection's words."""
        for form in self._vocabulary.unfold(token.word.form):
            meant = Token(self._analyzer.word(form), form, token.start, token.end, 0)
            for variant in self._own(sought, meant):
                weight = variant.weight * FOLDED_WEIGHT
                yield replace(variant, kind=MatchKind.FOLDED, weight=weight)


def _readings(sought: str, word: Word) -> Iterator[Variant]:
    """Yield the possible readings of damaged words, and their damaged forms."""
    for term in (word.key, STATED_MARK + word.form, SKELETON_MARK + skeleton(word.form)):
        yield _single(sought, MatchKind.READING, Field.READING, term)


def _with_equivalents(
    needs: list[Need], equivalents: Equivalents, off: frozenset[MatchKind]
) -> list[Need]:
    """Let terms that mean the same, or nearly, stand in for stretches of plain words.

    A term of several words stands in for each of them, so that a document which has
    the equivalent meets the needs of all.
    """
    widened = list(needs)
    for plain, run in itertools.groupby(enumerate(needs), key=lambda item: bool(item[1].word)):
        if not plain:
            continue
        places, stretch = zip(*run, strict=True)
        words = [need.word for need in stretch if need.word]
        typed = [need.sought for need in stretch]
        matches = equivalents.matches(words, typed)
        # What means the same goes first: nothing is near that is the same as well.
        for match in sorted(matches, key=lambda match: match.near):
            added = [v for v in _equivalents(match, typed) if v.kind not in off]
            for place in places[match.start : match.end]:
                there = widened[place]
                known = {(variant.field, variant.terms) for variant in there.variants}
                fresh = tuple(v for v in added if (v.field, v.terms) not in known)
                widened[place] = replace(there, variants=(*there.variants, *fresh))
    return widened


def _equivalents(match: EquivalentMatch, typed: Sequence[str]) -> Iterator[Variant]:
    """Yield the terms joined with the one that was found in the words of a query."""
    kind, whole = (
        (MatchKind.NEAR, NEAR_WEIGHT) if match.near else (MatchKind.EQUIVALENT, EQUIVALENT_WEIGHT)
    )
    sought = " ".join(typed[match.start : match.end])
    weight = whole / (match.end - match.start)
    for term in match.others:
        if term.as_written and len(term.keys) == 1:
            # "SoL" is the law and "sol" is not: only the letters as written will do.
            field = Field.FORM if term.text.islower() else Field.NAME
            yield Variant(sought, kind, field, (term.text,), weight)
        else:
            yield Variant(sought, kind, Field.KEY, term.keys, weight, slop=term.length)


def _single(sought: str, kind: MatchKind, field: Field, term: str) -> Variant:
    return Variant(sought, kind, field, (term,), WEIGHTS[field])


def near_pairs(needs: tuple[Need, ...]) -> list[tuple[str, str]]:
    """Return the keys of neighbouring query words, which are worth more near each other."""
    keys = [need.word.key for need in needs if need.word and not need.optional]
    return [(a, b) for a, b in itertools.pairwise(keys) if a != b]
