"""The whole of a reader's way with the keyboard alone, and that the focus is seen all along it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from kb.build.current_index import CurrentIndex
from kb.config import Settings
from tests.indexes import CHIEFS, NETWORK

pytestmark = pytest.mark.browser

IS_ON = """
([selector, words]) => {
  const own = document.activeElement;
  return own.matches(selector) && own.textContent.includes(words);
}
"""

FOCUS = """
() => {
  const own = document.activeElement;
  if (own === document.body) return null;
  const before = window.lastFocused;
  window.lastFocused = own;
  const box = [...own.getClientRects()].find(one => one.width && one.height)
    ?? own.getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width, 8) / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(own);
  const faults = [];
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) faults.push('unseen');
  if (!top || !(own.contains(top) || top.contains(own))) faults.push('covered');
  // A field for a date is several stops of its own.
  const next = Node.DOCUMENT_POSITION_FOLLOWING;
  if (before && before !== own && !(before.compareDocumentPosition(own) & next)) {
    faults.push('out of order');
  }
  return [own.outerHTML.slice(0, 120), faults.join(', ')];
}
"""

SEEN = [
    "/",
    "/sok?q=barn&kommun=Helsingborg",
    f"/dokument/{NETWORK}?q=familjehem",
    f"/dokument/{CHIEFS}?lasning=rattningar",
    "/trend?ord=barn&ord=familjehem",
    "/ladda-upp",
    "/kunskap/ny",
    "/bibliotek",
    "/rattningar",
]


@pytest.fixture(scope="module")
def seeds_live(seed_index, seeds) -> CurrentIndex:
    return CurrentIndex(Settings(library=seeds, index=seed_index))


def tab_to(page, selector: str, words: str = "") -> None:
    """Move the focus with the keyboard until it is on what the selector and the words mean."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(IS_ON, [selector, words]):
            return
    raise AssertionError(f"{selector} {words} is not reached with the keyboard")


def search(page, words: str) -> None:
    tab_to(page, "#q")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sok\?"))
    page.wait_for_load_state()


def follow(page, selector: str, words: str, address: str) -> None:
    tab_to(page, selector, words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(address))
    page.wait_for_load_state()


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_search_to_the_trend(open_page, seeds_live: CurrentIndex, script: bool):
    page = open_page("/", source=seeds_live, java_script_enabled=script)
    search(page, "familjehem rekrytering")
    follow(page, "a.option", "Höganäs", "kommun=")
    follow(page, "a.bar", "2020", "fran=2020-01-01")
    assert page.locator("h1").inner_text().startswith("1 träff")
    follow(page, "a.snippet-place", "", "/dokument/")
    at = urlsplit(page.url).fragment
    assert at.startswith("markering-")
    if script:
        page.wait_for_function("document.activeElement.matches('.to-mark')")
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.parentElement.id") != at
    else:
        tab_to(page, "a.to-mark")
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_function("before => location.href !== before", arg=before)

    page.goto(page.url.partition("/dokument")[0])
    search(page, "grupp:Socialchefsnätverket")
    follow(page, ".hit h2 a", "", re.escape(CHIEFS))
    tab_to(page, "a[href='#rattningar']")
    page.keyboard.press("Enter")
    tab_to(page, "#rattningar > summary")
    page.keyboard.press("Enter")
    assert page.locator("#rattningar tr", has_text="Sval6v").first.is_visible()

    page.goto(page.url.partition("/dokument")[0])
    search(page, "våld")
    tab_to(page, "a", "Bevaka sökningen")
    feed = page.request.get(page.evaluate("document.activeElement.href"))
    assert ET.fromstring(feed.body()).tag.endswith("feed")
    follow(page, "a", "Se trenden", "/trend")
    tab_to(page, ".table-scroll")
    assert page.get_by_role("row", name=re.compile("^2020")).is_visible()


@pytest.mark.parametrize("path", SEEN)
def test_the_focus_is_seen_and_goes_in_order(open_page, path: str):
    page = open_page(path, reduced_motion="reduce")  # so that scrolling is done at once
    faults = []
    for _ in range(150):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUS)
        if focused is None:
            break
        if focused[1]:
            faults.append(focused)
    assert faults == []


def test_what_is_chosen_is_seen_in_forced_colours(open_page):
    page = open_page("/sok?q=barn", forced_colors="active")
    lines = page.evaluate(
        "[...document.querySelectorAll('.sorts a')]"
        ".map(e => [e.hasAttribute('aria-current'), getComputedStyle(e).borderBottomColor])"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [chosen for chosen, colour in lines if colour != ground] == [True]


def test_nothing_moves_for_who_wants_it_still(open_page):
    page = open_page("/hjalp", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = (
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        "return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0; }).length"
    )
    assert page.evaluate(moving) == 0
