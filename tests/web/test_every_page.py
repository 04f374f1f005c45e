"""Every page: it fits, can be read and used by all, and fetches nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from kb.build.status import Status
from tests.indexes import CHIEFS, NETWORK
from tests.web.seen import (
    AXE,
    CONTRAST,
    FAULTS,
    OPEN_ALL,
    OVERFLOW,
    SMALL_TARGETS,
    WIDTHS,
)
from tests.web.source import PreparedSource

pytestmark = pytest.mark.browser

KNOWLEDGE = [
    "/kommuner",
    "/kommun/H%C3%B6gan%C3%A4s",
    "/lagesbild?amne=v%C3%A5ld&amne=familjehem&amne=barn",
    "/grupper",
    "/grupp/F%C3%B6r%C3%A4ldragruppen",
    "/personer",
    "/person/linda-macke-socialchefsnatverket",
    "/beslut",
    "/att-gora",
    "/uppskjutet",
    "/kommande",
    "/tackning",
    "/motesunderlag?grupp=F%C3%B6r%C3%A4ldragruppen",
    f"/dokument/{NETWORK}?stallet=300-420#stallet",
]

PAGES = [
    "/",
    "/sok",
    "/sok?q=barn&kommun=Helsingborg&fran=2017-01-01&till=2017-12-31",
    "/sok?q=finnsinte&kommun=Bjuv",
    "/sok?q=barn#filter",
    "/sok/kommun",
    f"/dokument/{NETWORK}?q=familjehem",
    f"/dokument/{CHIEFS}?lasning=original",
    f"/dokument/{NETWORK}?citera=s1",
    "/trend?ord=familjehem&ord=barn&ord=finnsinte",
    "/trend",
    "/rattningar",
    "/ladda-upp",
    "/kunskap",
    "/kunskap/ny",
    "/bibliotek",
    "/papperskorg",
    "/logg",
    "/bygget",
    f"/ta-bort/{CHIEFS}",
    "/hjalp",
    "/tillganglighet",
    "/finns-inte",
    *KNOWLEDGE,
]

OUTDATED = PreparedSource(state=Status(("Biblioteket har ändrats.",), "kb build"))


REMEMBER = "document.querySelectorAll('details[open]').forEach(own => own.dataset.opened = '')"
AS_OPENED = (
    "document.querySelectorAll('details').forEach(own => own.open = 'opened' in own.dataset)"
)


@dataclass
class Visit:
    """A page that has been opened, and what its browser said and fetched on the way."""

    page: Page
    home: str
    address: str
    said: list[str]
    fetched: list[str]
    failed: list[str]


@pytest.fixture(scope="module", params=PAGES)
def visit(request, new_page, address_of) -> Iterator[Visit]:
    """Open each page once for all that is asked of it."""
    home = address_of(OUTDATED)
    with new_page() as page:
        made = Visit(page, home, home + request.param, [], [], [])
        page.on("console", lambda message: made.said.append(message.text))
        page.on("request", lambda asked: made.fetched.append(asked.url))
        page.on("response", lambda got: got.status < 400 or made.failed.append(got.url))
        page.goto(made.address)
        page.evaluate(REMEMBER)
        yield made


@pytest.fixture
def page(visit: Visit) -> Page:
    """The page as it was opened."""
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.page.emulate_media(color_scheme="light")
    visit.page.evaluate(AS_OPENED)
    return visit.page


def test_it_does_not_scroll_sideways(page: Page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) <= 0, width


def test_targets_are_at_least_24_pixels(page: Page):
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SMALL_TARGETS) == [], width


def test_text_stands_out_from_its_ground(page: Page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == [], scheme


def test_nothing_is_blocked_broken_or_fetched_from_elsewhere(visit: Visit):
    assert visit.failed == ([visit.address] if visit.address.endswith("/finns-inte") else [])
    assert visit.fetched
    assert all(url.startswith(visit.home) for url in visit.fetched)
    assert not [text for text in visit.said if "Content Security Policy" in text]


def test_headings_labels_and_names_are_in_order(page: Page):
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')]"
        ".filter(e => e.checkVisibility()).map(e => +e.tagName[1])"
    )
    assert levels.count(1) == 1
    # The filters stand before the hits, but their heading is no chapter of the page's.
    assert all(after - before <= 1 for before, after in pairwise(levels[1:]))
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[id]')].map(e => e.id)"
            ".filter((id, at, all) => all.indexOf(id) !== at)"
        )
        == []
    )
    assert (
        page.evaluate(
            "[...document.querySelectorAll('a, button, input:not([type=hidden])')]"
            ".filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).length"
        )
        == 0
    )


def test_axe_finds_nothing(page: Page):
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(FAULTS) == [], (width, scheme)
