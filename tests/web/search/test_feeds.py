from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from kb.search import budget
from tests.web.source import crowd

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_search_is_an_atom_feed(client):
    answer = client.get("/sok.atom?q=rekrytering")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    assert feed.findtext(f"{ATOM}title") == "Minnesbanken: rekrytering"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert "003_5e5d61977808aeba.txt" in entry.find(f"{ATOM}link").get("href")
    assert entry.findtext(f"{ATOM}updated", "").startswith("20")
    again = ET.fromstring(client.get("/sok.atom?q=rekrytering").data)
    ids = [feed.findtext(f"{ATOM}{path}") for path in ("id", f"entry/{ATOM}id")]
    assert ids == [again.findtext(f"{ATOM}{path}") for path in ("id", f"entry/{ATOM}id")]
    assert ids[0] != ids[1]


def test_a_feed_of_nothing_is_a_feed(client):
    feed = ET.fromstring(client.get("/sok.atom?q=xylofonkonsert").data)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")


def test_the_page_links_to_its_feed(client):
    page = client.get("/sok?q=rekrytering&sida=1").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/sok.atom?q=rekrytering"' in page
    assert 'href="/sok.csv?q=rekrytering"' in page


def test_all_hits_as_csv(client, source):
    source.opened = lambda: crowd(34)
    answer = client.get("/sok.csv?sida=2")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert answer.text.startswith("\ufeff")
    assert len(rows) == 35
    assert rows[0][:3] == ["datum", "troligt datum", "titel"]
    assert rows[1][-1].startswith("http://localhost/dokument/")


def test_all_hits_as_json(client):
    found = client.get("/sok.json?q=rekrytering").json
    assert found["total"] == 1
    assert found["hits"][0]["date"] == "2010-12-04"
    assert found["hits"][0]["date_proposed"] == "2020-12-04"


def test_browsers_can_add_the_search(client):
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = ET.fromstring(answer.data)
    urls = {url.get("type"): url.get("template") for url in root if url.tag.endswith("Url")}
    assert urls["text/html"] == "http://localhost/sok?q={searchTerms}"
    assert set(urls) == {"text/html", "application/atom+xml", "application/x-suggestions+json"}
    assert 'rel="search"' in client.get("/").text


def test_a_search_that_was_cut_is_never_said_to_find_nothing(
    client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kb.search.answering.Budget", lambda: budget.Budget(postings=1))
    asked = "q=familjehem+rekrytering"
    page = client.get(f"/sok?{asked}")
    assert "Sökningen avbröts" in page.text
    assert "Inga träffar" not in page.text
    exported = json.loads(client.get(f"/sok.json?{asked}").data)
    assert exported["total"] is None
    assert exported["notes"] == [budget.TOO_LONG]
    answer = json.loads(client.get(f"/api/v1/search?{asked}").data)
    assert answer["total"] is None
    assert answer["notes"] == [budget.TOO_LONG]
    assert budget.TOO_LONG in client.get(f"/sok.csv?{asked}").data.decode("utf-8-sig")
    assert client.get(f"/sok.atom?{asked}").status_code == 503
    assert budget.TOO_LONG in client.get("/trend?ord=familjehem+rekrytering").text
