"""Corrections through the pages: forms, who may send them, and from where."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest

from kb import corrections
from kb.actions.permissions import AccessRole
from kb.build.background import BuildState, Phase
from kb.build.status import Status
from kb.library import sidecar
from kb.model import Change, ChangeKind, Correction
from tests import indexes
from tests.indexes import CHIEFS
from tests.web.access import with_key
from tests.web.forms import csrf_token

OWN = {"Origin": "http://localhost"}
PAGE = f"/dokument/{CHIEFS}"
WORD = {"dokument": CHIEFS, "original": "Hoganis", "ord": "Höganäs"}


@pytest.fixture
def send(client, library):
    """Send a form as a browser would that has the page open."""
    token = csrf_token(client, PAGE)

    def post(path="/rattningar", form=None, **options):
        options.setdefault("headers", OWN)
        data = {"csrf_token": token, **(WORD if form is None else form)}
        return client.post(path, data=data, **options)

    return post


def held(library, doc_id=CHIEFS):
    return corrections.load(library / doc_id).corrections


def test_each_repaired_word_has_a_form(client):
    page = client.get(PAGE).text
    page = page[page.index('id="rattningar"') :]
    forms = re.findall(r'<form class="correct".*?</form>', page, re.S)
    assert len(forms) == page.count('<tr role="row" id=') > 60
    assert all(form.count("<label") >= 1 and "csrf_token" in form for form in forms)
    for field, label in zip(
        re.findall(r'<input type="text" id="([^"]+)"', page),
        re.findall(r'<label[^>]* for="([^"]+)"', page),
        strict=True,
    ):
        assert field == label


def test_a_correction_is_saved_and_shown(client, send, source, library, monkeypatch):
    monkeypatch.setattr("kb.web.identity.operator", lambda: "anna")
    source.state = Status(("Rättningarna har ändrats.",), "kb build seeds")
    answer = send("/rattningar?q=möte&lasning=rattningar", {**WORD, "rad": "12"})
    assert answer.status_code == 303
    assert answer.location == f"{PAGE}?q=m%C3%B6te&lasning=rattningar#rattningar"
    (made,) = held(library)
    assert (made.original, made.corrected, made.start, made.by) == (
        "Hoganis", "Höganäs", None, "anna",
    )  # fmt: skip
    assert made.at is not None
    page = client.get(answer.location).text
    assert "Rättningen är sparad: ”Hoganis” ska läsas ”Höganäs”." in page
    assert "Det syns när indexet har byggts om: <code>kb build seeds</code>" in page
    assert 'href="#ord-12"' in page
    assert "Rättat till ”Höganäs” av anna" in page
    assert '<details class="repairs" id="rattningar" open>' in page
    # Once told is told.
    assert "Rättningen är sparad" not in client.get(PAGE).text


def test_whoever_corrects_is_told_of_the_build_that_it_started(client, send, source):
    now = dt.datetime.now(dt.UTC)
    source.state = Status(("Rättningarna har ändrats.",), "kb build seeds")
    source.building = BuildState(1, Phase.RUNNING, now, now, 1, 5)
    page = client.get(send().location).text
    assert 'Det syns när bygget är klart. <a href="/bygget">Följ bygget</a>' in page
    assert "<code>kb build" not in page  # nobody need do by hand what is being done


def test_a_correction_can_be_undone(client, send, library):
    send()
    answer = send("/rattningar/angra", {"dokument": CHIEFS, "original": "Hoganis"})
    assert answer.status_code == 303
    assert held(library) == ()
    assert not sidecar(library / CHIEFS).exists()
    page = client.get(answer.location).text
    assert "Rättningen av ”Hoganis” är ångrad." in page
    again = send("/rattningar/angra", {"dokument": CHIEFS, "original": "Hoganis"})
    assert again.status_code == 400
    assert "ingen rättning" in again.text


def test_one_place_or_all_of_them(client, send, library):
    text = indexes.seeds().document(CHIEFS).source.text
    start = str(text.rindex("Sval6v"))
    form = {**WORD, "original": "Sval6v", "ord": "Svalöv", "start": start}
    send(form=form)
    assert held(library)[0].start == int(start)
    send(form={**form, "overallt": "1"})
    assert [own.start for own in held(library)] == [None]


def test_a_word_over_two_lines_comes_back_as_it_stands(send, library, source):
    text = indexes.seeds().document(CHIEFS).source.text
    at = text.index("\n", text.index("Hoganis"))
    words = text[at - 7 : at + 6]
    send(form={**WORD, "original": words.replace("\n", "\r\n"), "ord": "Höganäs Dinah"})
    assert held(library)[0].original == words


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"ord": ""}, "skriv vad ordet"),
        ({"ord": "x" * 201}, "högst 200"),
        ({"ord": "a\x08b"}, "styrtecken"),
        ({"original": "Hogani"}, "står inte som eget ord"),
        ({"original": ""}, "skriv vad ordet"),
        ({"start": "-1"}, "inget tal"),
        ({"start": "9" * 30}, "inget tal"),
    ],
)
def test_what_cannot_be_saved_is_told(send, library, form, message):
    answer = send(form=WORD | form)
    assert answer.status_code == 400
    assert message in answer.text
    assert not sidecar(library / CHIEFS).exists()


@pytest.mark.parametrize("doc_id", ["finns-inte.txt", "../x", "/etc/passwd", "", f"{CHIEFS}.toml"])
@pytest.mark.parametrize("path", ["/rattningar", "/rattningar/angra"])
def test_only_documents_can_be_corrected(send, library, path, doc_id):
    send()
    assert send(path, WORD | {"dokument": doc_id}).status_code == 404


def test_a_form_without_its_token_is_refused(client, library):
    for data in (WORD, WORD | {"csrf_token": "x"}):
        answer = client.post("/rattningar", data=data, headers=OWN)
        assert answer.status_code == 400
        assert "inget av det du skickade är sparat" in answer.text
    assert held(library) == ()


def test_the_token_of_another_is_refused(app, send, library):
    other = with_key(app)
    other.get(PAGE)
    data = WORD | {"csrf_token": csrf_token(with_key(app), PAGE)}
    assert other.post("/rattningar", data=data, headers=OWN).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_a_form_from_elsewhere_is_refused(send, library, headers):
    answer = send(headers=headers)
    assert answer.status_code == 400
    assert "Minnesbankens egna sidor" in answer.text
    assert held(library) == ()


@pytest.mark.parametrize("path", ["/rattningar", "/rattningar/angra"])
def test_readers_may_change_nothing(stranger, library, path):
    data = WORD | {"csrf_token": csrf_token(stranger, "/oppna")}
    answer = stranger.post(path, data=data, headers=OWN)
    assert answer.status_code == 403
    assert "Öppna länken som visades när Minnesbanken startades" in answer.text
    assert held(library) == ()


def test_readers_see_the_corrections_but_no_forms(stranger, send):
    send()
    for path in (PAGE, "/rattningar"):
        page = stranger.get(path).text
        assert "Höganäs" in page
        assert 'method="post"' not in page
        assert "csrf_token" not in page


@pytest.mark.parametrize("host", ["kb.example", "localhost.kb.example", "127.0.0.1.kb.example"])
def test_a_foreign_name_for_this_machine_shows_and_changes_nothing(client, send, library, host):
    site = f"http://{host}"
    for headers in ({"Origin": site}, {"Origin": site, "X-Forwarded-For": "192.0.2.7"}):
        assert send(base_url=site, headers=headers).status_code == 421
        for path in (PAGE, "/sok?q=barn", f"/original/{CHIEFS}", "/api/v1/search?q=barn", "/"):
            answer = client.get(path, base_url=site, headers=headers)
            assert answer.status_code == 421
            assert "familjehem" not in answer.text
            assert "Content-Security-Policy" in answer.headers
    assert held(library) == ()


def test_roles_are_ordered():
    assert AccessRole.READER < AccessRole.EDITOR < AccessRole.ADMINISTRATOR


def test_the_session_is_for_this_site_alone(client):
    cookie = client.get(PAGE).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Set-Cookie" not in client.get("/").headers


def test_all_corrections_are_listed_and_can_be_undone(client, send, library):
    assert "Inget har rättats" in client.get("/rattningar").text
    send()
    corrections.add(library / CHIEFS, Correction("borta", "<b>x</b>", by="eva"))
    (library / "ny.txt").write_text("abc", "utf-8")
    corrections.add(library / "ny.txt", Correction("abc", "åäö", 0))
    sidecar(library / "fel.txt").write_text("", "utf-8")
    page = client.get("/rattningar").text
    assert page.count('class="undo"') == 3
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert page.count("står inte längre i texten") == 1
    assert page.count("finns inte i indexet") == 1
    assert "bara på ett ställe" in page
    assert "fel.txt.toml: Originalet ”fel.txt” finns inte." in page
    answer = send("/rattningar/angra", {"dokument": CHIEFS, "original": "borta", "lista": "1"})
    assert answer.location == "/rattningar"
    assert "är ångrad" in client.get("/rattningar").text
    assert len(held(library)) == 1


def test_a_long_list_has_pages(client, library):
    entries = "".join(f'[[words]]\noriginal = "ord{n:03}"\ncorrected = "x"\n' for n in range(150))
    sidecar(library / CHIEFS).write_text(entries, "utf-8")
    first = client.get("/rattningar").text
    assert first.count('class="undo"') == 100
    assert 'rel="next" href="/rattningar?sida=2"' in first
    assert client.get("/rattningar?sida=2").text.count('class="undo"') == 50
    for odd in ("0", "99999", "x", "²", "9" * 50):
        assert client.get(f"/rattningar?sida={odd}").status_code == 200


def test_corrections_in_the_index_say_so(client, source):
    chiefs = indexes.seeds().document(CHIEFS)
    changes = chiefs.repaired.changes

    def decided(change: Change) -> Change:
        if change.original == "Hoganis":
            return replace(change, kind=ChangeKind.CORRECTION, probability=1.0)
        if change.original == "Nirvarande":
            return replace(change, kind=ChangeKind.CORRECTION, probability=0.99)
        return change

    repaired = replace(chiefs.repaired, changes=tuple(map(decided, changes)))
    source.hold([replace(chiefs, repaired=repaired)])
    page = unescape(client.get(PAGE).text)
    assert "rättat för hand</td>" in page
    assert "rättat för hand i en annan anteckning</td>" in page


def test_a_library_that_cannot_be_written_to_is_told(send, library, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kb.corrections.files._write", refuse)
    answer = send()
    assert answer.status_code == 400
    assert "gick inte att skriva" in answer.text


def test_a_sidecar_is_no_original(client, send):
    send()
    assert client.get(f"/original/{CHIEFS}.toml").status_code == 404
