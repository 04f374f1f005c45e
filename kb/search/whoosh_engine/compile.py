"""What a query needs, as Whoosh query objects."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from whoosh import query
from whoosh.query import spans

from kb.search.expand import near_pairs
from kb.search.fields import (
    NEARNESS_SLOP,
    NEARNESS_WEIGHT,
    REPAIRED_TERM,
    WEIGHTS,
    Field,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.reading import IndexReader

    from kb.search.expand import Need, Variant

MAX_EXPANSIONS = 1_000
"""Words a beginning (word*) may stand for."""


def compile_needs(reader: IndexReader, needs: Sequence[Need]) -> query.Query:
    """Return the Whoosh query for documents that meet all `needs`."""
    required = [_need(reader, n) for n in needs if not n.negated and not n.optional]
    wanted = query.And(required) if required else query.Every()
    bonus = [_need(reader, n) for n in needs if n.optional and not n.negated]
    bonus += _zones(needs) + [
        _together(Field.PART.value, pair, NEARNESS_WEIGHT, NEARNESS_SLOP, ordered=False)
        for pair in near_pairs(tuple(needs))
    ]
    if required and bonus:
        wanted = query.AndMaybe(wanted, query.Or(bonus))
    forbidden = [_need(reader, n) for n in needs if n.negated]
    return query.AndNot(wanted, query.Or(forbidden)) if forbidden else wanted


def _need(reader: IndexReader, need: Need) -> query.Query:
    variants = [_variant(reader, variant) for variant in need.variants if _there(reader, variant)]
    if need.as_stated and (Field.REPAIRED.value, REPAIRED_TERM) in reader:
        repaired = query.Term(Field.REPAIRED.value, REPAIRED_TERM)
        variants = [spans.SpanNot(variant, repaired) for variant in variants]
    return query.Or(variants)


def _there(reader: IndexReader, variant: Variant) -> bool:
    """Tell whether the index has all terms of a variant, without which it finds nothing."""
    return variant.prefix or all((variant.field.value, term) in reader for term in variant.terms)


def _variant(reader: IndexReader, variant: Variant) -> query.Query:
    name = variant.field.value
    if variant.prefix:
        beginning = variant.terms[0].encode()
        words = itertools.islice(reader.expand_prefix(name, beginning), MAX_EXPANSIONS)
        return query.Or([query.Term(name, word.decode(), boost=variant.weight) for word in words])
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
