from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from kb.articles.store import Articles
from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.library import Library
from kb.search.facets import FACETS
from kb.search.query import Sort
from kb.swedish.kinds import SLUGS, MatchKind
from kb.web import create_app
from tests.indexes import NETWORK, SEEDS
from tests.web.access import with_key
from tests.web.source import PreparedSource

schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", create_app(Settings(), PreparedSource())
)


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_as_its_description_says(case):
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},  # it does not unpack what it gets over WSGI
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )


@pytest.fixture
def real(seed_index):
    """The API over the real index of the seeds."""
    source = CurrentIndex(Settings(library=SEEDS, index=seed_index))
    return with_key(create_app(Settings(), source))


def test_every_endpoint_is_described(client):
    described = client.get("/api/v1/openapi.json").json
    rules = {
        rule.rule.removeprefix("/api/v1").replace("<path:", "<")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    paths = {path.replace("{", "<").replace("}", ">") for path in described["paths"]}
    assert rules == paths | {"/openapi.json"}
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": "http://localhost/api/v1"}]


def test_what_may_be_chosen_is_what_there_is(client):
    described = client.get("/api/v1/openapi.json").json["paths"]["/search"]["get"]
    schemas = {own["name"]: own["schema"] for own in described["parameters"]}
    assert set(schemas["sortera"]["enum"]) == {sort.value for sort in Sort}
    kinds = {slug for kind, slug in SLUGS.items() if kind is not MatchKind.EXACT}
    assert set(schemas["utan"]["items"]["enum"]) == kinds
    assert set(FACETS) <= set(schemas)


def test_a_bug_is_an_error_that_is_logged(client, monkeypatch, caplog):
    """What a program does wrong is no "not found"."""

    def broken(_: object) -> None:
        raise KeyError("titel")

    monkeypatch.setattr(Articles, "all", broken)
    answer = client.get("/api/v1/articles")
    assert (answer.status_code, answer.json["status"]) == (500, 500)
    assert answer.mimetype == "application/problem+json"
    assert "titel" not in answer.text
    (logged,) = [own for own in caplog.records if own.exc_info]
    assert "titel" in str(logged.exc_info[1])


def test_a_search(real):
    found = real.get("/api/v1/search?q=familjehem+rekrytering&kommun=Höganäs&fran=2020-01-01").json
    (hit,) = found["hits"]
    assert hit["id"] == NETWORK
    assert (hit["date"], hit["date_proposed"]) == ("2010-12-04", "2020-12-04")
    assert hit["passages"][0]["section"] == "Höganäs"
    assert "<mark>" in hit["passages"][0]["html"]
    assert {why["kind"] for why in hit["why"]} >= {"ord", "bojning"}
    chosen = [value for value in found["facets"]["kommun"] if value["selected"]]
    assert chosen == [{"value": "Höganäs", "count": 1, "selected": True}]


def test_filters_in_the_text_come_back_in_the_address(real):
    found = real.get("/api/v1/search?q=kommun:höganäs+familjehem").json
    assert found["query"] == "familjehem"
    assert found["address"] == "q=familjehem&kommun=H%C3%B6gan%C3%A4s"


def test_a_document(real):
    found = real.get(f"/api/v1/documents/{NETWORK}?q=familjehem").json
    assert found["facts"]["group"] == "Nätverksmöte"
    assert {m["name"] for m in found["facts"]["municipalities"]} >= {"Höganäs", "Bjuv"}
    words = {found["source_text"][m["start"] : m["end"]].lower() for m in found["marks"]}
    assert "familjehem" in words
    assert {one["document"]["id"] for one in found["related"]} <= {
        file.name for file in SEEDS.iterdir()
    }
    assert real.get(f"/api/v1/documents/{NETWORK}").json["marks"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("search?sida=noll", 400),
        ("search?sida=0", 400),
        ("search?sortera=bakvänt", 400),
        ("search?fran=igår", 400),
        ("search?utan=ord", 400),
        ("facets/land", 400),
        ("documents/finns-inte.txt", 404),
        ("articles/finns-inte", 404),
        ("finns-inte", 404),
        ("search?q=" + "x" * 1001, 400),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client, path, status):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["detail"]


def test_only_reading(client):
    answer = client.post("/api/v1/search")
    assert answer.status_code in {400, 405}
    assert answer.mimetype == "application/problem+json"


def test_without_an_index_it_says_so(client, source):
    source.lose_index()
    answer = client.get("/api/v1/search?q=barn")
    assert answer.status_code == 503
    assert "index" in answer.json["detail"]


def test_bytes_that_are_no_text(client):
    for path in ("search?q=%ff%fe", "trend?ord=%ed%a0%80", "documents/%ff", "articles/%ff"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code in {200, 404}
        json.loads(answer.data)


def test_articles(client, library):
    Articles(Library(library)).create("# Familjehem\n\nOm dem.", "anna")
    (article,) = client.get("/api/v1/articles").json["articles"]
    assert article["title"] == "Familjehem"
    assert client.get(f"/api/v1/articles/{article['name']}").json == article


# What many minutes say together


def test_a_municipality_and_its_sentences(real):
    found = real.get("/api/v1/municipalities/Höganäs").json
    (said,) = found["rounds"]
    assert (said["document"]["date"], said["document"]["date_proposed"]) == (
        "2010-12-04", "2020-12-04",
    )  # fmt: skip
    assert said["document"]["doubtful"] is True
    text = real.get(f"/api/v1/documents/{NETWORK}").json["source_text"]
    for sentence in said["sentences"]:
        there = " ".join(text[sentence["start"] : sentence["end"]].split())
        assert sentence["text"].split()[-1] in there
        place = sentence["url"].partition("#")[0]
        assert 'id="stallet"' in real.get(place).text
    assert {own["name"] for own in real.get("/api/v1/municipalities").json["municipalities"]} >= {
        "Höganäs", "Bjuv",
    }  # fmt: skip


def test_groups_and_packs(real):
    names = {own["name"] for own in real.get("/api/v1/groups").json["groups"]}
    assert "Föräldragruppen" in names
    group = real.get("/api/v1/groups/Föräldragruppen").json
    assert [own["date"] for own in group["meetings"]] == ["2017-05-09", "2017-10-24"]
    assert {own["date"] for own in group["announced"]} >= {"2017-11-07", "2017-11-21"}
    pack = real.get("/api/v1/packs/Nätverksmöte").json
    assert any("formulerar ett förslag" in own["text"] for own in pack["undertakings"])
    assert {own["municipality"] for own in pack["said_last"]} >= {"Höganäs", "Bjuv"}


def test_people(real):
    people = real.get("/api/v1/people").json
    (one,) = [own for own in people["people"] if own["name"] == "Mikael Lindberg"]
    assert one["meetings"] == 2
    assert any({"Bosse", "Bo"} <= {own["one"].split()[0], own["other"].split()[0]}
               for own in people["suggestions"])  # fmt: skip
    person = real.get(f"/api/v1/people/{one['key']}").json
    assert {own["quote"]["text"] for own in person["meetings"]} == {
        "Mikael Lindberg-Svalöv", "Mikael Lindberg Sval6v",
    }  # fmt: skip


def test_statements_are_filtered(real):
    every = real.get("/api/v1/statements/att-gora").json
    assert every["total"] == len(every["statements"]) >= 5
    due = [own for own in every["statements"] if own["due"] == "2021-01-31"]
    assert [own["who"][0]["name"] for own in due] == ["Anette Edvardsson"]
    some = real.get("/api/v1/statements/att-gora?grupp=Föräldragruppen&oppna=true").json
    assert 0 < some["total"] < every["total"]
    assert real.get("/api/v1/statements/att-gora?fran=2021-06-01").json["total"] == 0
    assert real.get("/api/v1/statements/beslut").json["total"] >= 1
    assert real.get("/api/v1/statements/uppskjutet").json["statements"][0]["open"] is True


def test_meetings_and_what_is_missing(real):
    found = real.get("/api/v1/meetings?fran=2021-05-01").json["meetings"]
    assert [(own["date"], own["place"]) for own in found] == [
        ("2021-05-07", "Svalöv"), ("2021-09-24", "Båstad"), ("2021-11-26", "Bjuv"),
    ]  # fmt: skip
    coverage = real.get("/api/v1/coverage").json
    assert len(coverage["missing"]) == 9
    assert {"Ivan Kuzhicov", "David Bergström"} <= {
        name for own in coverage["absences"] for name in own["people"]
    }


def test_topics(real):
    found = real.get("/api/v1/topics?amne=våld").json
    assert len(found["municipalities"]) == 11
    assert {own["municipality"] for own in found["cells"]} >= {"Höganäs", "Ängelholm"}
