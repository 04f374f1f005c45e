"""Forms lose nothing: given back when they are not taken in, done once however often sent."""

from __future__ import annotations

import html
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb import corrections
from kb.articles.store import LONGEST, Articles
from kb.config import Settings
from kb.errors import UserError
from kb.library import Library, log, trash
from kb.state import open_state
from kb.web import create_app
from tests.indexes import CHIEFS, PARENTS
from tests.web.access import with_key
from tests.web.forms import csrf_token

OWN = {"Origin": "http://localhost"}
TEXT = "# Familjehem & co\n\nRad ett <b>.\n\n  Indragen rad.\n"


def form_of(page: str) -> dict[str, str]:
    """Return what a browser would send of the form that was given back."""
    form = re.search(r'<form class="editor".*?</form>', page, re.S)
    assert form, page
    fields = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'<input[^>]*name="([^"]*)" value="([^"]*)"', form[0])
    }
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form[0], re.S
    ):
        fields[name] = html.unescape(value)
    action = re.search(r'action="([^"]*)"', form[0])
    assert action
    return fields | {"": html.unescape(action[1])}


FORMS = {
    "/kunskap/ny": {"text": TEXT, "state": "", "spara": ""},
    "/rattningar?q=m%C3%B6te": {"dokument": CHIEFS, "original": "Hoganis", "ord": 'Höga"näs'},
    "/rattningar/fakta": {"dokument": CHIEFS, "fakta": "group", "value": "Nätverket <x>"},
    "/personer/beslut": {"ena": "Bo (X)", "andra": "Bosse (X)", "beslut": "samma"},
}


@pytest.mark.parametrize("token", [None, "", "x", "gammal"])
@pytest.mark.parametrize("address", FORMS)
def test_a_form_with_an_old_token_comes_back_whole_and_is_sent_again(
    client, app, library, address, token
):
    sent = FORMS[address]
    if token == "gammal":
        token = csrf_token(with_key(app), "/ladda-upp")
    before = sorted(library.rglob("*"))
    data = sent if token is None else sent | {"csrf_token": token}
    answer = client.post(address, data=data, headers=OWN)
    assert answer.status_code == 400
    assert "Inget av det är sparat. Det står kvar här" in answer.text
    assert sorted(library.rglob("*")) == before
    again = form_of(answer.text)
    assert again.pop("") == address
    assert {name: value for name, value in again.items() if name in sent} == sent
    assert client.post(address, data=again, headers=OWN).status_code in (302, 303)
    assert sorted(library.rglob("*")) != before


def test_a_form_without_the_right_comes_back_and_is_sent_when_the_link_is_open(
    app, client, stranger, library
):
    data = {"text": TEXT, "csrf_token": csrf_token(stranger, "/oppna")}
    answer = stranger.post("/kunskap/ny", data=data, headers=OWN)
    assert answer.status_code == 403
    assert "öppna länken i en annan flik" in answer.text
    again = form_of(answer.text)
    assert again["text"] == TEXT
    stranger.set_cookie(*_key(client))
    address = again.pop("")
    assert stranger.post(address, data=again, headers=OWN).status_code == 303
    assert [one.text for one in Articles(Library(library)).all()] == [TEXT]


def _key(client) -> tuple[str, str]:
    from tests.web.access import key_cookie

    return key_cookie(client.application)


def test_a_form_of_another_site_does_not_come_back(client, library):
    data = {"text": "Skriv under här"}
    for origin in ("http://ond.example", "null"):
        answer = client.post("/kunskap/ny", data=data, headers={"Origin": origin})
        assert answer.status_code == 400
        assert "Skriv under" not in answer.text


def test_the_key_that_was_typed_is_not_shown_again(app, stranger):
    answer = stranger.post("/oppna", data={"nyckel": "hemlig-nyckel"}, headers=OWN)
    assert answer.status_code == 400
    assert "hemlig-nyckel" not in answer.text


@pytest.mark.parametrize("failure", [RuntimeError("fel"), UserError("Disken är full.")])
def test_what_fails_gives_the_form_back(client, library, monkeypatch, failure):
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("kb.web.corrections.routes.correct_word", fail)
    monkeypatch.setattr("kb.web.articles.routes.preview", fail)
    token = csrf_token(client, "/ladda-upp")
    word = {**FORMS["/rattningar?q=m%C3%B6te"], "csrf_token": token}
    answer = client.post("/rattningar", data=word, headers=OWN)
    assert answer.status_code in (400, 500)
    assert form_of(answer.text)["ord"] == 'Höga"näs'
    data = {"text": TEXT, "visa": "1", "csrf_token": token}
    answer = client.post("/kunskap/ny", data=data, headers=OWN)
    assert form_of(answer.text)["text"] == TEXT


def test_the_secret_outlives_the_process(source, library, tmp_path):
    before = with_key(create_app(Settings(), source, open_state(tmp_path / "state")))
    data = {"text": TEXT, "csrf_token": csrf_token(before, "/kunskap/ny")}
    app = create_app(Settings(), source, open_state(tmp_path / "state"))
    after = app.test_client()
    for cookie in before._cookies.values():
        after.set_cookie(cookie.key, cookie.value)
    assert after.post("/kunskap/ny", data=data, headers=OWN).status_code == 303


def test_an_article_of_the_largest_size_is_taken(client, library):
    text = "# Lång\n\n" + "å" * (LONGEST - 10)
    data = {"text": text, "csrf_token": csrf_token(client, "/kunskap/ny")}
    assert client.post("/kunskap/ny", data=data, headers=OWN).status_code == 303
    assert next(Articles(Library(library)).all()).text == text


# Sent twice


def keys(client, page: str) -> dict[str, str]:
    found = dict(
        re.findall(r'name="(csrf_token|engang)" value="([^"]+)"', client.get(page).text)[:2]
    )
    assert set(found) == {"csrf_token", "engang"}
    return found


def test_an_article_sent_twice_is_written_once(client, library, source):
    data = {"text": TEXT, **keys(client, "/kunskap/ny")}
    first = client.post("/kunskap/ny", data=data, headers=OWN)
    second = client.post("/kunskap/ny", data=data, headers=OWN)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert Articles(Library(library)).names() == ["Familjehem & co"]
    assert source.builds == 1
    page = client.get(second.location).text
    assert "är sparad" in page
    assert "det gjordes bara en gång" in page


def test_both_of_two_at_once_are_answered_alike(app, client, library, monkeypatch):
    began = threading.Event()
    create = Articles.create

    def slow(*arguments):
        began.set()
        threading.Event().wait(0.5)
        return create(*arguments)

    monkeypatch.setattr(Articles, "create", slow)
    data = {"text": TEXT, **keys(client, "/kunskap/ny")}
    cookies = [(one.key, one.value) for one in client._cookies.values()]

    def send(_: int) -> tuple[int, str | None]:
        browser = app.test_client()
        for name, value in cookies:
            browser.set_cookie(name, value)
        answer = browser.post("/kunskap/ny", data=data, headers=OWN)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert began.is_set()
    assert answers == {(303, "/kunskap/sida/Familjehem%20&%20co")}
    assert Articles(Library(library)).names() == ["Familjehem & co"]


def test_the_same_form_with_something_else_in_it_is_another(client, library):
    key = keys(client, "/kunskap/ny")
    for title in ("Ett", "Två"):
        answer = client.post("/kunskap/ny", data={"text": f"# {title}\n", **key}, headers=OWN)
        assert answer.status_code == 303
    assert Articles(Library(library)).names() == ["Ett", "Två"]


def test_what_was_refused_can_be_sent_again(client, library):
    key = keys(client, "/kunskap/ny")
    for _ in range(2):
        answer = client.post("/kunskap/ny", data={"text": "utan rubrik", **key}, headers=OWN)
        assert answer.status_code == 400
        assert "Skriv en rubrik först" in answer.text


def test_other_forms_sent_twice(client, library, source):
    removed = keys(client, f"/ta-bort/{CHIEFS}")
    other = PARENTS
    word = {
        "dokument": other,
        "original": "Anne",
        "ord": "Anna",
        **keys(client, f"/dokument/{other}"),
    }
    for path, data in ((f"/ta-bort/{CHIEFS}", removed), ("/rattningar", word)):
        answers = [client.post(path, data=data, headers=OWN) for _ in range(2)]
        assert [one.status_code for one in answers] == [303, 303], path
    assert len(trash.removed(library)) == 1
    assert len(corrections.load(library / other).corrections) == 1
    assert [event.act for event in log.events(library)] == [log.Act.REMOVE, log.Act.CORRECT]
    assert source.builds == 2


def test_a_state_folder_that_cannot_be_written_costs_no_form(source, library, tmp_path, caplog):
    state = open_state(tmp_path / "state")
    state.forms.write_text("i vägen")
    client = with_key(create_app(Settings(), source, state))
    data = {"text": TEXT, **keys(client, "/kunskap/ny")}
    assert client.post("/kunskap/ny", data=data, headers=OWN).status_code == 303
    assert "not noticed" in caplog.text


def test_what_is_known_of_forms_goes_after_a_day(client, app, library, monkeypatch):
    from kb.web import identity

    monkeypatch.setattr("kb.web.forms._KEPT", -1)
    client.post("/kunskap/ny", data={"text": TEXT, **keys(client, "/kunskap/ny")}, headers=OWN)
    with app.test_request_context():
        assert list(identity.state().forms.iterdir()) == []
