"""What the product asks of its own index, answered by arrays and by Whoosh's matchers."""

from __future__ import annotations

import pytest
from whoosh import index

from kb.search.answering import clauses_of
from kb.search.budget import Budget
from kb.search.query import Query
from kb.search.whoosh_engine import WhooshEngine
from kb.search.whoosh_engine.compile import compile_needs
from tests.search.stock_segments import searcher, stock_scores


@pytest.mark.parametrize(
    "text",
    [
        "familjehem",
        "familjehem rekrytering",
        "rekryteringen av familjehemmen",
        "familjehemsrekrytering",
        "fosterhem rekrytering",
        '"guidad tur"',
        "korvgrill* ELLER osloresan",
        "*hem*",
        "Klippan",
        "halsa",
    ],
)
def test_the_two_agree(engine: WhooshEngine, text: str):
    clauses, _ = clauses_of(Query(text))
    lookup = engine._searcher.lookup()
    needs = engine._expander.expand(clauses)
    asked = compile_needs(needs, lookup, engine._vocabulary)
    found = engine._searcher.score(asked, lookup, Budget())
    with searcher(index.open_dir(str(engine._folder))) as stock:
        expected = stock_scores(stock, asked)
    assert expected
    scores = dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True))
    assert scores == pytest.approx(expected, rel=1e-9)
