"""Kunskapssidor: written, previewed, compared, restored, removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.articles.store import Articles
from kb.library import Library
from tests.web.forms import csrf_token

TEXT = "# Rekrytering av familjehem\n\nSe [[Höganäs]].\n\n[[sök: familjehem]]\n"
PLACE = "/kunskap/sida/Rekrytering%20av%20familjehem"
ORIGIN = {"Origin": "http://localhost"}


def send(client, path: str, form: dict[str, str], at: str = ""):
    token = csrf_token(client, at or path)
    return client.post(path, data={**form, "csrf_token": token}, headers=ORIGIN)


@pytest.fixture
def article(client, library: Path):
    response = send(client, "/kunskap/ny", {"text": TEXT})
    assert response.status_code == 303
    found = Articles(Library(library)).get("Rekrytering av familjehem")
    assert found is not None
    return found


def test_there_are_none_at_first(client, library):
    assert "Ingen har skrivit" in client.get("/kunskap").text


def test_an_article_is_written_and_shown(client, article, source):
    page = client.get(PLACE).text
    assert "<h1>Rekrytering av familjehem</h1>" in page
    assert 'href="/kommun/H%C3%B6gan%C3%A4s"' in page
    assert 'class="live"' in page
    assert article.title in client.get("/kunskap").text


def test_a_preview_saves_nothing(client, library):
    response = send(client, "/kunskap/ny", {"text": TEXT, "visa": "1"})
    assert "Inte sparat än" in response.text
    assert not (library / "kunskap").exists()


def test_a_text_without_heading_comes_back(client, library):
    response = send(client, "/kunskap/ny", {"text": "bara text"})
    assert response.status_code == 400
    assert "bara text" in response.text


def test_a_change_is_a_version(client, article):
    edit = f"{PLACE}/redigera"
    response = send(client, edit, {"text": TEXT + "Mer.\n", "state": article.state})
    assert response.status_code == 303
    versions = client.get(f"{PLACE}/versioner").text
    assert "Version 2" in versions
    assert "<ins>Mer.</ins>" in versions
    response = send(client, f"{PLACE}/versioner/1", {})
    assert response.status_code == 303
    assert "Mer." not in client.get(PLACE).text
    assert "Version 3" in client.get(f"{PLACE}/versioner").text


def test_nobody_writes_over_what_somebody_else_wrote(client, article, library: Path):
    Articles(Library(library)).save(article.name, TEXT + "Bos rad.\n", "bo", article.state)
    form = {"text": TEXT + "Min rad.\n", "state": article.state}
    response = send(client, f"{PLACE}/redigera", form)
    assert response.status_code == 409
    assert "<del>Bos</del>" in response.text
    assert "Min rad." in response.text


def test_articles_tell_what_leads_to_them(client, article):
    send(client, "/kunskap/ny", {"text": "# Jourhem\n\nSe [[rekrytering av familjehem]].\n"})
    assert "Sidor som länkar hit" in client.get(PLACE).text
    assert 'href="/kunskap/sida/Jourhem"' in client.get(PLACE).text


def test_a_link_to_nothing_offers_to_write_the_page(client, library):
    send(client, "/kunskap/ny", {"text": "# A\n\n[[Finns inte]]\n"})
    assert 'href="/kunskap/ny?rubrik=Finns+inte"' in client.get("/kunskap/sida/A").text


def test_the_document_page_of_an_article_is_its_own(client, article):
    response = client.get("/dokument/kunskap/Rekrytering av familjehem.md")
    assert response.status_code == 302
    assert response.headers["Location"] == PLACE


def test_readers_read_but_do_not_write(stranger, article):
    assert stranger.get(PLACE).status_code == 200
    assert stranger.get("/kunskap/ny").status_code == 403
    assert stranger.get(f"{PLACE}/redigera").status_code == 403


@pytest.mark.parametrize(
    "path", ["/kunskap/sida/finns-inte", "/kunskap/sida/..%2Fa", f"{PLACE}/versioner/9"]
)
def test_what_is_not_there_is_not_found(client, library, path: str):
    assert client.get(path).status_code == 404
