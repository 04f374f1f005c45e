"""Kinds of match: their order, their names on a hit, and switching them off."""

from __future__ import annotations

import pytest

from kb.lab.evaluate.plain import plain_document
from kb.search.engine import Engine
from kb.search.query import Query
from kb.search.whoosh_engine import WhooshKind
from kb.swedish.kinds import MatchKind

FILLER = "Gruppen träffades under hösten och talade om {} tillsammans med flera kommuner."
SENTENCES = {
    "ord": FILLER.format("rekrytering"),
    "bojning": FILLER.format("rekryteringar"),
    "avledning": FILLER.format("rekrytera"),
    "sammansattning": FILLER.format("nyrekryteringen"),
    "annat": FILLER.format("lokaler"),
    "orosanmalan": FILLER.format("anmälningar om oro"),
    "halsa": FILLER.format("hälsa"),
    "hora": FILLER.format("hora"),
    "horde": FILLER.format("höra"),
    "klippa": FILLER.format("klippan vid havet"),
    "Klippan": FILLER.format("Klippan"),
    "lagen": FILLER.format("SoL"),
    "vadret": FILLER.format("sol"),
    "LVM": FILLER.format("LVM-placeringar och LVM"),
    "delar": FILLER.format("rekrytering av nya familjehem"),
    "sjalva": FILLER.format("missbruk"),
    "samma": FILLER.format("skadligt bruk"),
    "nara": FILLER.format("beroende"),
    "isar": "Familjehem nämndes. " + FILLER.format("annat") * 3 + " Rekrytering nämndes.",
}


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("kinds")
    kind = WhooshKind()
    kind.build(folder, (plain_document(name, text) for name, text in SENTENCES.items()))
    return kind.open(folder)


def found(sentences: Engine, text: str, *off: MatchKind) -> list[str]:
    return [hit.id for hit in sentences.search(Query(text, off=frozenset(off))).hits]


def test_the_closer_the_word_the_higher_the_hit(sentences: Engine):
    order = [i for i in found(sentences, "rekrytering") if i not in ("delar", "isar")]
    assert order == ["ord", "bojning", "avledning", "sammansattning"]


def test_every_hit_says_how_it_matched(sentences: Engine):
    kinds = {
        hit.id: {why.kind for why in hit.why} for hit in sentences.search(Query("rekrytering")).hits
    }
    assert kinds["ord"] == {MatchKind.EXACT}
    assert kinds["bojning"] == {MatchKind.INFLECTION}
    assert kinds["avledning"] == {MatchKind.DERIVATION}
    assert kinds["sammansattning"] == {MatchKind.COMPOUND}


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        (MatchKind.INFLECTION, "bojning"),
        (MatchKind.DERIVATION, "avledning"),
        (MatchKind.COMPOUND, "sammansattning"),
    ],
)
def test_a_kind_can_be_switched_off(sentences: Engine, kind: MatchKind, gone: str):
    assert set(found(sentences, "rekrytering")) - set(found(sentences, "rekrytering", kind)) == {
        gone
    }


def test_equivalents_of_several_words_both_ways(sentences: Engine):
    assert set(found(sentences, "fosterhem")) == {"delar", "isar"}
    assert found(sentences, "fosterhem", MatchKind.EQUIVALENT) == []
    assert found(sentences, "lagen om vård av missbrukare") == ["LVM"]


def test_what_is_close_in_meaning_is_found_last_and_says_so(sentences: Engine):
    hits = sentences.search(Query("missbruk")).hits
    assert [hit.id for hit in hits] == ["sjalva", "samma", "nara"]
    assert [[why.kind for why in hit.why] for hit in hits] == [
        [MatchKind.EXACT],
        [MatchKind.EQUIVALENT],
        [MatchKind.NEAR],
    ]
    (why,) = hits[-1].why
    assert (why.sought, why.found) == ("missbruk", ("beroende",))


def test_each_of_both_can_be_switched_off_alone(sentences: Engine):
    assert found(sentences, "missbruk", MatchKind.NEAR) == ["sjalva", "samma"]
    assert found(sentences, "missbruk", MatchKind.EQUIVALENT) == ["sjalva", "nara"]
    assert found(sentences, "skadligt bruk", MatchKind.NEAR) == ["samma", "sjalva"]


def test_close_words_are_found_both_ways_whatever_their_endings(sentences: Engine):
    assert set(found(sentences, "beroendet")) == {"nara", "sjalva", "samma"}
    assert found(sentences, "skadliga bruket")[-1] == "nara"


def test_dots_may_be_left_out_but_not_put_in(sentences: Engine):
    assert found(sentences, "halsa") == ["halsa"]
    assert found(sentences, "halsa", MatchKind.FOLDED) == []
    assert found(sentences, "höra") == ["horde"]
    assert found(sentences, "hora") == ["hora", "horde"]


def test_a_name_is_no_word_and_a_law_no_weather(sentences: Engine):
    assert found(sentences, "Klippan") == ["Klippan"]
    assert found(sentences, "socialtjänstlagen") == ["lagen"]


def test_a_compound_finds_its_parts_near_each_other(sentences: Engine):
    assert found(sentences, "familjehemsrekrytering") == ["delar"]


def test_words_near_each_other_rank_above_words_far_apart(sentences: Engine):
    assert found(sentences, "familjehem rekrytering") == ["delar", "isar"]


@pytest.mark.parametrize(
    "text",
    [
        "familjehem rekrytering",
        "rekrytera familjehem",
        "familjehemsrekrytering",
        "rekryteringen av familjehemmen",
        "fosterhem rekrytering",
        "familjehemsrekryteringen",
    ],
)
def test_what_is_meant_is_found_however_it_is_said(engine: Engine, text: str):
    assert found(engine, text)[0].startswith("003")


def test_compounds_are_found_by_their_parts(engine: Engine):
    hits = {hit.id[:3]: hit for hit in engine.search(Query("familjehem")).hits}
    assert set(hits) == {"000", "001", "003"}
    assert all(hit.why for hit in hits.values())


def test_a_municipality_is_found_and_not_a_cliff(engine: Engine):
    assert {doc_id[:3] for doc_id in found(engine, "Klippan")} == {"003", "004"}
