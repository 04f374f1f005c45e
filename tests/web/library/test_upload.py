"""Uploads through the pages: what is taken in, asked about and refused, and by whom."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from kb.actions.permissions import AccessRole
from kb.build.background import BuildState, Phase
from kb.errors import UserError
from kb.library import inbox, log, receipts
from kb.web import limits
from kb.web.library import routes
from tests.web.access import be
from tests.web.forms import csrf_token

OWN = {"Origin": "http://localhost"}
TEXT = "Minnesanteckningar från Klippan den 3 mars 2021."
NUMBER = "Barnet (811218-9876) placeras."


@pytest.fixture
def library(source, tmp_path):
    source.folder = tmp_path / "library"
    source.folder.mkdir()
    return source.folder


@pytest.fixture
def post(client, library):
    """Send a form as a browser would that has the page open."""
    token = csrf_token(client, "/ladda-upp")

    def send(path, form=None, **options):
        options.setdefault("headers", OWN)
        return client.post(path, data={"csrf_token": token, **(form or {})}, **options)

    return send


@pytest.fixture
def upload(post):
    def send(*files, **options):
        parts = [(io.BytesIO(d if isinstance(d, bytes) else d.encode()), name) for name, d in files]
        return post("/ladda-upp", {"filer": parts}, **options)

    return send


def names(library):
    return sorted(file.name for file in library.iterdir() if not file.name.startswith("."))


def rows(page):
    found = re.findall(r"<h2>([^<]+)</h2>\s*<p><strong>([^<]+)\.</strong>", page)
    return dict(found)


def test_the_form_works_without_a_script_and_names_what_it_takes(client, library):
    answer = client.get("/ladda-upp")
    assert 'enctype="multipart/form-data"' in answer.text
    assert ".docx" in answer.text
    assert re.search(r'<input type="file"[^>]* multiple', answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_several_files_and_what_became_of_each(client, library, source, upload):
    answer = upload(
        ("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", NUMBER), ("d.pdf", "ingen"), ("e.exe", "x")
    )
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert rows(page) == {
        "a.txt": "Tillagd",
        "b.txt": "Finns redan",
        "c.txt": "Väntar på ditt svar",
        "d.pdf": "Avvisad",
        "e.exe": "Avvisad",
    }
    assert "Filen heter .pdf men innehållet är inte en PDF." in page
    assert names(library) == ["a.txt"]
    assert source.builds == 1
    assert "811218" not in page
    assert {one.name for one in inbox.held(library)} == {"c.txt", "d.pdf", "e.exe"}


@pytest.mark.parametrize(
    ("said", "stored", "outcome"),
    [
        ("behall", {"c.txt": NUMBER}, "Tillagd"),
        (
            "maskera",
            {"c (maskerad).txt": NUMBER.replace("811218-9876", "XXXXXX-XXXX")},
            "Tillagd",
        ),
        ("ta-tillbaka", {}, "Tillbakatagen"),
    ],
)
def test_an_answer_about_identity_numbers(
    client, library, source, upload, post, said, stored, outcome
):
    receipt = upload(("c.txt", NUMBER)).location
    assert names(library) == []
    assert source.builds == 1
    (held,) = inbox.held(library)
    form = {"fil": held.key, "svar": said, "kvitto": receipt.rsplit("/", 1)[-1]}
    answer = post("/ladda-upp/svar", form)
    assert (answer.status_code, answer.location) == (303, receipt)
    assert list(rows(client.get(receipt).text).values()) == [outcome]
    assert {name: (library / name).read_text("utf-8") for name in names(library)} == stored
    assert inbox.held(library) == []
    assert source.builds == 1 + bool(stored)
    again = post("/ladda-upp/svar", form)
    assert again.status_code == 400
    assert "redan tagen om hand" in again.text


def test_an_unknown_answer_changes_nothing(library, upload, post):
    upload(("c.txt", NUMBER))
    (held,) = inbox.held(library)
    assert post("/ladda-upp/svar", {"fil": held.key, "svar": "radera"}).status_code == 400
    assert inbox.held(library) == [held]


def test_an_archive_gives_a_row_a_file(client, library, upload):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mapp/a.txt", TEXT)
        archive.writestr("../../b.txt", TEXT + " Mer.")
        archive.writestr("c.pdf", "ingen")
    page = client.get(upload(("allt.zip", packed.getvalue())).location).text
    assert rows(page) == {"a.txt": "Tillagd", "b.txt": "Tillagd", "c.pdf": "Avvisad"}
    assert names(library) == ["a.txt", "b.txt"]


def test_names_are_shown_as_text_and_stored_safely(client, library, upload):
    upload_name = "../<script>alert(1)<script>.txt"
    page = client.get(upload((upload_name, TEXT)).location).text
    assert "<script>alert" not in page
    assert names(library) == ["_script_alert(1)_script_.txt"]


def test_no_file_is_overwritten(library, upload):
    upload(("a.txt", TEXT))
    upload(("a.txt", TEXT + " Mer."))
    assert names(library) == ["a (2).txt", "a.txt"]


def test_no_files_chosen(client, upload, post):
    answer = post("/ladda-upp", {"filer": (io.BytesIO(b""), "")})
    assert answer.status_code == 303
    assert "Välj minst en fil" in client.get(answer.location).text


def test_too_much_is_refused_in_swedish(client, library, upload, post, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UPLOAD", 200_000)
    answer = upload(("a.txt", "x" * 300_000))
    assert answer.status_code == 413
    assert "Inget av det du skickade togs emot." in answer.text
    assert upload(("a.txt", "ord " * 40_000)).status_code == 303
    # Other forms stay small.
    assert post("/ladda-upp/svar", {"fil": "x" * 150_000}).status_code == 413


def test_a_full_disk_loses_the_file_but_not_the_receipt(
    client, library, source, upload, monkeypatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.durable.create", full)
    monkeypatch.setattr("kb.durable.append", full)
    monkeypatch.setattr("kb.durable.replace", full)
    answer = upload(("a.txt", TEXT), ("b.exe", "x"))
    assert answer.status_code == 200
    assert rows(answer.text) == {"a.txt": "Avvisad", "b.exe": "Avvisad"}
    assert "disken är full" in answer.text
    assert names(library) == []
    assert source.builds == 0


def test_a_receipt_tells_when_the_text_can_be_found(client, library, source, upload):
    where = upload(("a.txt", TEXT)).location
    assert "när indexet har byggts om" in client.get(where).text
    assert "Refresh" not in client.get(where).headers
    now = log.dt.datetime.now(log.dt.UTC)
    source.building = BuildState(1, Phase.RUNNING, now, now, 1, 2, "a.txt")
    answer = client.get(where)
    assert "om en liten stund" in answer.text
    assert answer.headers["Refresh"] == str(routes.REFRESH)
    assert "Refresh" not in client.get(f"{where}?stilla").headers


def test_a_build_that_cannot_start_does_not_hide_the_receipt(client, source, upload, monkeypatch):
    def failing(_: object) -> None:
        raise UserError("Indexet går inte att bygga: skrivskyddat.")

    monkeypatch.setattr(type(source), "build", failing)
    answer = upload(("a.txt", TEXT))
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert rows(page) == {"a.txt": "Mottagen"}
    assert "Läses in när indexet byggs om." in page
    assert "Indexet går inte att bygga: skrivskyddat." in page
    assert "a.txt" in client.get("/bibliotek").text


@pytest.mark.parametrize("key", ["x", "..", "20260101T000000-0123456789abcdef", "om.json"])
def test_no_other_receipt(client, library, key):
    assert client.get(f"/ladda-upp/{key}").status_code == 404


def test_old_receipts_go(library, monkeypatch):
    monkeypatch.setattr(receipts, "_KEPT", 2)
    made = [receipts.sending("anna") for _ in range(4)]
    for one in made:
        receipts.keep(library, one)
    kept = [one for one in made if receipts.find(library, one.key)]
    assert len(kept) == 2


def test_readers_do_not_upload(client, library, upload, monkeypatch):
    be(monkeypatch, "", AccessRole.READER)
    assert client.get("/ladda-upp").status_code == 403
    assert upload(("a.txt", TEXT)).status_code == 403
    assert names(library) == []
    assert "Ladda upp" not in client.get("/hjalp").text


def test_other_sites_do_not_upload(library, upload):
    answer = upload(("a.txt", TEXT), headers={"Origin": "http://ond.example"})
    assert answer.status_code == 400
    assert names(library) == []


def test_what_came_in_is_logged(library, upload):
    upload(("a.txt", TEXT), ("c.txt", NUMBER), ("d.pdf", "x"))
    events = [(event.act, event.path) for event in log.events(library)]
    assert events == [(log.Act.ADD, "a.txt"), (log.Act.HOLD, ""), (log.Act.REFUSE, "")]
