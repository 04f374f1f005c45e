"""The array searcher finds and scores as Whoosh's own matchers do, whatever is asked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from whoosh import query
from whoosh.query import spans
from whoosh.searching import Searcher as WhooshSearcher

from kb.search.arrays import Scored
from kb.search.budget import Budget, OverBudgetError
from kb.search.whoosh_engine.searcher import Searcher
from kb.search.whoosh_engine.words import AnyWordQuery
from tests.search.stock_segments import (
    Document,
    searcher,
    segments_of,
    stock_index,
    stock_scores,
)

WORDS = ("ab", "abc", "b", "c", "d")
FIELDS = ("form", "part")

terms = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 30)), unique=True, max_size=25)
documents = st.fixed_dictionaries(
    {name: terms.map(lambda found: sorted(found, key=lambda t: t[1])) for name in FIELDS}
)
collections = st.lists(st.lists(documents, min_size=1, max_size=6), min_size=1, max_size=3)

boosts = st.sampled_from((1.0, 0.3, 2.5))
words = st.builds(
    lambda name, word, boost: query.Term(name, word, boost=boost),
    st.sampled_from(FIELDS),
    st.sampled_from((*WORDS, "saknas")),
    boosts,
)


@st.composite
def nearnesses(draw: st.DrawFn) -> query.Query:
    name = draw(st.sampled_from(FIELDS))
    each = [query.Term(name, draw(st.sampled_from(WORDS)), boost=draw(boosts)) for _ in range(3)]
    ordered = draw(st.booleans())
    slop = draw(st.integers(1, 8))
    return spans.SpanNear2(
        each[: draw(st.integers(2, 3))], slop=slop, ordered=ordered, mindist=int(ordered)
    )


single = st.one_of(
    words,
    nearnesses(),
    st.builds(query.Phrase, st.sampled_from(FIELDS), st.lists(st.sampled_from(WORDS), min_size=2)),
    st.builds(
        lambda name, text: query.Prefix(name, text, constantscore=False),
        st.sampled_from(FIELDS),
        st.sampled_from(("a", "ab", "x")),
    ),
    st.just(query.TermRange("form", "ab", "c", endexcl=True, constantscore=False)),
    st.just(query.Every()),
    st.builds(
        AnyWordQuery, st.sampled_from(FIELDS), st.lists(st.sampled_from(WORDS), unique=True), boosts
    ),
)


def compounds(inner: st.SearchStrategy[query.Query]) -> st.SearchStrategy[query.Query]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(several.map(query.And), several.map(query.Or))


Scores = dict[int, float]

deletions = st.lists(st.integers(0, 17), unique=True, max_size=6)


def ours(arrays: Searcher, asked: query.Query) -> Scores:
    found = arrays.score(asked, arrays.lookup(), Budget(until=math.inf))
    assert found.docs.tolist() == sorted(set(found.docs.tolist()))
    return dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True))


@contextmanager
def both(
    segments: Sequence[Sequence[Document]], deleted: Sequence[int] = ()
) -> Iterator[tuple[Searcher, WhooshSearcher]]:
    count = sum(map(len, segments))
    with searcher(stock_index(segments, [n for n in deleted if n < count])) as stock:
        yield Searcher(segments_of(stock.reader())), stock


def equal(scores: Scores) -> object:
    return pytest.approx(scores, rel=1e-9, abs=0)


@settings(max_examples=150, deadline=None)
@given(collections, st.recursive(single, compounds, max_leaves=8), deletions)
def test_any_query_finds_and_scores_as_in_whoosh(
    collection: list[list[Document]], asked: query.Query, deleted: list[int]
):
    with both(collection, deleted) as (arrays, stock):
        assert ours(arrays, asked) == equal(stock_scores(stock, asked))


@settings(max_examples=60, deadline=None)
@given(collections, single, single, deletions)
def test_what_may_be_there_adds_to_the_score(
    collection: list[list[Document]], wanted: query.Query, maybe: query.Query, deleted: list[int]
):
    # Whoosh's own AndMaybe, inside an And, loses what adds to the score when it skips.
    with both(collection, deleted) as (arrays, stock):
        more = stock_scores(stock, maybe)
        expected = {n: s + more.get(n, 0.0) for n, s in stock_scores(stock, wanted).items()}
        assert ours(arrays, query.AndMaybe(wanted, maybe)) == equal(expected)
        everything = query.And([query.AndMaybe(wanted, maybe), wanted])
        assert ours(arrays, everything).keys() == expected.keys()


@settings(max_examples=60, deadline=None)
@given(collections, single, single, deletions)
def test_what_is_to_be_left_out_is_left_out(
    collection: list[list[Document]], wanted: query.Query, not_this: query.Query, deleted: list[int]
):
    # Whoosh's own AndNot keeps a first document that is to be left out.
    with both(collection, deleted) as (arrays, stock):
        left_out = stock_scores(stock, not_this)
        expected = {n: s for n, s in stock_scores(stock, wanted).items() if n not in left_out}
        assert ours(arrays, query.AndNot(wanted, not_this)) == equal(expected)
        everything = stock_scores(stock, query.Every())
        assert ours(arrays, query.Not(not_this)).keys() == everything.keys() - left_out.keys()


def stretches(asked: query.Query, document: Document) -> set[tuple[int, int]]:
    """Return where a query stands, found the long way."""
    if isinstance(asked, query.Term):
        return {(p, p) for term, p in document[asked.fieldname] if term == asked.text}
    found, *following = [stretches(word, document) for word in asked.qs]
    for word in following:
        found = {
            (min(a, since), max(b, until))
            for a, b in found
            for since, until in word
            if asked.mindist <= max(since - b, a - until, 0) <= asked.slop
            and (since >= a if asked.ordered else since >= a - asked.slop)
        }
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(documents, min_size=1, max_size=6),
    st.one_of(words, nearnesses()),
    st.sampled_from(WORDS),
)
def test_words_that_only_a_repair_reads_are_left_out(
    documents: list[Document], asked: query.Query, mark: str
):
    # Whoosh's own SpanNot runs past the end of the repaired places.
    repaired = query.Term("form", mark, boost=0.0)

    def stands(document: Document) -> bool:
        marked = [place for place, _ in stretches(repaired, document)]
        return any(
            not any(a <= place <= b for place in marked) for a, b in stretches(asked, document)
        )

    with both([documents]) as (arrays, stock):
        scores = stock_scores(stock, asked)
        expected = {n: scores[n] for n, document in enumerate(documents) if stands(document)}
        assert ours(arrays, spans.SpanNot(asked, repaired)) == equal(expected)


def test_kinds_that_arrays_cannot_answer_go_to_whoosh():
    documents = [{"form": [("ab", 0), ("c", 1)]}, {"form": [("c", 0), ("ab", 5)]}]
    asked = query.AndMaybe(
        query.Term("form", "c"), spans.SpanFirst(query.Term("form", "ab"), limit=1)
    )
    with both([documents]) as (_, stock):

        def whoosh(other: query.Query, segment: int) -> Scored:
            leaf, _ = stock.leaf_searchers()[segment]
            found = stock_scores(leaf, other)
            return Scored(np.array(list(found), np.uint32), np.array(list(found.values())))

        arrays = Searcher(segments_of(stock.reader()), whoosh)
        assert ours(arrays, asked) == equal(stock_scores(stock, asked))


def test_a_query_past_its_budget_is_cut():
    with both([[{"form": [("ab", 0)]}]]) as (arrays, _):
        asked = query.Term("form", "ab")
        with pytest.raises(OverBudgetError):
            arrays.score(asked, arrays.lookup(), Budget(postings=0))
        with pytest.raises(OverBudgetError):
            arrays.score(asked, arrays.lookup(), Budget(until=0.0))
