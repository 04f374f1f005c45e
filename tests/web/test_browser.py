"""The pages in a real Chromium: keyboard, narrow windows, zoom, no scripts, dark."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.build import pipeline
from kb.build.current_index import CurrentIndex
from kb.corrections import add, add_fact, load
from kb.model import Correction, Fact, FactCorrection
from tests import indexes
from tests.indexes import CHIEFS, NETWORK
from tests.web.seen import CONTRAST, OVERFLOW, SMALL_TARGETS, WIDTHS
from tests.web.source import PreparedSource, crowd

pytestmark = pytest.mark.browser


@pytest.fixture(params=[{}, {"java_script_enabled": False}], ids=["scripts", "no-scripts"])
def options(request):
    return request.param


def test_the_main_job_with_the_keyboard_alone(open_page, options):
    page = open_page("/", **options)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
    while page.locator(":focus").get_attribute("id") != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("familjehem rekrytering")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=familjehem+rekrytering")
    assert page.locator("h1").inner_text().startswith("1 träff")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(".hit h2 a:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokument/**")
    assert page.locator("mark").count() >= 2


def test_the_skip_link_is_seen_and_skips(open_page):
    page = open_page("/sok?q=barn")
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


def test_filters_are_switched_with_one_click_each(open_page, options):
    page = open_page("/sok", **options)
    page.locator(".option", has_text="Svalöv").click()
    assert page.locator("h1").inner_text() == "2 träffar"
    page.locator(".option", has_text="Perstorp").click()
    assert page.locator("h1").inner_text() == "2 träffar"
    page.locator(".chip", has_text="Svalöv").click()
    assert page.locator("h1").inner_text() == "1 träff"
    page.get_by_role("link", name="Rensa alla filter").click()
    assert page.locator("h1").inner_text() == "5 träffar"


def test_dates_are_set_in_the_form_and_by_the_bars(open_page, options):
    page = open_page("/sok?q=barn", **options)
    page.get_by_label("Från och med").fill("2017-01-01")
    page.get_by_label("Till och med").fill("2017-06-30")
    page.get_by_role("button", name="Visa tiden").click()
    page.wait_for_url("**/sok?q=barn&fran=2017-01-01&till=2017-06-30")
    page.locator("a.bar", has_text="maj").click()
    page.wait_for_url("**/sok?q=barn&fran=2017-05-01&till=2017-05-31")


def test_on_a_phone_the_filters_open_and_close_without_scripts(open_page, options):
    page = open_page("/sok?q=barn", width=390, **options)
    filters = page.locator(".filters")
    assert not filters.is_visible()
    page.get_by_role("link", name="Filtrera").click()
    assert filters.is_visible()
    page.get_by_role("link", name="Stäng filtren").click()
    assert not filters.is_visible()


def test_long_words_do_not_break_the_page(open_page):
    word = "Ä" * 300
    page = open_page(f"/sok?q={word}&kommun={word}", width=320)
    assert page.evaluate(OVERFLOW) <= 0


def test_doubled_text_still_fits(open_page):
    page = open_page("/sok?q=barn", width=640)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate(OVERFLOW) <= 0


def test_the_measure_of_contrast_sees_a_fault(open_page):
    page = open_page("/hjalp")
    page.evaluate("document.querySelector('h1').style.color = '#999'")
    assert page.evaluate(CONTRAST) == ["Så söker du: 2.61"]


def test_a_large_library_shows_its_pages_and_values(open_page):
    page = open_page("/sok", source=PreparedSource(lambda: crowd(1234)), width=390)
    page.get_by_role("link", name="Nästa sida").click()
    assert page.locator(".hits").get_attribute("start") == "11"
    assert page.evaluate(OVERFLOW) <= 0


def test_a_section_can_be_jumped_to(open_page, options):
    page = open_page(f"/dokument/{NETWORK}", **options)
    page.get_by_role("navigation", name="Innehåll").get_by_text("Perstorp").click()
    assert page.locator("h4", has_text="Perstorp").is_visible()
    assert "#avsnitt-" in page.url


@pytest.fixture
def written(tmp_path: Path) -> PreparedSource:
    """A source whose library may be written to."""
    shutil.copytree(indexes.SEEDS, tmp_path / "library")
    return PreparedSource(folder=tmp_path / "library")


def tab_to(page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached")


def test_a_word_is_corrected_and_put_back_with_the_keyboard_alone(open_page, options, written):
    page = open_page(f"/dokument/{CHIEFS}", source=written, width=320, **options)
    tab_to(page, "#rattningar summary")
    page.keyboard.press("Enter")
    labelled = page.get_by_label("Nirvarande ska läsas").get_attribute("id")
    tab_to(page, f"#rattningar input[name=ord][id={labelled}]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Frånvarande")
    page.keyboard.press("Enter")
    page.wait_for_url("**#rattningar")
    assert (
        "”Nirvarande” ska läsas ”Frånvarande”" in page.locator(".notice[role=status]").inner_text()
    )
    assert load(written.folder / CHIEFS).corrections[0].corrected == "Frånvarande"
    tab_to(page, "#rattningar .notice a")
    page.keyboard.press("Enter")
    tab_to(page, "button")
    assert page.locator(":focus").inner_text().startswith("Ångra")
    page.keyboard.press("Enter")
    page.get_by_text("Rättningen av ”Nirvarande” är ångrad.").wait_for()
    assert load(written.folder / CHIEFS).corrections == ()


def test_a_date_is_corrected_and_found_with_the_keyboard_and_no_scripts(open_page, tmp_path):
    settings = indexes.copied(tmp_path)
    live = CurrentIndex(settings)
    page = open_page(f"/dokument/{NETWORK}", source=live, width=390, java_script_enabled=False)
    page.locator("#ratta-fakta > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Kommun", exact=True).first.focus()
    page.keyboard.type("Bjuf")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "”Bjuf” är ingen svensk kommun" in page.get_by_role("alert").inner_text()
    assert page.locator("[aria-invalid]").first.input_value() == "Bjuf"
    page.get_by_role("link", name="Gå till formuläret").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Datum", exact=True).fill("2020-12-04")
    page.keyboard.press("Enter")
    page.wait_for_url("**#fakta")
    assert "Datum: rättat till 2020-12-04" in page.locator(".facts .notice").inner_text()
    assert "läst ur texten: 2010-12-04" in page.locator(".fact-rows").inner_text()
    pipeline.build(settings.library, settings.index)
    page.goto(page.url.partition("/dokument")[0] + "/sok?ar=2020&q=familjehem")
    assert page.locator(".hit", has_text="2020-12-04").count() == 1
    page.goto(page.url.partition("/sok")[0] + f"/dokument/{NETWORK}")
    page.get_by_role("button", name="Ångra rättningen: Datum").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Rättningen är ångrad: Datum.").wait_for()
    assert load(settings.library / NETWORK).facts == ()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_forms_of_facts_can_be_used_by_all(open_page, written, scheme):
    add_fact(written.folder / CHIEFS, FactCorrection(Fact.DATE, "2020-01-11", by="anna"))
    add_fact(written.folder / CHIEFS, FactCorrection(Fact.HIDDEN, "Ovrigt", by="anna"))
    page = open_page(f"/dokument/{CHIEFS}", source=written, color_scheme=scheme)
    page.locator("#ratta-fakta > summary").click()
    page.get_by_label("Kommun", exact=True).first.fill("Bjuf")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(own => own.open = true)")
    assert page.evaluate(CONTRAST) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) <= 0, width
        assert page.evaluate(SMALL_TARGETS.replace("td, ", "")) == [], width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_table_of_repairs_can_be_used_by_all(open_page, written, scheme):
    add(written.folder / CHIEFS, Correction("Hoganis", "Höganäs", by="anna"))
    for path in (f"/dokument/{CHIEFS}", "/rattningar"):
        page = open_page(path, source=written, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(own => own.open = true)")
        assert page.evaluate(CONTRAST) == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOW) <= 0, width
            assert page.evaluate(SMALL_TARGETS.replace("td, ", "")) == [], width
            assert page.locator(".stacked tr").first.get_attribute("role") == "row"


def test_the_print_leaves_the_tools_out(open_page):
    page = open_page("/sok?q=barn")
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert not page.locator(".search").is_visible()
    assert page.locator(".hit").first.is_visible()
