"""Damaged words are found by what they probably read, and hits say so."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kb.search.engine import Engine
from kb.search.query import Query
from kb.search.results import Why
from kb.swedish.kinds import MatchKind
from kb.swedish.stopwords import is_stopword
from kb.swedish.tokenize import tokenize

OFF = frozenset({MatchKind.READING})


def reasons(engine: Engine, text: str, number: str) -> set[Why]:
    hits = {hit.id[:3]: hit for hit in engine.search(Query(text)).hits}
    return set(hits[number].why)


@pytest.mark.parametrize(
    "text",
    [
        "Håkan Strömberg", "temaområdena", "frågeställningen", "jämförelser", "förtroendet",
        "nätverkets viktiga frågor", "kommunfullmäktigeledamöter", "lägesrapport", "Börjesdotter",
    ],
)  # fmt: skip
def test_words_of_the_scan_are_found_as_swedish(engine: Engine, text: str):
    assert [hit.id[:3] for hit in engine.search(Query(text)).hits][:1] == ["004"]


def test_every_content_word_of_the_scan_is_found(engine: Engine):
    clean = (files("kb.lab.evaluate") / "data" / "004_clean.txt").read_text("utf-8")
    words = {token.text for token in tokenize(clean) if token.text.isalpha()}
    content = {word for word in words if not is_stopword(word.lower())}
    assert len(content) > 100
    missed = [
        word
        for word in sorted(content)
        if not any(hit.id.startswith("004") for hit in engine.search(Query(word)).hits)
    ]
    assert missed == []


def test_letters_lost_in_extraction_are_found(engine: Engine):
    hits = engine.search(Query("föräldragruppen oktober 2017")).hits
    assert hits[0].id.startswith("000")


def test_a_hit_says_what_was_read_how(engine: Engine):
    why = Why(MatchKind.READING, "Strömberg", ("Strémberg → Strömberg",))
    assert why in reasons(engine, "Strömberg", "004")


def test_another_reading_is_found_too(engine: Engine):
    assert {why.kind for why in reasons(engine, "läget", "004")} == {MatchKind.READING}


def test_the_letters_as_they_stand_are_the_same_word(engine: Engine):
    why = Why(MatchKind.EXACT, "Strémberg", ("strémberg",))
    assert reasons(engine, "Strémberg", "004") == {why}


def test_readings_can_be_switched_off(engine: Engine):
    assert engine.search(Query("frågeställningen")).total == 1
    assert engine.search(Query("frågeställningen", off=OFF)).total == 0
    assert engine.search(Query("statistik", off=OFF)).total == 1


def test_marks_of_repaired_words_lie_on_the_original(engine: Engine):
    doc_id = next(i for i in engine.ids() if i.startswith("004"))
    document = engine.document(doc_id)
    assert document is not None
    marks = engine.marks(doc_id, Query("nätverket"))
    assert {document.source.text[start:end] for start, end, _ in marks} >= {"nitverket"}
