"""Kinds of match: their order, their names on a hit, and switching them off."""

from __future__ import annotations

import pytest

from kb.model import (
    Damage,
    DateFinding,
    Document,
    Minutes,
    Quality,
    RepairedText,
    SourceText,
    Span,
)
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
    "isar": "Familjehem nämndes. " + FILLER.format("annat") * 3 + " Rekrytering nämndes.",
}


def document(name: str, text: str) -> Document:
    source = SourceText(name, text, (Span(0, len(text)),), "", "utf-8")
    repaired = RepairedText(source, text, (), Quality(1.0, 0.05, Damage.NONE))
    return Document(repaired, Minutes("", "", DateFinding(None, 0.0)))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("kinds")
    kind = WhooshKind()
    kind.build(folder, (document(name, text) for name, text in SENTENCES.items()))
    return kind.open(folder)


def found(engine: Engine, text: str, *off: MatchKind) -> list[str]:
    return [hit.id for hit in engine.search(Query(text, off=frozenset(off))).hits]


def test_the_closer_the_word_the_higher_the_hit(engine: Engine):
    order = [i for i in found(engine, "rekrytering") if i not in ("delar", "isar")]
    assert order == ["ord", "bojning", "avledning", "sammansattning"]


def test_every_hit_says_how_it_matched(engine: Engine):
    kinds = {
        hit.id: {why.kind for why in hit.why} for hit in engine.search(Query("rekrytering")).hits
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
def test_a_kind_can_be_switched_off(engine: Engine, kind: MatchKind, gone: str):
    assert set(found(engine, "rekrytering")) - set(found(engine, "rekrytering", kind)) == {gone}


def test_equivalents_of_several_words_both_ways(engine: Engine):
    assert set(found(engine, "fosterhem")) == {"delar", "isar"}
    assert found(engine, "fosterhem", MatchKind.EQUIVALENT) == []
    assert found(engine, "lagen om vård av missbrukare") == ["LVM"]


def test_dots_may_be_left_out_but_not_put_in(engine: Engine):
    assert found(engine, "halsa") == ["halsa"]
    assert found(engine, "halsa", MatchKind.FOLDED) == []
    assert found(engine, "höra") == ["horde"]
    assert found(engine, "hora") == ["hora", "horde"]


def test_a_name_is_no_word_and_a_law_no_weather(engine: Engine):
    assert found(engine, "Klippan") == ["Klippan"]
    assert found(engine, "socialtjänstlagen") == ["lagen"]


def test_a_compound_finds_its_parts_near_each_other(engine: Engine):
    assert found(engine, "familjehemsrekrytering") == ["delar"]


def test_words_near_each_other_rank_above_words_far_apart(engine: Engine):
    assert found(engine, "familjehem rekrytering") == ["delar", "isar"]
