"""An article from the first word to the search that finds it, in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kb.build.current_index import CurrentIndex

pytestmark = pytest.mark.browser

TEXT = """# Rekrytering av familjehem

Det vi vet om hur kommunerna söker nya familjehem.

## Vad anteckningarna säger

[[sök: familjehem rekrytering]]

Ord att söka på: [[sök: familjehem|familjehem]].

## Se också

- [[kommun: Höganäs]]
- [[Jourhem]]
- [[Föräldragruppen]]
"""


def write(page: Page, text: str) -> None:
    page.get_by_label("Texten").fill(text)
    page.get_by_role("button", name="Spara").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_article_is_written_versioned_found_and_linked(
    open_page, built_here: CurrentIndex, scripts: bool
):
    page = open_page("/kunskap", source=built_here, java_script_enabled=scripts)
    page.get_by_role("link", name="Skriv en ny sida").click()
    page.get_by_label("Texten").fill(TEXT)
    page.get_by_role("button", name="Förhandsvisa").click()
    expect(page.locator(".preview .live li").first).to_be_visible()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rekrytering av familjehem")
    expect(page.locator(".live .wiki")).to_have_text("familjehem rekrytering")
    assert page.locator(".written .wiki").count() == 5
    expect(page.locator(".written .missing")).to_have_text("Jourhem")

    page.get_by_role("link", name="Jourhem").click()
    write(page, "# Jourhem\n\nEn kort tid, se [[Rekrytering av familjehem]].\n")
    page.locator(".written a").click()
    expect(page.locator(".backlinks a")).to_have_text("Jourhem")
    assert page.locator(".written .missing").count() == 0

    page.get_by_role("link", name="Redigera").click()
    write(page, TEXT + "\nFrågan om kvarngrillning är öppen.\n")
    page.get_by_role("link", name="Versioner").click()
    expect(page.locator(".comparison .new").last).to_contain_text("kvarngrillning")
    page.get_by_role("link", name="Version 1").click()
    page.get_by_role("button", name="Återställ").click()
    expect(page.get_by_text("Version 1 är återställd")).to_be_visible()
    expect(page.locator(".written")).not_to_contain_text("kvarngrillning")

    def found() -> bool:
        page.goto(
            page.url.split("/kunskap")[0].split("/sok")[0] + "/sok?q=jourhem&slag=Kunskapssida"
        )
        return page.locator(".hit").count() == 2

    for _ in range(60):
        if found():
            break
        page.wait_for_timeout(500)
    expect(page.locator(".hit h2").first).to_be_visible()
    page.locator(".hit a").first.click()
    assert "/kunskap/sida/" in page.url


def test_the_editor_is_used_with_the_keyboard_alone(open_page, built_here: CurrentIndex):
    page = open_page("/kunskap/ny", source=built_here)
    page.keyboard.press("Tab")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "text":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("# Snabbt\n\nText")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Snabbt")
