"""Whoosh's own queries give the same over arrays of postings as over its own blocks."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st
from whoosh import fields, query, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.query import spans

from kb.search.whoosh_engine.codec import ArrayCodec

WORDS = ["al", "alm", "alp", "asp", "björk", "en", "ek", "gran", "ö"]
DOCUMENTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=12)

TERMS = st.sampled_from([*WORDS, "saknas"]).map(lambda word: query.Term("text", word))
LEAVES = (
    TERMS
    | st.builds(query.Prefix, st.just("text"), st.sampled_from(["a", "al", "e", "x"]))
    | st.builds(query.Wildcard, st.just("text"), st.sampled_from(["a*", "?l*", "*n"]))
    | st.builds(
        query.TermRange,
        st.just("text"),
        st.sampled_from(["al", "alp", "b"]),
        st.sampled_from(["asp", "f", "ö"]),
    )
    | st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(
        lambda words: query.Phrase("text", words)
    )
    | st.builds(
        lambda terms, slop, ordered: spans.SpanNear2(terms, slop=slop, ordered=ordered, mindist=0),
        st.lists(TERMS, min_size=2, max_size=3),
        st.integers(1, 4),
        st.booleans(),
    )
)  # fmt: skip
QUERIES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(query.And, st.lists(inner, min_size=1, max_size=3))
        | st.builds(query.Or, st.lists(inner, min_size=1, max_size=3))
        | st.builds(query.AndNot, inner, inner)
        | st.builds(query.AndMaybe, inner, inner)
        | st.builds(query.Not, inner)
    ),
    max_leaves=5,
)


def index_of(folder, codec, batches, deleted):
    folder.mkdir()
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
        tag=fields.KEYWORD(),
    )
    index = FileStorage(str(folder)).create_index(schema)
    number = 0
    for batch in batches:
        writer = index.writer(codec=codec, compound=False)
        for text in batch:
            writer.add_document(id=str(number), text=text, tag=text)
            number += 1
        writer.commit(merge=False)
    writer = index.writer(codec=codec, compound=False)
    for doc in deleted:
        writer.delete_by_term("id", str(doc))
    writer.commit(merge=False)
    return index


def found(index, asked):
    with index.searcher(weighting=scoring.BM25F(B=0.6, K1=1.2)) as searcher:
        results = searcher.search(asked, limit=None)
        return {hit["id"]: hit.score for hit in results}


def term(word):
    return query.Term("text", word)


RUN_OUT = query.And([query.AndNot(term("al"), term("alm")), term("alp")])
"""Whoosh asks where "al" stands after it has been led past its last document."""


# Making an index costs most, so that each is asked much.
@settings(max_examples=30, deadline=None)
@given(
    st.lists(DOCUMENTS, min_size=1, max_size=3),
    st.sets(st.integers(0, 20)),
    st.lists(QUERIES, min_size=1, max_size=8),
)
@example([["al", "alp", "alm"]], set(), [RUN_OUT])
def test_stock_queries_give_the_same(tmp_path_factory, batches, deleted, asked):  # fmt: skip
    folder = tmp_path_factory.mktemp("codec")
    stock = index_of(folder / "stock", W3Codec(), batches, deleted)
    ours = index_of(folder / "ours", ArrayCodec(), batches, deleted)
    for one in asked:
        got = found(ours, one)
        try:
            expected = found(stock, one)
        except IndexError:  # Whoosh asks a word of its own where it stands past its end
            continue
        assert got == pytest.approx(expected, abs=1e-9)
