"""The knowledge pages as their users walk them, in a real Chromium over an index of the seeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.knowledge import name_decisions

pytestmark = pytest.mark.browser

both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(scope="module")
def seeds_live(seed_index: Path, seeds: Path) -> CurrentIndex:
    return CurrentIndex(Settings(library=seeds, index=seed_index))


def to(page: Page, section: str) -> None:
    page.get_by_role("navigation", name="Kunskap").get_by_role("link", name=section).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(section)


@both
def test_from_a_municipality_to_the_sentence(open_page, seeds_live: CurrentIndex, scripts: bool):
    page = open_page("/", source=seeds_live, java_script_enabled=scripts)
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Kunskap").click()
    to(page, "Kommuner")
    page.get_by_role("link", name="Höganäs", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Höganäs")
    page.get_by_role("link", name=re.compile("konsulentstödda familjehem")).click()
    page.wait_for_url("**/dokument/**#stallet")
    place = page.locator("#stallet")
    expect(place).to_be_in_viewport()
    expect(place.locator("xpath=ancestor-or-self::p[1]")).to_contain_text("konsulentstödda")
    page.go_back()
    page.get_by_role("link", name="Cathrine Eriksson").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cathrine Eriksson")
    expect(page.get_by_role("row", name=re.compile("Socialchefsnätverket"))).to_contain_text(
        "Närvarande, ordförande"
    )


@both
def test_the_overview(open_page, seeds_live: CurrentIndex, scripts: bool):
    page = open_page("/lagesbild", source=seeds_live, java_script_enabled=scripts)
    for number, topic in ((1, "våld"), (2, "försörjningsstöd"), (3, "")):
        page.get_by_label(f"Ämne {number}").fill(topic)
    page.get_by_role("button", name="Visa").click()
    expect(page.get_by_role("columnheader", name="försörjningsstöd")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^Perstorp"))
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    row.get_by_role("link", name=re.compile("Försörjningsstöd fortsatt högt")).click()
    expect(page.locator("#stallet")).to_be_in_viewport()


@both
def test_a_group_and_its_pack(open_page, seeds_live: CurrentIndex, scripts: bool):
    page = open_page("/grupper", source=seeds_live, java_script_enabled=scripts)
    page.get_by_role("link", name="Föräldragruppen").click()
    expect(page.locator("ol.lines").first).to_contain_text("anteckningar saknas här")
    with page.expect_download() as calendar:
        page.get_by_role("link", name=re.compile("iCal")).click()
    assert calendar.value.path().read_text("utf-8").startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name="Mötesunderlag till nästa möte").click()
    expect(page.get_by_role("heading", name="Öppna åtaganden")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Kunskap")).not_to_be_visible()
    expect(page.get_by_text("frågar ordförande i Socialnämnden").first).to_be_visible()


@both
def test_what_is_to_be_done_is_filtered(open_page, seeds_live: CurrentIndex, scripts: bool):
    page = open_page("/beslut", source=seeds_live, java_script_enabled=scripts)
    to(page, "Uppskjutet")
    expect(page.get_by_text("Har inte kommit tillbaka").first).to_be_visible()
    to(page, "Att göra")
    before = page.locator(".statement").count()
    page.get_by_label("Grupp").select_option("Nätverksmöte")
    page.get_by_label("Visa").select_option("Öppna")
    page.get_by_role("button", name="Filtrera").click()
    page.wait_for_url("**grupp=N%C3%A4tverksm%C3%B6te*")
    assert 0 < page.locator(".statement").count() < before
    expect(page.locator(".statement", has_text="Anette Edvardsson")).to_contain_text(
        "31 januari 2021"
    )


def test_what_is_missing_is_read(open_page, seeds_live: CurrentIndex):
    page = open_page("/kommande", source=seeds_live)
    to(page, "Täckning")
    expect(page.locator(".statement")).to_have_count(9)
    page.get_by_role("link", name="24 september i Båstad").click()
    expect(page.locator("#stallet")).to_be_in_viewport()


@both
def test_two_names_are_joined_and_parted(open_page, at_once: CurrentIndex, scripts: bool):
    page = open_page("/personer", source=at_once, java_script_enabled=scripts)
    choice = page.get_by_role("button", name=re.compile("^Samma person.*Bosse"))
    choice.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("är samma person.").first).to_be_visible()
    assert len(name_decisions.load(at_once.library.folder).same) == 1
    page.get_by_role("link", name="Bo Pettersson").first.click()
    expect(page.locator("[aria-labelledby=skrivet]")).to_contain_text("Bosse")
    page.go_back()
    page.get_by_role("button", name=re.compile("^Ångra")).click()
    expect(page.get_by_text("inte längre avgjort")).to_be_visible()
    assert name_decisions.load(at_once.library.folder).same == ()


def test_people_are_narrowed_by_typing(open_page, seeds_live: CurrentIndex):
    page = open_page("/personer", source=seeds_live)
    page.get_by_label("Visa bara personer med").fill("lindb")
    names = page.locator("[aria-labelledby=alla] li:visible a").all_inner_texts()
    assert names
    assert all("lindb" in name.lower() for name in names)
