"""Corrections of facts through the pages: what is sent, shown, refused and taken back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest

from kb import corrections
from kb.library import log, sidecar
from kb.model import Fact, FactCorrection
from tests.indexes import CHIEFS, LEADERS, NETWORK, seed_documents
from tests.web.forms import csrf_token

OWN = {"Origin": "http://localhost"}
NOW = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def anna(monkeypatch):
    monkeypatch.setattr("kb.web.identity.operator", lambda: "anna")


@pytest.fixture
def send(client, library):
    """Send a form as a browser would that has the page open."""
    token = csrf_token(client, f"/dokument/{CHIEFS}")

    def post(form, path="/rattningar/fakta", doc_id=CHIEFS, **options):
        options.setdefault("headers", OWN)
        return client.post(path, data={"csrf_token": token, "dokument": doc_id, **form}, **options)

    return post


def held(library, doc_id=CHIEFS):
    return corrections.load(library / doc_id).facts


def words(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def form_of(page: str, key: str) -> dict[str, str]:
    """What a browser would send of the form named `key`."""
    form = re.search(rf'<form class="fact-form" id="{key}".*?</form>', page, re.S)
    assert form
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        fields[re.search(r'name="([^"]*)"', tag)[1]] = unescape(
            re.search(r'value="([^"]*)"', tag)[1]
        )
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0]):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        fields[name] = unescape(chosen[1])
    return fields


def person(page: str, name: str) -> dict[str, str]:
    """What a browser would send of the form of a person."""
    for key in re.findall(r'id="(person-[^"]+)" method', page):
        form = form_of(page, key)
        if form["name"] == name:
            return form
    raise AssertionError(f"{name} has no form")


def index(source, library):
    """Apply the sidecars as a build does."""
    source.hold(corrections.apply(own, held(library, own.id))[0] for own in seed_documents())


def test_a_date_is_corrected_shown_and_put_back(client, send, source, library):
    answer = send({"fakta": "date", "value": "2020-12-04"}, doc_id=NETWORK)
    assert (answer.status_code, answer.location) == (303, f"/dokument/{NETWORK}#fakta")
    (made,) = held(library, NETWORK)
    assert (made.fact, made.value, made.by) == (Fact.DATE, "2020-12-04", "anna")
    assert made.at is not None
    page = words(client.get(answer.location).text)
    assert "Rättningen är sparad. Datum: rättat till 2020-12-04." in page
    assert "Datum fredag 4 december 2020" in page
    assert "Datum – läst ur texten: 2010-12-04 · rättat till 2020-12-04 av anna, " in page
    assert "Det syns när indexet har byggts om." in page
    assert "Osäkert datum" not in page
    index(source, library)
    page = words(client.get(f"/dokument/{NETWORK}").text)
    assert "Datum – läst ur texten: 2010-12-04 · rättat till 2020-12-04 av anna, " in page
    assert "byggts om" not in page
    answer = send({"fakta": "date"}, "/rattningar/fakta/angra", NETWORK)
    assert answer.location == f"/dokument/{NETWORK}#fakta"
    assert held(library, NETWORK) == ()
    page = words(client.get(answer.location).text)
    assert "Rättningen är ångrad: Datum." in page
    assert "Ångrat. Det syns när indexet har byggts om." in page
    assert [(one.by, one.act, one.path, one.detail) for one in log.events(library)] == [
        ("anna", log.Act.CORRECT, NETWORK, "Datum: rättat till 2020-12-04"),
        ("anna", log.Act.UNDO, NETWORK, "Datum"),
    ]


def test_who_and_when_are_told(client, library):
    corrections.add_fact(
        library / NETWORK, FactCorrection(Fact.DATE, "2020-12-04", by="anna", at=NOW)
    )
    page = words(client.get(f"/dokument/{NETWORK}").text)
    assert "läst ur texten: 2010-12-04 · rättat till 2020-12-04 av anna, 14 mars 2026" in page


def test_a_proposed_date_is_taken_with_one_click(client, send, library):
    page = client.get(f"/dokument/{NETWORK}").text
    assert "Rätta till 4 december 2020</button>" in page
    assert 'name="value" value="2020-12-04"' in page
    send({"fakta": "date", "value": "2020-12-04"}, doc_id=NETWORK)
    assert "Rätta till" not in client.get(f"/dokument/{NETWORK}").text.replace("Rättat till", "")


def test_people_of_one_name_are_told_apart(client, send, source, library):
    documents = seed_documents()
    chiefs = documents[4].minutes.participants
    twins = (replace(chiefs[0], name="Anna"), replace(chiefs[1], name="Anna"))
    documents[4] = replace(documents[4], minutes=replace(documents[4].minutes, participants=twins))
    source.hold(documents)
    form = form_of(client.get(f"/dokument/{CHIEFS}").text, "person-2")
    assert form["start"] == str(twins[1].span.start)
    send({**form, "name": "Hanna"})
    page = client.get(f"/dokument/{CHIEFS}").text
    assert [form_of(page, f"person-{n}")["name"] for n in (1, 2)] == ["Anna", "Hanna"]
    assert [form_of(page, f"person-{n}")["start"] for n in (1, 2)] == [
        str(own.span.start) for own in twins
    ]


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        ("title", "Ett & annat", "Ett & annat"),
        ("group", "Chefsgruppen", "Chefsgruppen"),
        ("group", "", "rättat till ingen grupp"),
        ("date", "", "Inget datum anges"),
        ("kind", "Protokoll", "rättat till Protokoll"),
    ],
)
def test_plain_facts(client, send, library, fact, value, shown):
    form = form_of(client.get(f"/dokument/{CHIEFS}").text, f"ratta-{fact}")
    assert form["fakta"] == fact
    assert send({**form, "value": value}).status_code == 303
    assert (held(library)[0].fact, held(library)[0].value) == (fact, value)
    assert shown in words(client.get(f"/dokument/{CHIEFS}").text)


def test_municipalities(client, send, library):
    assert (
        send({"fakta": "municipality", "municipality": "eslöv", "part": "värd"}).status_code == 303
    )
    send({"fakta": "municipality", "municipality": "Svalöv", "part": ""})
    page = client.get(f"/dokument/{CHIEFS}").text
    assert 'href="/kommun/Esl%C3%B6v"' in page
    assert 'href="/kommun/Sval%C3%B6v"' not in page
    assert "Kommun Svalöv – läst ur texten: deltog · borttagen av anna" in words(page)
    assert "Kommun Eslöv – läst ur texten: inget · rättat till värd av anna" in words(page)


def test_a_person_is_changed_again_and_taken_away(client, send, source, library):
    form = person(client.get(f"/dokument/{CHIEFS}").text, "Håkan Strömberg")
    assert send({**form, "name": "Hakon Strömberg", "role": "sekreterare"}).status_code == 303
    (made,) = held(library)
    assert made.value == "Håkan Strömberg"
    assert made.details == {"name": "Hakon Strömberg", "role": "sekreterare"}
    for built in (False, True):
        if built:
            index(source, library)
        page = client.get(f"/dokument/{CHIEFS}").text
        assert "Hakon Strömberg sekreterare, Landskrona" in words(page)
        form = person(page, "Hakon Strömberg")
        assert form["value"] == "Håkan Strömberg"
    assert send({**form, "municipality": "Bjuv", "role": ""}).status_code == 303
    (made,) = held(library)
    assert made.details == {"name": "Hakon Strömberg", "role": "", "municipality": "Bjuv"}
    assert send({**form, "remove": "1"}).status_code == 303
    assert held(library)[0].remove
    page = words(client.get(f"/dokument/{CHIEFS}").text)
    assert (
        "Person Håkan Strömberg – läst ur texten: Håkan Strömberg, Landskrona · borttagen" in page
    )


def test_a_person_is_added_and_changed(client, send, library):
    new = form_of(client.get(f"/dokument/{CHIEFS}").text, "person-ny")
    answer = send({**new, "name": "Eva Berg", "municipality": "Bjuv", "presence": "gäst"})
    assert answer.status_code == 303
    (made,) = held(library)
    assert (made.value, made.add) == ("Eva Berg", True)
    assert made.details == {"presence": "gäst", "municipality": "Bjuv"}
    form = person(client.get(f"/dokument/{CHIEFS}").text, "Eva Berg")
    assert send({**form, "title": "Chef"}).status_code == 303
    (made,) = held(library)
    assert made.add
    assert made.details == {"presence": "gäst", "municipality": "Bjuv", "title": "Chef"}
    assert "Eva Berg Chef, Bjuv" in words(client.get(f"/dokument/{CHIEFS}").text)


def test_a_section_is_hidden_at_once_and_shown_again(client, send, source, library):
    page = client.get(f"/dokument/{LEADERS}").text
    start = re.search(r'<option value="(\d+)">Personlig representant</option>', page)
    assert start
    assert send({"fakta": "hide", "start": start[1]}, doc_id=LEADERS).status_code == 303
    for built in (False, True):
        if built:
            index(source, library)
        page = client.get(f"/dokument/{LEADERS}").text
        assert "Avsnitt Personlig representant – dolt av anna" in words(page)
        assert 'id="dolt-1">Dolt avsnitt</span>' in page
        assert not re.search(r"<h[34][^>]*>Personlig representant", page)
        raw = client.get(f"/dokument/{LEADERS}?lasning=original").text
        assert "Dolt avsnitt" in raw
    assert client.get(f"/original/{LEADERS}").status_code == 200
    (made,) = held(library, LEADERS)
    assert made.start is None  # there is one of that heading
    undo = {"fakta": "hide", "value": made.value}
    assert send(undo, "/rattningar/fakta/angra", LEADERS).status_code == 303
    assert held(library, LEADERS) == ()


def test_readers_see_that_something_is_hidden_but_not_what(stranger, library):
    fact = FactCorrection(Fact.HIDDEN, "Personlig representant", by="anna", at=NOW)
    corrections.add_fact(library / LEADERS, fact)
    page = stranger.get(f"/dokument/{LEADERS}").text
    assert "Ett avsnitt – dolt av anna, 14 mars 2026" in words(page)
    assert "bara redaktörer kan öppna originalet" in words(page)
    listed = stranger.get("/rattningar").text
    assert "Ett avsnitt" in listed
    for text in (page, listed):
        assert "Personlig representant</" not in text
        assert 'method="post"' not in text
    assert stranger.get(f"/original/{LEADERS}").status_code == 403
    assert stranger.get(f"/original/{CHIEFS}").status_code == 200


@pytest.mark.parametrize(
    ("key", "form", "message"),
    [
        ("ratta-date", {"fakta": "date", "value": "igår"}, "ett datum som 2020-12-04"),
        ("ratta-title", {"fakta": "title", "value": " "}, "”title” är tom"),
        (
            "ratta-kommun",
            {"fakta": "municipality", "municipality": "Bjuf", "part": "värd"},
            "”Bjuf” är ingen svensk kommun",
        ),
        ("dolj", {"fakta": "hide", "start": "7"}, "Välj vilket avsnitt"),
        (
            "person-1",
            {"fakta": "person", "value": "Ingen Alls", "name": "x"},
            "”Ingen Alls” finns inte bland deltagarna",
        ),
        ("x", {"fakta": "okänt", "value": "y"}, "den ska ha ett av"),
        ("x", {}, "den ska ha ett av"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_the_reason(send, library, key, form, message):
    answer = send({**form, "formular": key})
    assert answer.status_code == 400
    page = answer.text
    assert 'role="alert"' in page
    assert message in unescape(page)
    assert '<details class="edit" id="ratta-fakta" open>' in page
    assert held(library) == ()
    if key in ("ratta-date", "ratta-kommun"):
        assert f'aria-describedby="{key}-fel" aria-invalid="true"' in page
        assert f'id="{key}-fel"' in page
        typed = form.get("municipality") or form["value"]
        assert f'value="{typed}"' in page


def test_every_field_has_a_label(client):
    page = client.get(f"/dokument/{CHIEFS}").text
    fields = re.findall(r'<(?:input type="(?:text|date)"|select) id="([^"]+)"', page)
    labels = re.findall(r'<label[^>]* for="([^"]+)"', page)
    assert set(fields) <= set(labels)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("doc_id", ["finns-inte.txt", "../x", "", f"{CHIEFS}.toml"])
@pytest.mark.parametrize("path", ["/rattningar/fakta", "/rattningar/fakta/angra"])
def test_only_documents_can_be_corrected(send, library, path, doc_id):
    form = {"fakta": "date", "value": "2020-01-01"}
    assert send(form, path, doc_id).status_code == 404


@pytest.mark.parametrize("path", ["/rattningar/fakta", "/rattningar/fakta/angra"])
def test_readers_may_change_nothing(stranger, send, library, path):
    form = {"fakta": "date", "value": "2020-01-01"}
    token = {"csrf_token": csrf_token(stranger, "/oppna"), "dokument": CHIEFS}
    assert stranger.post(path, data=form | token, headers=OWN).status_code == 403
    assert send(form, path, headers={}).status_code == 400
    assert held(library) == ()


@pytest.mark.parametrize("odd", [{"fakta": "x"}, {"fakta": "person", "start": "²"}, {}])
def test_odd_undos_are_refused(send, library, odd):
    assert send(odd, "/rattningar/fakta/angra").status_code in (400, 404)


def test_facts_are_listed_with_the_words_and_undone_there(client, send, library):
    corrections.add_fact(
        library / NETWORK, FactCorrection(Fact.DATE, "2020-12-04", by="anna", at=NOW)
    )
    corrections.add_fact(library / CHIEFS, FactCorrection(Fact.PERSON, "<b>", remove=True))
    page = client.get("/rattningar").text
    assert page.count('class="undo"') == 2
    assert "Datum: 2010-12-04" in words(page)
    assert "&lt;b&gt;" in page
    assert "passar inte: personen finns inte bland deltagarna" in words(page)
    undo = {"fakta": "person", "value": "<b>", "lista": "1"}
    answer = send(undo, "/rattningar/fakta/angra")
    assert answer.location == "/rattningar"
    assert "är ångrad" in client.get("/rattningar").text
    assert held(library) == ()


def test_what_a_sidecar_gets_wrong_is_told_on_the_page(client, library):
    sidecar(library / CHIEFS).write_text('[[facts]]\ndate = "igår"\n', "utf-8")
    page = words(client.get(f"/dokument/{CHIEFS}").text)
    assert "Faktarättning 1 går inte att använda: ”date” ska vara ett datum" in page
