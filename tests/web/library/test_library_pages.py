"""The pages about the library: its health, its bin, its log and its builds."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kb import corrections
from kb.actions.permissions import AccessRole
from kb.build.background import BuildState, Phase
from kb.build.manifest import Failure, Remark
from kb.build.status import FileTally, Status
from kb.errors import UserError
from kb.library import inbox, log, preferences, sidecar, trash
from kb.model import Correction
from kb.web.library import routes
from tests.indexes import CHIEFS, PARENTS, SEEDS
from tests.web.access import be
from tests.web.forms import csrf_token

OWN = {"Origin": "http://localhost"}
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def post(client, library):
    token = csrf_token(client, "/ladda-upp")

    def send(path, form=None):
        return client.post(path, data={"csrf_token": token, **(form or {})}, headers=OWN)

    return send


@pytest.fixture
def reader(monkeypatch):
    be(monkeypatch, "", AccessRole.READER)


@pytest.fixture
def editor(monkeypatch):
    be(monkeypatch, "anna", AccessRole.EDITOR)


def test_the_sum_of_all_files(client, library, source):
    source.state = Status(
        ("Biblioteket har ändrats sedan indexet byggdes: 1 nya.",), "kb build",
        originals=12, searchable=5, built=NOW - dt.timedelta(hours=3), size=4_800_000,
        failures=(
            Failure("trasig.pdf", "PDF-filen är skadad.", 1, 1),
            Failure("skannad.png", "Väntar på textigenkänning.", 1, 1, waiting=True),
        ),
        remarks=(Remark("a.txt", "Rättningen passar inte."),),
        tally=FileTally(5, 4, 1, 1, 1), duplicates={"kopia.docx": CHIEFS},
        doubts={CHIEFS: ("Osäkert datum: troligen 2020-12-04.",)}, new=("ny.txt",),
    )  # fmt: skip
    page = client.get("/bibliotek").text
    numbers = [int(n) for n in re.findall(r"<tr><td>(\d+)</td>", page)]
    assert numbers == [5, 4, 1, 1, 1, 12]
    assert sum(numbers[:-1]) == numbers[-1]
    for said in (
        "PDF-filen är skadad.", "skannad.png", "Osäkert datum", "Rättningen passar inte.",
        "ny.txt", "kopia.docx", "Säger detsamma som", "för 3 timmar sedan", "4,8", "1 nya",
    ):  # fmt: skip
        assert said in page
    assert 'href="/ta-bort/trasig.pdf"' in page


def test_what_was_received_is_shown_to_those_who_can_answer(client, library, post, editor):
    inbox.hold(library, "c.txt", b"x", "anna", "Filen innehåller ett personnummer.", asks=True)
    inbox.hold(library, "d.pdf", b"x", "anna", "Filen är skadad.", asks=False)
    page = client.get("/bibliotek").text
    assert "Filen innehåller ett personnummer." in page
    assert "Filen är skadad." in page
    refused = next(one for one in inbox.held(library) if not one.asks)
    answer = post("/ladda-upp/svar", {"fil": refused.key, "svar": "ta-tillbaka"})
    assert answer.location == "/bibliotek#mottaget"
    assert "d.pdf: tillbakatagen." in client.get("/bibliotek").text


def test_readers_see_the_health_but_not_the_inbox(client, library, reader):
    inbox.hold(library, "c.txt", b"x", "anna", "Hemligt skäl.", asks=True)
    page = client.get("/bibliotek")
    assert page.status_code == 200
    assert "Hemligt skäl" not in page.text
    for path in ("/papperskorg", "/logg", f"/ta-bort/{CHIEFS}", "/papperskorg/tom"):
        assert client.get(path).status_code == 403


def test_a_document_is_removed_and_put_back(client, library, source, post):
    corrections.add(library / CHIEFS, Correction("Hoganis", "Höganäs"))
    said = sidecar(library / CHIEFS).read_bytes()
    assert f'href="/ta-bort/{CHIEFS}"' in client.get(f"/dokument/{CHIEFS}").text
    assert "Ta bort anteckningen?" in client.get(f"/ta-bort/{CHIEFS}").text
    answer = post(f"/ta-bort/{CHIEFS}")
    assert (answer.status_code, answer.location) == (303, "/papperskorg")
    assert not (library / CHIEFS).exists()
    assert source.builds == 1
    page = client.get("/papperskorg").text
    assert "ligger i papperskorgen" in page
    (removed,) = trash.removed(library)
    assert removed.key in page
    assert client.get(f"/ta-bort/{CHIEFS}").status_code == 404
    assert post("/papperskorg/aterstall", {"nyckel": removed.key}).status_code == 303
    assert (library / CHIEFS).read_bytes() == (SEEDS / CHIEFS).read_bytes()
    assert sidecar(library / CHIEFS).read_bytes() == said
    assert source.builds == 2
    assert "är återställt" in client.get("/papperskorg").text
    assert "Papperskorgen är tom" in client.get("/papperskorg").text
    assert [event.act for event in log.events(library)] == [log.Act.REMOVE, log.Act.RESTORE]


def test_the_place_of_a_removed_document_may_be_taken(library, post):
    post(f"/ta-bort/{CHIEFS}")
    (library / CHIEFS).write_text("Nytt")
    (removed,) = trash.removed(library)
    answer = post("/papperskorg/aterstall", {"nyckel": removed.key})
    assert answer.status_code == 400
    assert "redan ett annat dokument" in answer.text
    assert (library / CHIEFS).read_text() == "Nytt"
    assert trash.removed(library) == [removed]


def test_only_administrators_empty_the_bin(client, library, post, monkeypatch):
    post(f"/ta-bort/{CHIEFS}")
    with monkeypatch.context() as as_editor:
        be(as_editor, "anna", AccessRole.EDITOR)
        assert "Töm papperskorgen" not in client.get("/papperskorg").text
        assert post("/papperskorg/tom").status_code == 403
        assert len(trash.removed(library)) == 1
    assert "1 dokument raderas för gott" in client.get("/papperskorg/tom").text
    assert post("/papperskorg/tom").status_code == 303
    assert trash.removed(library) == []
    assert list(log.events(library))[-1].act is log.Act.EMPTY
    assert "1 dokument är raderat för gott." in client.get("/papperskorg").text


def test_the_log_shows_who_did_what(client, library, monkeypatch):
    log.record(library, "anna", log.Act.CORRECT, CHIEFS, "Hoganis → <b>Höganäs</b>")
    page = client.get("/logg").text
    assert "anna" in page
    assert "rättad" in page
    assert "&lt;b&gt;" in page


def test_a_cut_off_line_of_the_log_costs_no_other(library):
    log.record(library, "anna", log.Act.ADD, "a.txt")
    file = next((library / ".logg").iterdir())
    file.write_bytes(file.read_bytes() + b'{"at": "2026-')
    log.record(library, "anna", log.Act.ADD, "b.txt")
    assert [event.path for event in log.events(library)] == ["a.txt", "b.txt"]


def test_corrections_are_logged(client, library, post):
    word = {"dokument": CHIEFS, "original": "Hoganis", "ord": "Höganäs"}
    post("/rattningar", word)
    post("/rattningar/angra", word)
    assert [(event.act, event.detail) for event in log.events(library)] == [
        (log.Act.CORRECT, "Hoganis → Höganäs"),
        (log.Act.UNDO, "Hoganis"),
    ]


def test_a_build_is_followed_and_stopped(client, library, source, post):
    assert "inte byggts härifrån" in client.get("/bygget").text
    source.building = BuildState(
        1, Phase.RUNNING, NOW - dt.timedelta(seconds=60), NOW, 10, 30, "mapp/<b>.txt"
    )
    answer = client.get("/bygget")
    assert "10 av 30 filer klara" in answer.text
    assert "2 minuter kvar" in answer.text
    assert "mapp/&lt;b&gt;.txt" in answer.text
    assert answer.headers["Refresh"] == str(routes.REFRESH)
    assert "Refresh" not in client.get("/bygget?stilla").headers
    assert "10 av 30 filer" in client.get("/hjalp").text
    assert post("/bygget/avbryt").status_code == 303
    assert source.cancelled
    source.building = BuildState(1, Phase.FAILED, NOW, NOW, 10, 30, message="Disken är full.")
    answer = client.get("/bygget")
    assert "Disken är full." in answer.text
    assert "Refresh" not in answer.headers


def test_an_outdated_index_can_be_rebuilt_from_any_page(client, library, source, post):
    source.state = Status(("Biblioteket har ändrats.",), "kb build")
    assert 'action="/bygget"' in client.get("/hjalp").text
    assert post("/bygget").location == "/bygget"
    assert source.builds == 1


def test_readers_cannot_build(client, library, source, reader):
    source.state = Status(("Biblioteket har ändrats.",), "kb build")
    assert 'action="/bygget"' not in client.get("/hjalp").text
    assert client.get("/bygget").status_code == 200
    assert client.post("/bygget", headers=OWN).status_code == 403


def test_a_duplicate_is_shown_as_the_first(client, library, source):
    source.state = Status((), None, duplicates={"kopia.docx": CHIEFS})
    answer = client.get("/dokument/kopia.docx?q=möte")
    assert answer.status_code == 302
    assert answer.location == f"/dokument/{CHIEFS}?q=m%C3%B6te"
    page = client.get(f"/dokument/{CHIEFS}").text
    assert 'Finns också som <a href="/original/kopia.docx">kopia.docx</a>' in page
    assert "Finns också som" not in client.get(f"/dokument/{PARENTS}").text
    assert "kopia.docx" in client.get(f"/ta-bort/{CHIEFS}").text


def test_the_library_is_watched_when_an_administrator_says_so(client, library, monkeypatch):
    assert "<strong>Av.</strong>" in client.get("/bibliotek").text
    token = csrf_token(client, "/bibliotek")

    def say(answer: str) -> int:
        form = {"csrf_token": token, "bevaka": answer}
        return client.post("/bibliotek/bevakning", data=form, headers=OWN).status_code

    assert say("ja") == 303
    assert preferences.watch(library) is True
    assert "<strong>På.</strong>" in client.get("/bibliotek").text
    assert say("nej") == 303
    assert "<strong>Av.</strong>" in client.get("/bibliotek").text
    be(monkeypatch, "anna", AccessRole.EDITOR)
    assert say("ja") == 403
    assert preferences.watch(library) is False


def test_what_else_is_set_stays(library):
    (library / ".installningar.toml").write_text("# vi\nannat = 1\n", "utf-8")
    assert preferences.watch(library) is None
    preferences.set_watch(library, True)
    assert (library / ".installningar.toml").read_text(
        "utf-8"
    ) == "# vi\nannat = 1\nbevaka = true\n"
    (library / ".installningar.toml").write_text("trasig", "utf-8")
    assert preferences.watch(library) is None
    with pytest.raises(UserError, match="skadad"):
        preferences.set_watch(library, True)
