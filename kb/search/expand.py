"""What a query asks the index for: every typed word as a set of variants.

The engine turns variants into its own queries and the highlighter finds them in
a document's words, so that what is marked is what matched.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from kb.search.fields import EQUIVALENT_WEIGHT, NEARNESS_SLOP, WEIGHTS, Field
from kb.search.syntax import Atom, Clause
from kb.swedish.analysis import Analyzer, Word
from kb.swedish.kinds import MatchKind
from kb.swedish.stopwords import is_stopword


@dataclass(frozen=True, slots=True)
class Variant:
    """One way a word of the query may stand in a document.

    Attributes:
        sought: The words of the query, as typed.
        kind: How the variant is related to them.
        field: Field of the index to look in.
        terms: Terms that must all be there, near each other if several.
        weight: What a match adds to the score.
        slop: Positions the terms may stand apart; 1 = side by side, in order.
        prefix: The term is the beginning of words.
    """

    sought: str
    kind: MatchKind
    field: Field
    terms: tuple[str, ...]
    weight: float
    slop: int = 1
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Something a document must have, or must not have, to match.

    Attributes:
        variants: Any of them meets the need.
        negated: Documents that have it are left out.
        optional: It adds to the score but is not required (function words).
        key: Key of a plain word, for nearness to the next; None for anything else.
    """

    variants: tuple[Variant, ...]
    negated: bool = False
    optional: bool = False
    key: str | None = None


def expand(
    clauses: tuple[Clause, ...], analyzer: Analyzer, off: frozenset[MatchKind] = frozenset()
) -> tuple[Need, ...]:
    """Return what `clauses` need, without the kinds of match that are switched off."""
    needs = [need for clause in clauses if (need := _need(clause, analyzer, off))]
    if all(need.optional or need.negated for need in needs):
        # Function words alone are a query too.
        needs = [Need(need.variants, need.negated, key=need.key) for need in needs]
    return tuple(needs)


def _need(clause: Clause, analyzer: Analyzer, off: frozenset[MatchKind]) -> Need | None:
    variants: list[Variant] = []
    words: list[Word] = []
    for atom in clause.atoms:
        tokens = [token.word for token in analyzer.tokens(atom.text)]
        words += tokens
        variants += _variants(atom, tokens)
    # The word itself is never switched off: there would be nothing left to look for.
    kept = tuple(v for v in variants if v.kind is MatchKind.EXACT or v.kind not in off)
    if not kept:
        return None
    plain = len(words) == 1 and not clause.atoms[0].phrase and not clause.atoms[0].prefix
    function_word = plain and is_stopword(words[0].form)
    return Need(
        kept,
        clause.negated,
        optional=function_word and not clause.negated,
        key=words[0].key if plain and not function_word else None,
    )


def _variants(atom: Atom, words: list[Word]) -> list[Variant]:
    if not words:
        return []
    forms = tuple(word.form for word in words)
    if atom.prefix:
        return [Variant(atom.text, MatchKind.EXACT, Field.FORM, forms[-1:], 1.0, prefix=True)]
    if atom.phrase or len(words) > 1:
        weight = len(words) * WEIGHTS[Field.FORM]
        return [Variant(atom.text, MatchKind.EXACT, Field.FORM, forms, weight)]
    return _word_variants(atom.text, words[0])


def _word_variants(sought: str, word: Word) -> list[Variant]:
    variants = [
        _single(sought, MatchKind.EXACT, Field.FORM, word.form),
        _single(sought, MatchKind.INFLECTION, Field.LEMMA, word.lemma),
        _single(sought, MatchKind.DERIVATION, Field.KEY, word.key),
        _single(sought, MatchKind.COMPOUND, Field.PART, word.key),
    ]
    if word.form == word.folded:
        # Only for someone who typed no å, ä or ö: "höra" never finds "hora".
        variants.append(_single(sought, MatchKind.FOLDED, Field.FOLDED, word.folded))
    return variants


def _single(sought: str, kind: MatchKind, field: Field, term: str) -> Variant:
    return Variant(sought, kind, field, (term,), WEIGHTS[field])


def near_pairs(needs: tuple[Need, ...]) -> list[tuple[str, str]]:
    """Return the keys of neighbouring query words, which are worth more near each other."""
    keys = [need.key for need in needs if need.key and not need.negated]
    return [(a, b) for a, b in itertools.pairwise(keys) if a != b]


__all__ = ["EQUIVALENT_WEIGHT", "NEARNESS_SLOP", "Need", "Variant", "expand", "near_pairs"]
