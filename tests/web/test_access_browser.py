"""The start-up link in a real browser: what a reader sees before it, and may do after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb import corrections
from kb.articles.store import Articles
from kb.library import Library
from kb.state import open_state
from tests.indexes import CHIEFS, SEEDS
from tests.web.conftest import serving
from tests.web.source import PreparedSource

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Site:
    folder: Path
    url: str
    key: str

    @property
    def link(self) -> str:
        return f"{self.url}/oppna#{self.key}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    source, state = PreparedSource(folder=tmp_path / "library"), open_state(tmp_path / "state")
    shutil.copytree(SEEDS, source.folder)
    with serving(source, state) as url:
        yield Site(source.folder, url, state.token)


def test_the_link_opens_and_leaves_the_address(new_page, site: Site):
    with new_page() as page:
        page.goto(f"{site.url}/oppna")
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url + one.headers.get("referer", "")))
        page.goto(site.link)
        page.wait_for_url(f"{site.url}/")
        assert page.get_by_role("link", name="Ladda upp").is_visible()
        assert site.key not in page.evaluate("document.cookie + location.href")
        (kept,) = [one for one in page.context.cookies() if one["value"] == site.key]
        assert (kept["httpOnly"], kept["sameSite"]) == (True, "Lax")
        page.goto(site.link)
        page.wait_for_url(f"{site.url}/oppna")  # who has the key already leaves no trace either
        page.get_by_role("button", name="Låt webbläsaren bara läsa").click()
        page.wait_for_url(f"{site.url}/")
        assert page.get_by_role("link", name="Ladda upp").count() == 0
        # A browser tells of an address with all of it; what it sent had no key in it.
        assert not [one for one in asked if site.key in one.partition("#")[0]]


def test_a_reader_becomes_an_editor_without_scripts(new_page, site: Site):
    with new_page(java_script_enabled=False) as page:
        page.goto(f"{site.url}/dokument/{CHIEFS}")
        assert page.locator("main form").count() == 0
        assert page.get_by_role("link", name="Ta bort").count() == 0
        page.get_by_role("link", name="Få ändra").click()
        for given in ("fel", site.link):
            page.get_by_label("Länken eller nyckeln i den").fill(given)
            page.get_by_role("button", name="Öppna").click()
            assert page.get_by_role("alert").count() == (given == "fel")
        page.goto(f"{site.url}/dokument/{CHIEFS}")
        page.locator("#ratta-fakta > summary").click()
        page.locator("#ratta-group input[type=text]").fill("Socialchefernas nätverk")
        page.locator("#ratta-group button").click()
        assert "Rättningen är sparad" in page.locator("main").inner_text()
    (fact,) = corrections.load(site.folder / CHIEFS).facts
    assert fact.value == "Socialchefernas nätverk"


def test_an_article_written_while_the_key_was_lost_is_kept_and_sent(new_page, site: Site):
    with new_page() as page:
        page.goto(site.link)
        page.wait_for_url(f"{site.url}/")
        page.goto(f"{site.url}/kunskap/ny")
        kept = [one for one in page.context.cookies() if one["value"] == site.key]
        page.locator("#text").fill("# Jourhem\n\nTvå rader.\n")
        page.context.clear_cookies()
        page.get_by_role("button", name="Spara").click()
        assert "Inget av det är sparat" in page.locator("main").inner_text()
        assert page.get_by_label("Texten").input_value() == "# Jourhem\n\nTvå rader.\n"
        page.context.add_cookies(kept)
        page.get_by_role("button", name="Skicka igen").click()
        page.wait_for_url("**/kunskap/sida/Jourhem")
    (article,) = Articles(Library(site.folder)).all()
    assert article.text == "# Jourhem\n\nTvå rader.\n"
