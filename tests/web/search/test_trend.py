from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET

import pytest

from kb.web.search.trend import trend_page
from tests import indexes
from tests.web.source import crowd


@pytest.fixture(autouse=True)
def context(app):
    with app.test_request_context():
        yield


def test_shares_are_of_each_years_documents(engine):
    page = trend_page(engine, ["familjehem", "våld"])
    by_year = {point.year: (point.found, point.of) for point in page.series[0].points}
    assert by_year[2017] == (2, 3)
    assert by_year[2012] == (0, 0)
    assert list(by_year) == list(page.years)
    assert page.series[0].total == sum(found for found, _ in by_year.values())


def test_years_without_documents_break_the_line(engine):
    page = trend_page(crowd(40).engine, ["möte"])
    assert len(page.series[0].lines) == 1
    assert trend_page(engine, ["familjehem"]).series[0].lines == ()


def test_what_finds_nothing_is_no_error(engine):
    page = trend_page(engine, ["xylofonkonsert"])
    assert page.series[0].total == 0
    assert "xylofonkonsert: inga träffar" in page.summary
    assert trend_page(indexes.over([]).engine, ["våld"]).years == ()


def test_no_more_than_five_are_compared(engine):
    page = trend_page(engine, ["a", "b", "a", "c", "d", "e", "f"])
    assert [series.label for series in page.series] == ["a", "b", "c", "d", "e"]


def test_the_picture_is_well_formed_and_told_in_words(client):
    page = client.get("/trend?ord=familjehem&ord=%22<script>").text
    picture = re.search(r"<figure.*?(<svg.*?</svg>)", page, re.DOTALL)
    assert picture
    svg = ET.fromstring(picture[1])
    assert svg.get("role") == "img"
    desc = svg.find("desc")
    assert desc is not None
    assert "familjehem" in (desc.text or "")
    assert "<script>" not in page
    assert "<caption" in page or '<th scope="row">2017</th>' in page


def test_figures_as_csv(client):
    answer = client.get("/trend.csv?ord=familjehem&ord==1%2B1")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["år", "sökning", "antal", "av", "andel"]
    assert ["2017", "familjehem", "2", "3", "0,6667"] in rows
    assert any(row[1] == "'=1+1" for row in rows)


def test_the_page_without_words_invites(client):
    assert "Prova till exempel" in client.get("/trend").text
