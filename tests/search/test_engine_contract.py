"""What every engine must do; run on the seeds through the whole pipeline."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings, strategies as st

from kb.model import OffsetMap
from kb.search.engine import Engine
from kb.search.facets import GROUP, MUNICIPALITY, PERSON, YEAR
from kb.search.query import Query, Sort
from kb.search.results import Results
from kb.swedish.kinds import MatchKind

SEEDS = {"000", "001", "002", "003", "004"}


def ids(results: Results) -> list[str]:
    return [hit.id[:3] for hit in results.hits]


def test_every_document_is_there(engine: Engine):
    assert {doc_id[:3] for doc_id in engine.ids()} == SEEDS
    assert set(ids(engine.search(Query()))) == SEEDS


def test_all_words_must_match(engine: Engine):
    results = engine.search(Query("familjehem rekrytering"))
    assert ids(results)[0] == "003"
    assert not results.relaxed


def test_any_word_is_enough_when_none_has_all(engine: Engine):
    results = engine.search(Query("korvgrillning bildspel"))
    assert results.relaxed
    assert set(ids(results)) == {"002", "004"}
    assert not engine.search(Query("korvgrillning")).relaxed


def test_nothing_is_found_for_what_is_not_there(engine: Engine):
    results = engine.search(Query("xylofonkonsert"))
    assert (results.total, results.hits, results.relaxed) == (0, (), False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"guidad tur"', {"002"}),
        ('"tur guidad"', set()),
        ("korvgrill*", {"002"}),
        ("korvgrillning ELLER osloresan", {"000", "002"}),
        ("korvgrillning OCH osloresan -facebook", {"000"}),
    ],
)
def test_operators(engine: Engine, text: str, expected: set[str]):
    assert set(ids(engine.search(Query(text)))) == expected


def test_what_is_to_be_left_out_is_left_out(engine: Engine):
    everything = set(ids(engine.search(Query())))
    with_word = set(ids(engine.search(Query("kampanj"))))
    assert with_word
    assert set(ids(engine.search(Query("-kampanj")))) == everything - with_word


def test_filters_are_or_within_and_and_between(engine: Engine):
    svalov = Query().add(MUNICIPALITY, "Svalöv")
    assert set(ids(engine.search(svalov))) == {"003", "004"}
    both = svalov.add(MUNICIPALITY, "Helsingborg")
    assert set(ids(engine.search(both))) == SEEDS
    assert ids(engine.search(both.add(PERSON, "Linda Macke"))) == ["004"]


def test_a_facet_is_counted_without_its_own_filter(engine: Engine):
    results = engine.search(Query().add(MUNICIPALITY, "Svalöv"))
    counts = {v.value: v for v in results.facets[MUNICIPALITY]}
    assert counts["Svalöv"].selected
    assert counts["Svalöv"].count == 2
    assert counts["Helsingborg"].count == 5
    assert sum(v.count for v in results.facets[GROUP]) == 2


def test_filter_values_may_be_typed_without_care(engine: Engine):
    results = engine.search(Query().add(PERSON, "linda macke"))
    assert ids(results) == ["004"]
    assert results.query.values(PERSON) == ("Linda Macke",)


def test_time_is_a_filter_and_a_histogram(engine: Engine):
    query = Query().between(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    results = engine.search(query)
    assert set(ids(results)) == {"000", "001", "002"}
    assert {bar.label: bar.count for bar in results.histogram if bar.count} == {
        "jan": 1, "maj": 1, "okt": 1,
    }  # fmt: skip
    everything = engine.search(Query())
    assert {bar.label: bar.count for bar in everything.histogram}["2017"] == 3


def test_a_doubtful_date_is_found_under_both_years(engine: Engine):
    for year in ("2010", "2020"):
        assert "003" in ids(engine.search(Query().add(YEAR, year)))


def test_order(engine: Engine):
    newest = [hit.proposed_date or hit.date for hit in engine.search(Query(sort=Sort.NEWEST)).hits]
    assert newest == sorted(newest, key=str, reverse=True)
    oldest = [hit.proposed_date or hit.date for hit in engine.search(Query(sort=Sort.OLDEST)).hits]
    assert oldest == newest[::-1]


def test_snippets_mark_what_matched_and_are_safe(engine: Engine):
    hit = engine.search(Query("familjehem rekrytering")).hits[0]
    assert any("<mark>familjehem</mark>" in passage.html for passage in hit.passages)
    assert {why.sought for why in hit.why} == {"familjehem", "rekrytering"}


def test_documents_come_back_as_they_went_in(engine: Engine):
    doc_id = next(i for i in engine.ids() if i.startswith("002"))
    document = engine.document(doc_id)
    assert document is not None
    assert document.id == doc_id
    assert "korvgrillning" in document.source.text
    assert engine.document("finns inte") is None


def test_marks_lie_in_the_source(engine: Engine):
    doc_id = next(i for i in engine.ids() if i.startswith("003"))
    document = engine.document(doc_id)
    assert document is not None
    marked = {document.source.text[a:b] for a, b, _ in engine.marks(doc_id, Query("kampanj"))}
    assert {"kampanj", "kampanjen"} <= marked
    assert engine.marks("finns inte", Query("kampanj")) == []


def test_neighbours_are_of_the_same_group(engine: Engine):
    first = next(i for i in engine.ids() if i.startswith("001"))
    second = next(i for i in engine.ids() if i.startswith("000"))
    before, after = engine.neighbours(first)
    assert before is None
    assert after is not None
    assert after.id == second


def test_threads_share_an_engine(engine: Engine):
    queries = [Query("familjehem"), Query("nätverk*"), Query("korvgrillning"), Query()]
    expected = [ids(engine.search(query)) for query in queries]
    wrong: list[object] = []

    def work(offset: int) -> None:
        for i in range(20):
            n = (i + offset) % len(queries)
            if (got := ids(engine.search(queries[n]))) != expected[n]:
                wrong.append((queries[n], got))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_search(engine: Engine, text: str):
    results = engine.search(Query(text))
    assert results.total >= len(results.hits)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "a" * 10_000,
        "ord " * 5_000,
        "*" * 100,
        '"' * 99,
        "-" * 50,
        "ELLER " * 50,
        "\0",
        "a:b:c",
    ],
)
def test_hostile_text_breaks_nothing(engine: Engine, text: str):
    engine.search(Query(text))


def test_a_listing_has_what_a_search_has(engine: Engine):
    for query in (Query("familjehem"), Query("nätverk", sort=Sort.NEWEST), Query()):
        found, listed = engine.search(query), engine.listing(query, 3)
        assert (listed.total, listed.relaxed) == (found.total, found.relaxed)
        assert [card.id for card in listed.cards] == [hit.id for hit in found.hits][:3]
    assert engine.listing(Query("korvgrillning bildspel"), 3).relaxed


def test_a_passage_knows_its_mark(engine: Engine):
    for query in (Query("familjehem rekrytering"), Query("möte"), Query("nätverk höganäs")):
        for hit in engine.search(query).hits:
            document = engine.document(hit.id)
            assert document
            marks = engine.marks(hit.id, query)
            for passage in hit.passages:
                if passage.mark:
                    start, end, _ = marks[passage.mark - 1]
                    offsets = OffsetMap(document.repaired.changes)
                    at = offsets.to_repaired(start, end)
                    first = passage.html.partition("<mark>")[2].partition("</mark>")[0]
                    assert document.repaired.text[at.start : at.end] == unescape(first)


def test_the_section_of_a_municipality_sought_comes_first(engine: Engine):
    query = Query("familjehem").add(MUNICIPALITY, "Höganäs")
    hit = next(hit for hit in engine.search(query).hits if hit.id.startswith("003"))
    assert hit.passages[0].heading == "Höganäs"
    document = engine.document(hit.id)
    assert document
    section = document.minutes.sections[hit.passages[0].section - 1]
    assert section.municipality == "Höganäs"
    without = engine.search(replace(query, text=""))
    (first, *_) = next(hit for hit in without.hits if hit.id.startswith("003")).passages
    assert (first.heading, first.mark) == ("Höganäs", 0)


def test_related_documents_share_group_and_rare_words(engine: Engine):
    ids = {doc_id[:3]: doc_id for doc_id in engine.ids()}
    found = engine.related(ids["000"])
    assert found[0].card.id == ids["001"]
    assert found[0].group
    assert found[0].words
    assert ids["000"] not in {one.card.id for one in found}
    assert engine.related("finns inte") == ()
    assert len(engine.related(ids["003"], 1)) <= 1


_PIECES = st.sampled_from(
    ["familjehem", "möte", "Svalöv", "och", "xyzq", "xyzq*", "*xyzq", "*hem*", "*", "**", "mö*te",
     '"guidad tur"', '"xyzq* tur"', '"', '"barn * unga"', "-", "-möte", "-xyzq*", '-"guidad tur"',
     "ELLER", "OCH", "(", ")", "barn/unga", "å", "§", "LVU-placering", ",", "-*hem*"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_PIECES, min_size=1, max_size=6).map(" ".join),
    st.frozensets(st.sampled_from(MatchKind)),
)
def test_operators_and_kinds_of_match_answer_in_any_combination(
    engine: Engine, text: str, off: frozenset[MatchKind]
):
    query = Query(text, off=off)
    found = engine.search(query)
    assert found.total >= len(found.hits)
    for hit in found.hits if not found.relaxed else ():
        assert engine.explain(hit.id, query) is not None


def test_a_beginning_that_no_word_has_finds_nothing_also_as_stated(engine: Engine):
    asked = Query("xyzq*", off=frozenset({MatchKind.READING}))
    assert engine.search(asked).total == 0
