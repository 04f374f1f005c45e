"""Compile the needs of a query to Whoosh query objects."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from whoosh import query
from whoosh.query import spans

from kb.search.expand import near_pairs
from kb.search.fields import REPAIRED_TERM, Field
from kb.search.weights import NEARNESS_SLOP, NEARNESS_WEIGHT, WEIGHTS
from kb.search.whoosh_engine.words import AnyWordQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.search.expand import Need, Variant
    from kb.search.vocabulary import CollectionVocabulary

Terms = Container[tuple[str, str]]
"""Membership of terms (field, text) in the index."""


def compile_needs(
    needs: Sequence[Need], terms: Terms, vocabulary: CollectionVocabulary
) -> query.Query:
    """Return the Whoosh query for documents that meet all `needs`.

    Args:
        needs: What is asked.
        terms: The terms of the index; what it does not have is left out.
        vocabulary: The words that parts of words stand for.
    """
    compiler = Compiler(terms, vocabulary)
    required = [compiler.need(n) for n in needs if not n.negated and not n.optional]
    wanted = query.And(required) if required else query.Every()
    bonus = [compiler.need(n) for n in needs if n.optional and not n.negated] + bonuses(needs)
    if required and bonus:
        wanted = query.AndMaybe(wanted, query.Or(bonus))
    forbidden = [compiler.need(n) for n in needs if n.negated]
    return query.AndNot(wanted, query.Or(forbidden)) if forbidden else wanted


def bonuses(needs: Sequence[Need]) -> list[query.Query]:
    """Return what adds to the score: words in titles and headings, and words near each other."""
    return _zones(needs) + [
        _together(Field.PART.value, pair, NEARNESS_WEIGHT, NEARNESS_SLOP, ordered=False)
        for pair in near_pairs(tuple(needs))
    ]


class Compiler:
    """Compiles single needs and their variants."""

    def __init__(self, terms: Terms, vocabulary: CollectionVocabulary) -> None:
        self._terms = terms
        self._vocabulary = vocabulary
        self._made: dict[Variant, query.Query] = {}

    def need(self, need: Need) -> query.Query:
        """Return the query for documents that meet `need`."""
        return query.Or([asked for _, asked in self.variants(need)])

    def variants(self, need: Need) -> list[tuple[Variant, query.Query]]:
        """Return the queries of the variants that the index has."""
        found = [(one, self._once(one)) for one in need.variants if self._there(one)]
        if need.as_stated and (Field.REPAIRED.value, REPAIRED_TERM) in self._terms:
            # That a place was repaired must not add to the score.
            repaired = query.Term(Field.REPAIRED.value, REPAIRED_TERM, boost=0.0)
            return [(one, spans.SpanNot(asked, repaired)) for one, asked in found]
        return found

    def _there(self, variant: Variant) -> bool:
        """Tell whether the index has all terms of a variant, without which it finds nothing."""
        name = variant.field.value
        return bool(variant.pattern) or all((name, term) in self._terms for term in variant.terms)

    def _once(self, variant: Variant) -> query.Query:
        """Return the query of a variant, one and the same for all words it answers."""
        made = self._made.get(variant)
        if made is None:
            made = self._made[variant] = self._variant(variant)
        return made

    def _variant(self, variant: Variant) -> query.Query:
        name = variant.field.value
        if variant.pattern:
            words, _ = self._vocabulary.words(variant.pattern)
            return AnyWordQuery(name, words, variant.weight)
        if len(variant.terms) == 1:
            return query.Term(name, variant.terms[0], boost=variant.weight)
        side_by_side = variant.slop == 1
        return _together(name, variant.terms, variant.weight, variant.slop, ordered=side_by_side)


def _together(
    name: str, terms: Sequence[str], weight: float, slop: int, *, ordered: bool
) -> query.Query:
    """Return a query for terms near each other; `weight` is shared among them."""
    each = [query.Term(name, term, boost=weight / len(terms)) for term in terms]
    # In any order they may also be parts of one word, at the same position.
    return spans.SpanNear2(each, slop=slop, ordered=ordered, mindist=1 if ordered else 0)


def _zones(needs: Sequence[Need]) -> list[query.Query]:
    """Words in the title and in headings add to the score."""
    return [
        query.Term(field.value, need.word.key, boost=WEIGHTS[field])
        for need in needs
        if need.word and not need.optional
        for field in (Field.TITLE, Field.HEADING)
    ]
