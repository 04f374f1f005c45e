"""The start-up link in a real browser: what a reader sees before it, and may do after it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb import corrections
from kb.articles.store import Articles
from kb.library import Library
from tests.indexes import CHIEFS, SEEDS
from tests.web.source import PreparedSource

pytestmark = pytest.mark.browser


@pytest.fixture
def written(tmp_path: Path) -> PreparedSource:
    source = PreparedSource(folder=tmp_path / "library")
    shutil.copytree(SEEDS, source.folder)
    return source


def test_the_link_opens_and_leaves_the_address(open_page, address_of, written):
    page = open_page("/oppna", source=written, key=False)
    served = address_of(written)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + str(request.headers)))
    page.goto(f"{served.url}/oppna#{served.cookie['value']}")
    page.wait_for_url(f"{served.url}/")
    assert page.get_by_role("link", name="Ladda upp").is_visible()
    assert served.cookie["value"] not in page.evaluate("document.cookie + location.href")
    (kept,) = [own for own in page.context.cookies() if own["value"] == served.cookie["value"]]
    assert (kept["httpOnly"], kept["sameSite"]) == (True, "Lax")
    assert not [one for one in asked if served.cookie["value"] in one.split("{")[0]]
    page.goto(f"{served.url}/oppna#{served.cookie['value']}")
    page.wait_for_url(f"{served.url}/oppna")
    page.get_by_role("button", name="Låt webbläsaren bara läsa").click()
    page.wait_for_url(f"{served.url}/")
    assert page.get_by_role("link", name="Ladda upp").count() == 0


def test_a_reader_becomes_an_editor_without_scripts(open_page, address_of, written):
    page = open_page(f"/dokument/{CHIEFS}", source=written, key=False, java_script_enabled=False)
    served = address_of(written)
    assert page.locator("main form").count() == 0
    assert page.get_by_role("link", name="Ta bort").count() == 0
    page.get_by_role("link", name="Få ändra").click()
    page.get_by_label("Länken eller nyckeln i den").fill("fel")
    page.get_by_role("button", name="Öppna").click()
    assert page.get_by_role("alert").inner_text().startswith("Fel nyckel.")
    page.get_by_label("Länken eller nyckeln i den").fill(
        f"{served.url}/oppna#{served.cookie['value']}"
    )
    page.get_by_role("button", name="Öppna").click()
    page.goto(f"{served.url}/dokument/{CHIEFS}")
    page.locator("#ratta-fakta > summary").click()
    page.locator("#ratta-group input[type=text]").fill("Socialchefernas nätverk")
    page.locator("#ratta-group button").click()
    assert "Rättningen är sparad" in page.locator("main").inner_text()
    (fact,) = corrections.load(written.folder / CHIEFS).facts
    assert fact.value == "Socialchefernas nätverk"


def test_an_article_written_while_the_key_was_lost_is_kept_and_sent(open_page, written):
    page = open_page("/kunskap/ny", source=written)
    kept = page.context.cookies()
    page.locator("#text").fill("# Jourhem\n\nTvå rader.\n")
    page.context.clear_cookies()
    page.get_by_role("button", name="Spara").click()
    assert "Inget av det är sparat" in page.locator("main").inner_text()
    assert page.get_by_label("Texten").input_value() == "# Jourhem\n\nTvå rader.\n"
    page.context.add_cookies([one for one in kept if "nyckel" in one["name"]])
    page.get_by_role("button", name="Skicka igen").click()
    page.wait_for_url("**/kunskap/sida/Jourhem")
    (article,) = Articles(Library(written.folder)).all()
    assert article.text == "# Jourhem\n\nTvå rader.\n"
