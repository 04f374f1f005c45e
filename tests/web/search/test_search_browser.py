"""Searching as its users do, in a real Chromium over an index of the seeds."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from kb.build.current_index import CurrentIndex
from kb.config import Settings
from tests.indexes import CHIEFS, NETWORK

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeds_live(seed_index: Path, seeds: Path) -> CurrentIndex:
    return CurrentIndex(Settings(library=seeds, index=seed_index))


@pytest.mark.parametrize("script", [True, False])
def test_from_a_search_to_the_words_themselves(open_page, seeds_live: CurrentIndex, script: bool):
    from playwright.sync_api import expect

    page = open_page("/", source=seeds_live, java_script_enabled=script)
    page.get_by_label("Sök i minnesanteckningarna").fill("familjehem rekrytering")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?*")
    page.get_by_role("link", name=re.compile(r"^Höganäs")).click()
    page.wait_for_url("**kommun=H%C3%B6gan%C3%A4s*")
    page.locator("a.bar", has_text="2020").click()
    page.wait_for_url("**fran=2020-01-01*")
    assert page.locator("h1").inner_text().startswith("1 träff")
    assert page.locator(".chip").count() >= 2
    assert page.locator(".snippet-heading").first.inner_text() == "Höganäs"
    page.locator(".snippet-place").first.click()
    page.wait_for_url("**/dokument/**")
    anchor = urlsplit(page.url).fragment
    assert re.fullmatch(r"markering-\d+", anchor)
    mark = page.locator(f"#{anchor}")
    assert mark.inner_text().lower().startswith("familjehem")
    expect(mark).to_be_in_viewport()
    number = int(anchor.rpartition("-")[2])
    if script:
        assert page.locator(".mark-nav").is_visible()
        told = page.locator(".mark-nav [role=status]")
        total = page.locator("mark[id]").count()
        expect(told).to_have_text(f"{number} av {total}")
        expect(mark.locator("a")).to_be_focused()
        page.keyboard.press("n")
        assert told.inner_text() == f"{number % total + 1} av {total}"
        page.keyboard.press("p")
        page.get_by_role("button", name="Föregående").click()
        assert told.inner_text() == f"{(number - 2) % total + 1} av {total}"
    else:
        assert not page.locator(".mark-nav").is_visible()
        mark.locator("a").click()
        assert urlsplit(page.url).fragment == f"markering-{number + 1}"


@pytest.mark.parametrize("script", [True, False])
def test_a_repair_is_looked_at(open_page, seeds_live: CurrentIndex, script: bool):
    page = open_page(f"/dokument/{CHIEFS}", source=seeds_live, java_script_enabled=script)
    assert page.get_by_text("Maskinläst text, kan innehålla fel").is_visible()
    page.get_by_role("link", name="Se vad som är rättat").click()
    page.locator("#rattningar > summary").click()
    row = page.locator("#rattningar tr", has_text="Sval6v").first
    assert "Svalöv" in row.inner_text()
    page.get_by_role("link", name="Orörd text").click()
    page.wait_for_url("**lasning=original*")
    assert "Sval6v" in page.locator(".raw").inner_text()


def test_a_search_is_followed_as_a_feed(open_page, seeds_live: CurrentIndex):
    page = open_page("/sok?q=familjehem&kommun=Bjuv", source=seeds_live)
    link = page.get_by_role("link", name="Bevaka sökningen")
    address = page.evaluate("e => e.href", link.element_handle())
    assert page.locator("link[rel=alternate]").get_attribute("href") in address
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.body()).findall("{http://www.w3.org/2005/Atom}entry")
    assert entries


@pytest.mark.parametrize("script", [True, False])
def test_the_trend_is_read_as_picture_and_as_table(
    open_page, seeds_live: CurrentIndex, script: bool
):
    page = open_page("/sok?q=v%C3%A5ld", source=seeds_live, java_script_enabled=script)
    page.get_by_role("link", name="Se trenden").click()
    page.wait_for_url("**/trend?*")
    picture = page.get_by_role("img", name=re.compile("Andel av årets anteckningar"))
    assert picture.is_visible()
    assert picture.locator(".series-1 circle").count() >= 2
    row = page.get_by_role("row", name=re.compile("^2020"))
    assert "50 %" in row.inner_text().replace("\u00a0", " ")
    page.get_by_label("Sökning 2").fill("kommun:Höganäs")
    page.get_by_role("button", name="Jämför").click()
    page.wait_for_url("**ord=kommun*")
    assert page.get_by_role("columnheader", name="kommun:Höganäs").is_visible()


def test_words_are_completed_with_the_keyboard(open_page, seeds_live: CurrentIndex):
    page = open_page("/sok?kommun=H%C3%B6gan%C3%A4s", source=seeds_live)
    box = page.get_by_role("combobox", name="Sök i minnesanteckningarna")
    box.press_sequentially("familjeh")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert options.first.get_attribute("aria-selected") == "false"
    box.press("ArrowDown")
    first = options.first
    assert first.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    word = first.locator(".suggestion-label").inner_text()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "familjeh"
    box.press("ArrowDown")
    options.first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**q=familjeh*")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["q"] == [word]
    assert asked["kommun"] == ["Höganäs"]
    assert page.locator(".hit").count() >= 1


def test_a_person_is_completed_to_a_filter(open_page, seeds_live: CurrentIndex):
    page = open_page("/", source=seeds_live)
    box = page.get_by_role("combobox", name="Sök i minnesanteckningarna")
    box.press_sequentially("edvardss")
    page.get_by_role("option", name=re.compile("Anette Edvardsson")).first.click()
    page.wait_for_url("**person=Anette+Edvardsson*")
    assert "Anette Edvardsson" in page.locator(".chip").inner_text()


def test_a_list_of_values_is_narrowed_by_typing(open_page, seeds_live: CurrentIndex):
    page = open_page("/sok/person", source=seeds_live)
    page.get_by_label("Visa bara personer med").fill("lindb")
    shown = page.locator(".letter li:visible .option-label")
    assert all("lindb" in name.lower() for name in shown.all_inner_texts())
    assert shown.count() >= 1


def test_a_paragraph_is_cited(open_page, seeds_live: CurrentIndex):
    page = open_page(f"/dokument/{NETWORK}", source=seeds_live)
    page.locator("a.cite").nth(3).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**citera=*")
    said = page.get_by_label("Att citera").input_value()
    address = said.rpartition(" ")[2]
    page.goto(address)
    cited = page.locator(f"#{urlsplit(address).fragment}")
    assert cited.is_visible()
    assert page.get_by_role("link", name="Citera stycket").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_search_is_turned_and_twisted(open_page, seeds_live: CurrentIndex, script: bool):
    page = open_page("/sok?q=familjehm", source=seeds_live, java_script_enabled=script)
    page.get_by_role("link", name="familjehem", exact=True).click()
    page.wait_for_url("**/sok?q=familjehem")
    assert page.locator(".hit").count() == 3
    page.get_by_role("link", name="Äldst först").click()
    page.wait_for_url("**sortera=aldst*")
    # A doubtful date has its place where it likely belongs.
    told = page.locator(".hit .date").all_inner_texts()
    dates = [re.findall(r"\d{4}-\d\d-\d\d", date)[-1] for date in told]
    assert dates == sorted(dates)
    page.locator(".facet > summary", has_text="Ordens former").click()
    page.locator("a.option", has_text="Sammansättningar").click()
    page.wait_for_url("**utan=sammansattning*")
    assert page.locator(".why", has_text="sammansättning").count() == 0
    page.locator("a.option", has_text="Sammansättningar").click()
    page.wait_for_url(lambda url: "utan=" not in url)
    # The bars of the years lead to those of the months, and they to their days.
    page.locator("a.bar", has_text="2017").click()
    page.wait_for_url("**fran=2017-01-01&till=2017-12-31*")
    page.locator("a.bar", has_text="maj").click()
    page.wait_for_url("**fran=2017-05-01&till=2017-05-31*")
    assert page.locator(".hit").count() == 1
    page.get_by_role("link", name="Rensa alla filter").click()
    assert page.locator(".hit").count() == 3
