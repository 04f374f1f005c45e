"""What a query asks the index for: every typed word as a set of variants.

The engine turns variants into its own queries and the highlighter finds them in
a document's words, so that what is marked is what matched.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from kb.search.fields import EQUIVALENT_WEIGHT, SPLIT_SLOP, SPLIT_WEIGHT, WEIGHTS, Field
from kb.search.syntax import Atom, Clause
from kb.swedish.analysis import Analyzer, Token, Word
from kb.swedish.equivalents import Equivalents, Term, equivalents_for
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
        word: The word, if it is a plain one and not a phrase, a beginning or a choice.
    """

    variants: tuple[Variant, ...]
    negated: bool = False
    optional: bool = False
    word: Word | None = None

    @property
    def sought(self) -> str:
        """The first of its words, as typed."""
        return self.variants[0].sought


def expand(
    clauses: tuple[Clause, ...], analyzer: Analyzer, off: frozenset[MatchKind] = frozenset()
) -> tuple[Need, ...]:
    """Return what `clauses` need, without the kinds of match that are switched off."""
    needs = [need for clause in clauses if (need := _need(clause, analyzer, off))]
    if MatchKind.EQUIVALENT not in off:
        needs = _with_equivalents(needs, equivalents_for(analyzer))
    if all(need.optional or need.negated for need in needs):
        # Function words alone are a query too.
        needs = [replace(need, optional=False) for need in needs]
    return tuple(needs)


def _need(clause: Clause, analyzer: Analyzer, off: frozenset[MatchKind]) -> Need | None:
    variants: list[Variant] = []
    tokens: list[Token] = []
    for atom in clause.atoms:
        own = list(analyzer.tokens(atom.text))
        tokens += own
        variants += _variants(atom, own, analyzer)
    # The word itself is never switched off: there would be nothing left to look for.
    kept = tuple(v for v in variants if v.kind is MatchKind.EXACT or v.kind not in off)
    if not kept:
        return None
    first = clause.atoms[0]
    if len(tokens) > 1 or first.phrase or first.prefix or clause.negated:
        return Need(kept, clause.negated)
    word = tokens[0].word
    return Need(kept, optional=is_stopword(word.form), word=word)


def _with_equivalents(needs: list[Need], equivalents: Equivalents) -> list[Need]:
    """Let terms that mean the same stand in for stretches of plain words.

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
        for match in equivalents.matches(words, typed):
            weight = EQUIVALENT_WEIGHT / (match.end - match.start)
            sought = " ".join(typed[match.start : match.end])
            added = tuple(_equivalent(sought, term, weight) for term in match.others)
            for place in places[match.start : match.end]:
                widened[place] = replace(
                    widened[place], variants=(*widened[place].variants, *added)
                )
    return widened


def _equivalent(sought: str, term: Term, weight: float) -> Variant:
    if term.as_written and len(term.words) == 1:
        # "SoL" is the law and "sol" is not: only the letters as written will do.
        field = Field.FORM if term.text.islower() else Field.NAME
        return Variant(sought, MatchKind.EQUIVALENT, field, (term.text,), weight)
    keys = tuple(word.key for word in term.words)
    return Variant(sought, MatchKind.EQUIVALENT, Field.KEY, keys, weight, slop=term.length)


def _variants(atom: Atom, tokens: list[Token], analyzer: Analyzer) -> list[Variant]:
    if not tokens:
        return []
    forms = tuple(token.word.form for token in tokens)
    if atom.prefix:
        weight = WEIGHTS[Field.FORM]
        return [Variant(atom.text, MatchKind.EXACT, Field.FORM, forms[-1:], weight, prefix=True)]
    if atom.phrase or len(tokens) > 1:
        weight = len(tokens) * WEIGHTS[Field.FORM]
        return [Variant(atom.text, MatchKind.EXACT, Field.FORM, forms, weight)]
    variants = _word_variants(atom.text, tokens[0], analyzer)
    # A bare word and the name it can be often share a field and term.
    return list({(v.field, v.terms): v for v in reversed(variants)}.values())[::-1]


def _word_variants(sought: str, token: Token, analyzer: Analyzer) -> list[Variant]:
    if token.name:
        # As a name it is looked for as a name: "Klippan" is no cliff.
        variants = [_single(sought, MatchKind.EXACT, Field.NAME, token.text)]
        words: tuple[Word, ...] = (token.word,)
    else:
        variants = [_single(sought, MatchKind.EXACT, Field.FORM, token.word.form)]
        words = analyzer.readings(token.word.form)
    for word in words:
        variants += [
            _single(sought, MatchKind.INFLECTION, Field.LEMMA, word.lemma),
            _single(sought, MatchKind.DERIVATION, Field.KEY, word.key),
            _single(sought, MatchKind.COMPOUND, Field.PART, word.key),
        ]
        variants += [
            Variant(sought, MatchKind.COMPOUND, Field.PART, sides, SPLIT_WEIGHT, SPLIT_SLOP)
            for sides in analyzer.splits(word)
        ]
    form = token.word.form
    if form == token.word.folded:
        # Only for someone who typed no å, ä or ö: "höra" never finds "hora".
        variants.append(_single(sought, MatchKind.FOLDED, Field.FOLDED, form))
    return variants


def _single(sought: str, kind: MatchKind, field: Field, term: str) -> Variant:
    return Variant(sought, kind, field, (term,), WEIGHTS[field])


def near_pairs(needs: tuple[Need, ...]) -> list[tuple[str, str]]:
    """Return the keys of neighbouring query words, which are worth more near each other."""
    keys = [need.word.key for need in needs if need.word and not need.optional]
    return [(a, b) for a, b in itertools.pairwise(keys) if a != b]
