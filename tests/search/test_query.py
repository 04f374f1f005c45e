from __future__ import annotations

import datetime as dt

import pytest

from kb.search.facets import MUNICIPALITY, PERSON
from kb.search.query import MAX_PAGE, Query, Sort
from kb.swedish.kinds import MatchKind

FULL = Query(
    text="familjehem rekrytering",
    filters=(
        (MUNICIPALITY, "Höganäs"),
        (MUNICIPALITY, "Bjuv"),
        (PERSON, "Linda Macke"),
    ),
    since=dt.date(2017, 1, 1),
    until=dt.date(2020, 12, 31),
    sort=Sort.NEWEST,
    page=3,
    off=frozenset({MatchKind.FOLDED, MatchKind.EQUIVALENT}),
)


@pytest.mark.parametrize("query", [Query(), Query("å ä ö & = ? #"), FULL])
def test_a_query_and_its_address_are_one(query: Query):
    assert Query.from_params(query.to_params()) == query


def test_the_address_is_readable():
    query = Query("bup").add(MUNICIPALITY, "Svalöv")
    assert query.to_url_query() == "q=bup&kommun=Sval%C3%B6v"


def test_filters_come_and_go_and_start_from_the_first_page():
    query = FULL.remove(MUNICIPALITY, "Bjuv")
    assert query.values(MUNICIPALITY) == ("Höganäs",)
    assert query.page == 1
    assert query.toggle(MUNICIPALITY, "Bjuv").has(MUNICIPALITY, "Bjuv")
    assert FULL.without_filters() == Query(
        FULL.text, sort=Sort.NEWEST, off=frozenset({MatchKind.FOLDED, MatchKind.EQUIVALENT})
    )


@pytest.mark.parametrize(
    "params",
    [
        [("sida", "0")], [("sida", "-1")], [("sida", "²")], [("sida", "99999999999999999999")],
        [("fran", "igår")], [("till", "2017-13-01")], [("sortera", "baklänges")], [("utan", "x")],
        [("kommun", "  ")], [("okänd", "1")], [("q", "")],
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_left_out(params: list[tuple[str, str]]):
    assert Query.from_params(params) == Query()


def test_pages_end_somewhere():
    assert Query.from_params([("sida", "99999999")]).page == MAX_PAGE
