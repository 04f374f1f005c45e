"""What measuring retrieval in damaged text does, on made-up pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.lab.evaluate import asked, passages, peers, retrieval
from kb.lab.evaluate.asked import EvaluationQuery, QueryGroup
from kb.lab.evaluate.pages import AlignedPage, by_origin, pages
from kb.lab.evaluate.plain import plain_document
from kb.lab.evaluate.retrieval import CleanWords, Score, answer, rows, score, scores
from kb.search.query import PAGE_SIZE, Query
from kb.search.whoosh_engine import WhooshKind
from kb.search.whoosh_engine.stock import StockWhoosh
from kb.swedish.analysis import default_analyzer

CLEAN = "Nämnden träffas i Svalöv.\nAnna Lindqvist läser upp\nförslaget om boende."
READ = "Namnden triffas i Sval6v.\n\nAnna Lindqvist laser\nfor slaget om boende."
ALIGNED = [
    [["Nämnden"], ["Namnden"]], [["träffas"], ["triffas"]], [["i"], ["i"]],
    [["Svalöv."], ["Sval6v."]], [["Anna"], ["Anna"]], [["Lindqvist"], ["Lindqvist"]],
    [["läser", "upp"], ["laser"]], [["förslaget"], ["for", "slaget"]], [["om"], ["om"]],
    [["boende."], ["boende."]],
]  # fmt: skip

A, B, C = "a", "b", "c"


def test_a_page_and_its_reading_are_cut_at_the_same_words():
    cut = passages.cut("x", CLEAN, READ, ALIGNED, words=4)
    assert [(p.id, p.clean, p.read) for p in cut] == [
        ("x/0", "Nämnden träffas i Svalöv.", "Namnden triffas i Sval6v."),
        ("x/1", "Anna Lindqvist läser upp", "Anna Lindqvist laser"),
        ("x/2", "förslaget om boende.", "for slaget om boende."),
    ]


def test_too_little_to_stand_by_itself_stays_with_what_precedes_it():
    cut = passages.cut("x", CLEAN, READ, ALIGNED, words=8)
    assert [p.clean for p in cut] == [CLEAN]


def test_a_word_read_across_the_cut_goes_with_its_first_half():
    aligned = [[["Nej."], ["Nej."]], [["Ja.", "Så"], ["Ja.Sa"]], [["där."], ["dar."]]]
    cut = passages.cut("x", "Nej. Ja. Så där.", "Nej. Ja.Sa dar.", aligned, words=2)
    assert [p.read for p in cut] == ["Nej. Ja.Sa", "dar."]


def test_no_page_is_repaired_by_what_was_learned_from_it(tmp_path: Path):
    for name, reading in (("x_0", "eng"), ("x_1", "gar"), ("y_0", "eng"), ("y_0", "swe")):
        (tmp_path / f"{name}.{reading}.align.json").write_text(json.dumps(ALIGNED))
    found = pages(tmp_path)
    assert [(p.name, p.origin, p.reading) for p in found] == [
        ("x_0", "x", "eng"), ("x_1", "x", "gar"), ("y_0", "y", "eng"),
    ]  # fmt: skip
    learned = {own[0].origin: decoder for own, decoder in by_origin(found)}
    assert learned["x"] is not learned["y"]


def test_a_page_reads_its_texts(tmp_path: Path):
    (tmp_path / "x_0.eng.align.json").write_text(json.dumps(ALIGNED))
    (tmp_path / "x_0.eng.txt").write_text(READ)
    (tmp_path / "x_0.clean.txt").write_text(CLEAN)
    page = AlignedPage(tmp_path / "x_0.eng.align.json")
    assert (page.read, page.clean, page.aligned) == (READ, CLEAN, ALIGNED)


def test_queries_are_words_pairs_people_and_municipalities():
    texts = ["Förvaltningen granskar budgeten.", "Igår granskade Anna Lindqvist avtalet i Svalöv."]
    queries = asked.choose(texts, default_analyzer())
    by_group = {group: {q.text for q in queries if q.group is group} for group in QueryGroup}
    assert by_group == {
        QueryGroup.WORD: {"granskar", "budgeten", "granskade", "avtalet"},
        QueryGroup.PAIR: {"granskar budgeten"},
        QueryGroup.NAME: {"Anna Lindqvist", "Lindqvist"},
        QueryGroup.MUNICIPALITY: {"Svalöv"},
    }
    assert queries == asked.choose(texts, default_analyzer())


@pytest.mark.parametrize(
    ("found", "relevant", "expected"),
    [
        ({A, B}, {A, B}, Score(1, 1)),
        ({A}, {A, B}, Score(0.5, 1)),
        ({A, B}, {A}, Score(1, 0.5)),
        (set(), {A}, Score(0, 1)),
        ({B}, {A}, Score(0, 0)),
    ],
)
def test_scores(found: set[str], relevant: set[str], expected: Score):
    assert score(frozenset(found), frozenset(relevant)) == expected


def test_a_query_without_an_answer_is_left_out():
    one, other = (
        EvaluationQuery(QueryGroup.WORD, ("ett",)),
        EvaluationQuery(QueryGroup.WORD, ("annat",)),
    )
    found = {one: frozenset({A}), other: frozenset({A})}
    assert scores(found, {one: frozenset({A}), other: frozenset()}) == {one: Score(1, 1)}


def test_rows_average_over_queries_and_over_groups():
    found = {
        EvaluationQuery(QueryGroup.WORD, ("möte",)): Score(1.0, 0.5),
        EvaluationQuery(QueryGroup.NAME, ("Lindqvist",)): Score(0.5, 1.0),
    }
    assert [(row.name, row.value) for row in rows("Sökning", found)] == [
        ("Sökning: täckning", 0.75), ("Sökning: precision", 0.75), ("Sökning, namn: täckning", 0.5),
    ]  # fmt: skip


def test_an_answer_is_every_page_of_hits_and_nothing_if_relaxed(tmp_path: Path):
    many = {f"d{number}" for number in range(2 * PAGE_SIZE + 1)}
    WhooshKind().build(tmp_path, [plain_document(doc_id, "Ett möte.") for doc_id in many])
    engine = WhooshKind().open(tmp_path)
    assert answer(engine, Query("möte")) == many
    assert engine.search(Query("möte semester")).relaxed
    assert answer(engine, Query("möte semester")) == frozenset()
    engine.close()


def test_relevant_is_the_word_in_any_inflection():
    texts = {A: "Nämnderna möts.", B: "Nämnden vilar.", C: "Nämndemannen vilade."}
    words = CleanWords([plain_document(*item) for item in texts.items()], default_analyzer())
    query = EvaluationQuery(QueryGroup.WORD, ("nämnd",))
    assert words.relevant(query) == {A, B}
    assert words.forms(query) == [{"nämnderna", "nämnden"}]
    assert words.relevant(EvaluationQuery(QueryGroup.PAIR, ("nämnden", "vila"))) == {B}


DAMAGED = {A: "Vardplanen ar klar", B: "vérdplanen", C: "Vårdplan i Sval6v"}


@pytest.mark.parametrize(
    ("peer", "forms", "expected"),
    [
        (peers.Folded(DAMAGED), {"vårdplanen"}, {A}),
        (peers.Folded(DAMAGED), {"vårdplanen", "vårdplan"}, {A, C}),
        (peers.Fuzzy(DAMAGED, 1), {"vårdplanen"}, {A, B}),
        (peers.Fuzzy(DAMAGED, 2), {"vårdplanen"}, {A, B, C}),
        (peers.Fuzzy(DAMAGED, 1), {"svalöv"}, {C}),
        (peers.Trigrams(DAMAGED), {"vårdplanen"}, {A, B, C}),
        (peers.Trigrams(DAMAGED), {"svalöv"}, set()),
    ],
)
def test_peers(peer: peers.DamagePeer, forms: set[str], expected: set[str]):
    assert peer.search([frozenset(forms)]) == expected


def test_peers_want_every_word():
    assert peers.Folded(DAMAGED).search([frozenset({"är"}), frozenset({"klar"})]) == {A}
    assert peers.Folded(DAMAGED).search([frozenset({"är"}), frozenset({"svalöv"})]) == set()


def test_plain_whoosh_is_asked_for_any_form_of_every_word(tmp_path: Path):
    plain = StockWhoosh(tmp_path, [(doc_id, "", text) for doc_id, text in DAMAGED.items()])
    search = peers.stock(plain, len(DAMAGED))
    assert search([frozenset({"vårdplanen", "vardplanen"}), frozenset({"klar"})]) == {A}
    assert search([frozenset({"vårdplan"})]) == {C}


def test_repaired_passages_are_found_like_whole_ones(tmp_path: Path):
    folder = tmp_path / "corpora/ocr/train"
    folder.mkdir(parents=True)
    clean = (
        "Nämnden träffas i Svalöv och går igenom förslaget från förvaltningen om boende för äldre."
        " Därför är det viktigt att höra på de närstående som får stöd av kommunen och skolan."
    )
    read = clean.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")).replace("Svalov", "Sval6v")
    aligned = [[[a], [b]] for a, b in zip(clean.split(), read.split(), strict=True)]
    for name in ("x_0", "y_0"):
        (folder / f"{name}.clean.txt").write_text(clean)
        for reading in ("eng", "gar"):
            (folder / f"{name}.{reading}.txt").write_text(read)
            (folder / f"{name}.{reading}.align.json").write_text(json.dumps(aligned))
    table = {row.name: row.value for row in retrieval.retrieval(tmp_path)}
    assert table["Sökning, eng: täckning"] == 1
    assert table["Sökning, Garamond, kommuner: täckning"] == 1
    assert table["Jämförelse, utan prickar: täckning"] < 1
