from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from kb.search.engine import Engine
from kb.search.query import Query


def examples(page: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'<td><a href="([^"]+)"', page)]


def test_each_example_of_the_help_finds_what_it_says(client, engine: Engine):
    found = examples(client.get("/hjalp").text)
    assert len(found) >= 10
    for href in found:
        query = Query.from_params(parse_qsl(urlsplit(href).query))
        results = engine.search(query)
        assert results.total, query.text
        assert not results.relaxed, query.text
        assert not results.notes, query.text
        if ":" in query.text:
            assert results.query.is_filtered, query.text


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("placering -skyddsplacering", "placering"),
        ('"personlig representant"', "personlig representant"),
        ("placering", "placering ELLER omhändertagande"),
        ("kommun:Höganäs familjehem", "familjehem"),
        ("datum:2020-12 familjehem", "familjehem"),
    ],
)
def test_the_narrower_example_finds_no_more(engine: Engine, narrow: str, wide: str):
    few, many = ({hit.id for hit in engine.search(Query(q)).hits} for q in (narrow, wide))
    assert few <= many
