"""What an engine tells besides hits: explanations, words that begin so, its size, its limits."""

from __future__ import annotations

import pytest

from kb.lab.evaluate.plain import plain_document
from kb.search import budget
from kb.search.engine import Engine
from kb.search.query import Query
from kb.search.whoosh_engine import WhooshKind


@pytest.mark.parametrize(
    "text",
    [
        "familjehem rekrytering",
        "rekryteringen av familjehemmen",
        "nätverk*",
        '"guidad tur"',
        "korvgrillning ELLER osloresan",
        "familjehem -kampanj",
    ],
)
def test_the_shares_of_an_explanation_add_up_to_the_score(engine: Engine, text: str):
    hits = engine.search(Query(text)).hits
    assert hits
    for hit in hits:
        explained = engine.explain(hit.id, Query(text))
        assert explained is not None
        assert explained.score == pytest.approx(hit.score, abs=1e-4)
        assert sum(share.points for share in explained.shares) == pytest.approx(explained.score)


def test_what_does_not_match_is_not_explained(engine: Engine):
    assert engine.explain("finns inte", Query("familjehem")) is None
    found = {hit.id for hit in engine.search(Query("korvgrillning")).hits}
    other = next(iter(engine.ids() - found))
    assert engine.explain(other, Query("korvgrillning")) is None


def test_words_are_suggested_by_their_beginning(engine: Engine):
    words = engine.suggest("familjehem")
    assert words
    assert all(word.startswith("familjehem") for word in words)
    assert engine.suggest("") == engine.suggest("xylofon") == ()


def test_an_index_tells_its_size(engine: Engine):
    stats = engine.stats()
    assert (stats.documents, stats.deleted, stats.segments) == (5, 0, 1)
    assert stats.words > 500
    assert stats.bytes > 10_000


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("*grillning*", "korvgrillning"),
        ("*grillning", "korvgrillning"),
        ("korvg*", "korvgrillning"),
    ],
)
def test_parts_of_words_are_found_and_marked(engine: Engine, text: str, marked: str):
    (hit,) = engine.search(Query(text)).hits
    assert any(f"<mark>{marked}</mark>" in passage.html for passage in hit.passages)


def test_too_many_words_are_cut_and_it_is_said(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kb.search.vocabulary.MAX_WORDS", 3)
    words = [f"ord{n}a" for n in "bcdfg"]
    documents = (plain_document(f"{n}", " ".join(words[: n + 1])) for n in range(5))
    kind = WhooshKind()
    kind.build(tmp_path, documents)
    results = kind.open(tmp_path).search(Query("ord*"))
    assert results.total == 5
    assert any("ord*" in note for note in results.notes)


def test_a_query_past_its_budget_is_cut_and_it_is_said(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kb.search.answering.Budget", lambda: budget.Budget(postings=3))
    results = engine.search(Query("familjehem rekrytering"))
    assert results.hits == ()
    assert budget.TOO_LONG in results.notes
