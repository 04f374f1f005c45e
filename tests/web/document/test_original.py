from __future__ import annotations

from dataclasses import replace

import pytest

from kb import corrections
from kb.build.status import Status
from kb.model import Fact, FactCorrection
from tests.indexes import PARENTS, SEED_IDS, SEEDS, seed_documents


@pytest.fixture
def library(source, tmp_path):
    source.folder = tmp_path
    return tmp_path


@pytest.mark.parametrize("doc_id", SEED_IDS)
def test_an_original_is_served_byte_for_byte(client, doc_id):
    answer = client.get(f"/original/{doc_id}")
    assert answer.data == (SEEDS / doc_id).read_bytes()
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("windows-1252", "windows-1252"),
        ("cp1252", "windows-1252"),
        ("utf-8-sig", "utf-8"),
        ("x", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_it_was_read_with(client, source, encoding, charset):
    first = seed_documents()[0]
    read = replace(first.source, encoding=encoding)
    source.hold([replace(first, repaired=replace(first.repaired, source=read))])
    answer = client.get(f"/original/{first.id}")
    assert answer.content_type == f"text/plain; charset={charset}"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sida.HTML", "text/html"),
        ("brev.eml", "message/rfc822"),
        ("arkiv.zip", "application/zip"),
        ("fil.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("fil.odt", "application/vnd.oasis.opendocument.text"),
        ("fil.rtf", "application/rtf"),
        ("sida.tif", "image/tiff"),
        ("bild.svg", "application/octet-stream"),
        ("blad.xml", "application/octet-stream"),
        ("x.js", "application/octet-stream"),
        ("y.xhtml", "application/octet-stream"),
    ],
)
def test_what_could_act_is_sent_as_a_download(client, library, name, kind):
    (library / name).write_text("<script>alert(1)</script>")
    answer = client.get(f"/original/{name}")
    assert answer.mimetype == kind
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_names_with_any_letters_can_be_fetched(client, library):
    (library / "mapp").mkdir()
    name = "Möte & 100 % ”prat” #1?.txt"
    (library / "mapp" / name).write_text("hej")
    with client.application.test_request_context():
        from flask import url_for

        address = url_for("original.send", doc_id=f"mapp/{name}")
    assert client.get(address).data == b"hej"


@pytest.mark.parametrize(
    "path", ["../source.py", "%2e%2e/source.py", "/etc/passwd", "..", "x%00.txt", "mapp"]
)
def test_nothing_outside_the_library_is_served(client, library, path):
    (library / "mapp").mkdir()
    assert client.get(f"/original/{path}", follow_redirects=True).status_code == 404


def test_an_original_can_be_read_without_an_index(client, source):
    source.lose_index()
    assert client.get(f"/original/{PARENTS}").status_code == 200


@pytest.mark.parametrize("hiding", ["a.txt", "b.txt"])
def test_what_is_hidden_is_not_read_in_another_file_of_the_same_words(
    client, stranger, library, source, hiding
):
    for name in ("a.txt", "b.txt"):
        (library / name).write_text("Hemligt")
    corrections.add_fact(library / hiding, FactCorrection(Fact.HIDDEN, "Hemligt"))
    source.state = Status((), None, duplicates={"b.txt": "a.txt"})
    for name in ("a.txt", "b.txt"):
        assert client.get(f"/original/{name}").status_code == 200
        assert stranger.get(f"/original/{name}").status_code == 403
