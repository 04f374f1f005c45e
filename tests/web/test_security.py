"""What holds for every address of the application, those to come included."""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from werkzeug.routing import IntegerConverter, Rule

HEADERS = {
    "Content-Security-Policy": "",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OWN = {"Origin": "http://localhost"}


def addresses(app: Flask, method: str) -> list[str]:
    """Return an address of every rule that takes a method."""
    with app.test_request_context():
        rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
        return [url_for(rule.endpoint, **_values(rule)) for rule in rules]


def _values(rule: Rule) -> dict[str, str | int]:
    whole = {name for name, own in rule._converters.items() if isinstance(own, IntegerConverter)}
    values = {name: 1 if name in whole else "x" for name in rule.arguments}
    return values | dict(rule.defaults or {})


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
def test_every_answer_is_kept_to_itself(app, client, library, method):
    for address in [*addresses(app, "GET"), *addresses(app, "POST"), "/finns-inte"]:
        answer = client.open(address, method=method, headers=OWN)
        for name, value in HEADERS.items():
            assert value in answer.headers.get(name, "none"), (address, name)
        assert "'unsafe-" not in answer.headers["Content-Security-Policy"]


def test_no_answer_is_kept_by_what_lies_between(app, client, library):
    paths = (
        "/", "/sok.csv?q=barn", "/sok.json?q=barn", "/sok.atom?q=barn", "/trend.csv?ord=barn",
        "/kommande.ics", "/api/v1/overview", "/api/v1/search?q=barn", "/finns-inte", "/forslag?q=b",
        "/original/003_5e5d61977808aeba.txt", "/opensearch.xml", "/api/v1/openapi.json",
    )  # fmt: skip
    for address in (*paths, *addresses(app, "GET")):
        answer = client.get(address)
        control = answer.headers.get("Cache-Control", "")
        assert ("private" in control) is not address.startswith("/static"), (address, control)
        assert "public" not in control or address.startswith("/static")


@pytest.mark.parametrize(
    "headers",
    [OWN, {}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}],
    ids=["no token", "no origin", "another site", "a page without an origin"],
)
def test_no_form_is_taken_from_elsewhere(app, client, source, library, headers):
    before = sorted(library.rglob("*"))
    posted = addresses(app, "POST")
    assert len(posted) > 10
    for address in posted:
        data = {"fil": "x", "dokument": "x", "nyckel": "x", "bevaka": "ja"}
        assert client.post(address, data=data, headers=headers).status_code == 400, address
    assert (sorted(library.rglob("*")), source.builds, source.cancelled) == (before, 0, False)
