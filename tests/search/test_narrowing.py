from __future__ import annotations

import datetime as dt

import pytest

from kb.search.engine import Engine
from kb.search.facets import GROUP, KIND, MUNICIPALITY, PERSON, Facet
from kb.search.narrowing import narrowed, typed
from kb.search.query import Query

KNOWN = {
    MUNICIPALITY: ["Höganäs", "Bjuv", "Östra Göinge"],
    GROUP: ["Föräldragruppen", "Gemensam ledningsgrupp", "Gemensam utvecklingsgrupp"],
    PERSON: ["Anette Edvardsson", "Per Edvardsson", "Cathrine Eriksson"],
    KIND: ["protokoll"],
}


def read(text: str) -> Query:
    return narrowed(Query(text, page=3), KNOWN.__getitem__)


@pytest.mark.parametrize(
    ("text", "left", "filters"),
    [
        ("kommun:Höganäs familjehem", "familjehem", [("kommun", "Höganäs")]),
        ("familjehem KOMMUN:höganäs", "familjehem", [("kommun", "Höganäs")]),
        ('kommun:"Östra Göinge"', "", [("kommun", "Östra Göinge")]),
        ("kommun:Bjuv kommun:Höganäs", "", [("kommun", "Bjuv"), ("kommun", "Höganäs")]),
        ('grupp:"gemensam ledningsgrupp" x', "x", [("grupp", "Gemensam ledningsgrupp")]),
        (
            "person:Edvardsson",
            "",
            [("person", "Anette Edvardsson"), ("person", "Per Edvardsson")],
        ),
        ("person:Ingen", "", [("person", "Ingen")]),
        ("slag:protokoll", "", [("slag", "protokoll")]),
        ('"kommun:Bjuv x"', '"kommun:Bjuv x"', []),
        ("epost:kommun:Bjuv", "epost:kommun:Bjuv", []),
        ("kommun: Bjuv", "kommun: Bjuv", []),
    ],
)
def test_filters_typed_in_the_box(text: str, left: str, filters: list[tuple[str, str]]):
    query = read(text)
    assert query.text == left
    assert [(facet.name, value) for facet, value in query.filters] == filters
    assert query.page == (1 if filters else 3)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("datum:2020", dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        ("år:2020", dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        ("datum:2020-12", dt.date(2020, 12, 1), dt.date(2020, 12, 31)),
        ("datum:2020-2", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
        ("datum:2020-12-04", dt.date(2020, 12, 4), dt.date(2020, 12, 4)),
        ("datum:2019..2020-06", dt.date(2019, 1, 1), dt.date(2020, 6, 30)),
        ("datum:2019..", dt.date(2019, 1, 1), None),
        ("datum:..2019", None, dt.date(2019, 12, 31)),
    ],
)
def test_times_typed_in_the_box(text: str, since: dt.date | None, until: dt.date | None):
    query = read(f"{text} våld")
    assert (query.text, query.since, query.until) == ("våld", since, until)


@pytest.mark.parametrize("text", ["datum:igår", "datum:2020-13", "datum:2020-02-31", "datum:.."])
def test_a_time_that_is_none_stays_words(text: str):
    assert read(text) == Query(text, page=3)


@pytest.mark.parametrize(("facet", "value"), [(f, v) for f in KNOWN for v in KNOWN[f]])
def test_what_is_written_is_read(facet: Facet, value: str):
    assert read(typed(facet, value)).filters == ((facet, value),)


def test_a_filter_in_the_box_does_what_the_facet_does(engine: Engine):
    boxed = engine.search(Query("kommun:Höganäs datum:2020 familjehem"))
    chosen = engine.search(
        Query("familjehem")
        .add(MUNICIPALITY, "Höganäs")
        .between(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    )
    assert boxed.query == chosen.query
    assert [hit.id for hit in boxed.hits] == [hit.id for hit in chosen.hits]
    assert boxed.total == chosen.total == 1
    hit = boxed.hits[0]
    assert engine.marks(hit.id, Query("kommun:Höganäs familjehem")) == engine.marks(
        hit.id, Query("familjehem")
    )
