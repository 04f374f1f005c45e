from __future__ import annotations

import json
from typing import get_args

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
from kb.config import Settings
from kb.library import Library
from kb.live import LiveIndex
from kb.search.query import Facet, Sort
from kb.swedish.kinds import SLUGS, MatchKind
from kb.web import create_app
from kb.web.api import endpoints

from .fakes import SEEDS, FakeSource, seed_documents

NETWORK = seed_documents()[3].id

schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", create_app(Settings(), FakeSource())
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
    source = LiveIndex(Settings(library=SEEDS, index=seed_index))
    return create_app(Settings(), source).test_client()


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


def test_what_may_be_chosen_is_what_there_is():
    assert set(get_args(endpoints._Facet)) == {facet.value for facet in Facet}
    assert set(get_args(endpoints._Sort)) == {sort.value for sort in Sort}
    kinds = {slug for kind, slug in SLUGS.items() if kind is not MatchKind.EXACT}
    assert set(get_args(endpoints._Kind)) == kinds


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
    source.index = None
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
