from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from kb.search.completing import complete
from kb.search.engine import Engine
from kb.search.facets import GROUP, MUNICIPALITY, PERSON, YEAR
from kb.search.query import Query


def test_words_persons_groups_and_municipalities_are_offered(engine: Engine):
    for text, facet, label in (
        ("hög", MUNICIPALITY, "Höganäs"),
        ("edv", PERSON, "Anette Edvardsson"),
        ("föräld", GROUP, "Föräldragruppen"),
        ("familjeh", None, "familjehem"),
    ):
        assert (facet, label) in [(own.facet, own.label) for own in complete(engine, Query(text))]


@pytest.mark.parametrize("text", ["fa", "familjehem re", "mö", "sva", "gemensam led", "barn el"])
def test_all_that_is_offered_finds_what_it_says(engine: Engine, text: str):
    query = Query(text).add(YEAR, "2020")
    for own in complete(engine, query):
        found = engine.search(own.query)
        assert found.total == own.count > 0
        assert not found.relaxed
        assert found.query.has(YEAR, "2020")


def test_a_name_of_several_words_is_one(engine: Engine):
    own = complete(engine, Query("mikael lind"))[0]
    assert own.label == "Mikael Lindberg"
    assert own.query.text == ""


@pytest.mark.parametrize("text", ["", "f", "familjehem ", '"', "*", "familjehem -"])
def test_nothing_is_offered_for_nothing(engine: Engine, text: str):
    assert complete(engine, Query(text)) == ()


def test_the_answer_keeps_the_filters(client):
    found = client.get("/forslag?q=familjeh&kommun=Helsingborg").json["suggestions"]
    assert found
    assert all(parse_qs(urlsplit(own["url"]).query)["kommun"] == ["Helsingborg"] for own in found)


def test_browsers_get_words(client):
    answer = client.get("/forslag/webblasare?q=familjeh")
    assert answer.mimetype == "application/x-suggestions+json"
    typed, words, counts, urls = answer.json
    assert typed == "familjeh"
    assert words
    assert len(words) == len(counts) == len(urls)
    assert urls[0].startswith("http://localhost/sok?q=")
