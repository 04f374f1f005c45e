"""Every address of `docs/addresses.md` is there, is all there is, and answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from kb.articles.store import Articles
from kb.build import intake, pipeline
from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.lab import addresses
from kb.lab.addresses import Address
from kb.library import Library
from kb.web import create_app
from tests.indexes import SEEDS
from tests.web.access import with_key
from tests.web.seen import AXE, FAULTS, OPEN_ALL, OVERFLOW
from tests.web.source import PreparedSource

DOCUMENT = Path(__file__).parents[2] / "docs" / "addresses.md"
MIMETYPES = {
    "page": "text/html",
    "Atom": "application/atom+xml",
    "CSV": "text/csv",
    "JSON": "application/json",
    "iCal": "text/calendar",
    "Markdown": "text/markdown",
    "OpenSearch": "application/opensearchdescription+xml",
    "suggestions": "application/x-suggestions+json",
    "file": "text/plain",
    "asset": "text/css",
}


READ = addresses.read()
CHANGED = tuple(addresses.changes())
PAGES = [address for address in READ if address.gives == "page"]


@dataclass
class Site:
    """A library in which something of everything is."""

    source: CurrentIndex
    receipt: str

    def at(self, own: Address) -> str:
        return own.example.replace("KVITTO", self.receipt)

    def client(self) -> FlaskClient:
        return with_key(create_app(Settings(), self.source))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    place = tmp_path_factory.mktemp("addresses")
    settings = Settings(library=place / "library", index=place / "index")
    shutil.copytree(SEEDS, settings.library)
    library = Library(settings.library)
    article = Articles(library).create("# Familjehem\n\nOm dem.", "anna")
    Articles(library).save(article.name, "# Familjehem\n\nMer om dem.", "bo", article.state)
    pipeline.build(settings.library, settings.index)
    sending = intake.receive(library, [("trasig.pdf", b"%PDF-1.4 " + bytes(80))], "anna")
    return Site(CurrentIndex(settings), sending.key)


def _rules(method: str) -> set[str]:
    rules = create_app(Settings(), PreparedSource()).url_map.iter_rules()
    return {rule.rule for rule in rules if method in (rule.methods or ())}


def test_the_document_is_what_is_written_from_the_table():
    assert DOCUMENT.read_text("utf-8") == addresses.document()


def test_the_table_lists_what_there_is_and_nothing_else():
    assert sorted(own.rule for own in READ) == sorted(_rules("GET"))


def test_the_table_lists_what_can_be_changed():
    assert sorted(CHANGED) == sorted(_rules("POST"))


@pytest.mark.parametrize("own", READ, ids=lambda own: own.rule)
def test_each_address_answers(site: Site, own: Address):
    answer = site.client().get(site.at(own))
    assert answer.status_code == 200
    assert answer.mimetype == MIMETYPES[own.gives]
    assert answer.headers["ETag"]
    assert answer.data


@pytest.mark.parametrize("rule", CHANGED)
def test_nothing_is_changed_by_a_form_of_somebody_else(site: Site, rule: str):
    path = rule.replace("<path:doc_id>", "003_5e5d61977808aeba.txt")
    path = path.replace("<name>", "Familjehem").replace("<int:number>", "1")
    answer = site.client().post(path, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400
    assert "Sidan har varit öppen för länge" in answer.text


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])
def test_each_page_is_shown_by_a_browser(open_page, site: Site, script: bool):
    page = open_page("/hjalp", source=site.source, java_script_enabled=script)
    origin = page.url.removesuffix("/hjalp")
    said: list[str] = []
    page.on("console", lambda one: said.append(f"{page.url}: {one.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("response", lambda got: got.status < 400 or said.append(f"{got.status} {got.url}"))
    for own in PAGES:
        answer = page.goto(origin + site.at(own), wait_until="load")
        assert answer.status == 200, own
        assert page.locator("h1").count() == 1, own
        assert page.locator("h1").inner_text().strip(), own
        assert page.locator("html").get_attribute("lang") == "sv", own
        assert page.title().endswith("Minnesbanken"), own
        assert page.locator("main").count() == 1, own
    assert said == []


@pytest.fixture(scope="module")
def tab(new_page) -> Iterator[Page]:
    with new_page() as page:
        yield page


@pytest.mark.browser
@pytest.mark.parametrize("own", PAGES, ids=lambda own: own.rule)
def test_each_page_is_for_all(tab: Page, address_of, site: Site, own: Address):
    tab.goto(address_of(site.source) + site.at(own))
    tab.evaluate(OPEN_ALL)
    tab.evaluate(AXE)
    for width, scheme in ((320, "dark"), (1280, "light")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        assert tab.evaluate(FAULTS) == [], (width, scheme)
        assert tab.evaluate(OVERFLOW) <= 0, (width, scheme)
