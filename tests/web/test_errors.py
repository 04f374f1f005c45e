from __future__ import annotations

import html
import re

import pytest
from flask import abort

from kb.actions.permissions import Right
from kb.build.status import Status
from kb.config import Settings
from kb.errors import OperatorError, UserError
from kb.web import create_app, phrases, rules


def fail_with(error: Exception):
    def fail():
        raise error

    return fail


def test_a_missing_page_is_a_swedish_page(client):
    answer = client.get("/finns-inte")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text
    assert '<html lang="sv">' in answer.text


def test_a_wrong_method_says_which_are_right(client):
    answer = client.post("/sok")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Sidan kan bara läsas" in answer.text


@pytest.mark.parametrize("code", sorted(phrases.ERRORS))
def test_each_error_has_a_page_of_its_own(source, code, monkeypatch):
    app = create_app(Settings(), source)
    monkeypatch.setitem(rules.RULES, "fel", Right.READ)
    app.add_url_rule("/fel", "fel", lambda: abort(code))
    answer = app.test_client().get("/fel")
    heading, explanation = phrases.ERRORS[code]
    assert answer.status_code == code
    assert '<html lang="sv">' in answer.text
    assert f"<h1>{heading}</h1>" in answer.text
    assert html.escape(explanation, quote=False) in answer.text
    assert f"Fel {code}" in answer.text
    assert 'href="/">Till startsidan' in answer.text
    assert 'role="search"' in answer.text


def test_errors_that_are_asked_for_have_their_pages():
    assert {400, 403, 404, 413, 429, 500} <= set(phrases.ERRORS)


def test_a_user_error_is_shown(client, source):
    source.failure = fail_with(UserError("Biblioteksmappen ”x” finns inte."))
    answer = client.get("/sok")
    assert answer.status_code == 400
    assert "Biblioteksmappen ”x” finns inte." in answer.text


@pytest.mark.parametrize("error", [RuntimeError("hemligt"), OperatorError("hemligt")])
def test_a_fault_of_ours_shows_nothing_of_its_inside(client, source, error, caplog):
    source.failure = fail_with(error)
    answer = client.get("/sok")
    assert answer.status_code == 500
    assert "Något gick fel" in answer.text
    assert "hemligt" not in answer.text
    assert "Traceback" not in answer.text
    assert "hemligt" in caplog.text


def test_a_fault_in_the_state_of_the_index_does_not_hide_the_error_page(
    client, source, monkeypatch
):
    monkeypatch.setattr(type(source), "status", lambda _: 1 / 0)
    answer = client.get("/sok")
    assert answer.status_code == 500
    assert "Något gick fel" in answer.text


@pytest.mark.parametrize("path", ["/", "/sok?q=x", "/dokument/x.txt", "/sok/kommun"])
def test_without_an_index_the_page_says_what_to_do(client, source, path):
    source.lose_index()
    source.state = Status(("Det finns inget index än.",), "kb build seeds --index index")
    answer = client.get(path)
    assert answer.status_code == 503
    assert "Det finns inget index än." in answer.text
    assert "<code>kb build seeds --index index</code>" in answer.text


@pytest.mark.parametrize("path", ["/", "/sok", "/hjalp", "/tillganglighet", "/finns-inte"])
def test_an_outdated_index_is_named_on_every_page(client, source, path):
    source.state = Status(("Biblioteket har ändrats sedan indexet byggdes: 2 nya.",), "kb build")
    assert "2 nya" in client.get(path).text
    source.state = Status((), None)
    assert "banner" not in client.get(path).text


@pytest.mark.parametrize("path", ["/", "/sok?q=barn", "/hjalp", "/finns-inte", "/static/style.css"])
def test_pages_are_kept_to_themselves(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["/", "/sok?q=barn", "/hjalp", "/dokument/004_08cf0bc6b16c0240.txt"]
)
def test_pages_need_nothing_inline_and_nothing_from_elsewhere(client, path):
    page = client.get(path).text
    for script in page.split("<script")[1:]:
        assert re.match(r' src="/static/[^"]+" defer></script>', script)
    assert not re.search(r"\son\w+=", page)
    assert "style=" not in page
    assert "<style" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_prose_pages(client):
    assert "placering ELLER omhändertagande" in client.get("/hjalp").text
    assert "Tillgänglighet för Minnesbanken" in client.get("/tillganglighet").text
