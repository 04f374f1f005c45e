"""Uploading, following the build, finding, removing and undoing, in a real Chromium."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import FileChooser, Page, expect

from kb.build.current_index import CurrentIndex
from kb.read import ocr
from tests.read.files import docx, picture

pytestmark = pytest.mark.browser

DROP = """
files => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
    carried.items.add(new File([bytes], name));
  }
  const zone = document.querySelector('.drop');
  for (const type of ['dragenter', 'dragover', 'drop']) {
    const told = {dataTransfer: carried, bubbles: true, cancelable: true};
    zone.dispatchEvent(new DragEvent(type, told));
  }
}
"""


def scan(text: str) -> bytes:
    """A PDF that holds nothing but the image of a line of text."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(picture(text))).save(out, "PDF", resolution=300)
    return out.getvalue()


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Move the focus with the keyboard until it is on what the selector means."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the keyboard")


@pytest.mark.slow
def test_files_are_dropped_followed_found_removed_and_put_back(open_page, live: CurrentIndex):
    page = open_page("/ladda-upp", source=live)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    files = {"möte.docx": docx(), "trasig.pdf": b"%PDF-1.4 " + bytes(80)}
    if ocr.version():
        files["skannad.pdf"] = scan("Beslut om skyddsplacering i Brantevik")
    page.evaluate(DROP, [[n, base64.b64encode(data).decode()] for n, data in files.items()])
    expect(page.locator(".chosen-files li")).to_have_count(len(files))
    page.get_by_role("button", name="Ladda upp").click()
    page.wait_for_url("**/ladda-upp/2*")
    # The page renews itself until everything can be searched.
    expect(page.get_by_role("link", name="Visa anteckningen")).to_have_count(len(files) - 1)
    outcomes = dict(
        zip(
            page.locator(".receipt h2").all_text_contents(),
            page.locator(".receipt strong").all_text_contents(),
            strict=True,
        )
    )
    assert outcomes == {name: "Avvisad." if name == "trasig.pdf" else "Tillagd." for name in files}
    if ocr.version():
        page.goto(page.url.split("/ladda-upp")[0] + "/sok?q=brantevik")
        expect(page.locator(".hit")).to_have_count(1)
        assert "skannad" in (page.locator(".hit a").first.get_attribute("href") or "")
    page.goto(page.url.split("/sok")[0].split("/ladda-upp")[0] + "/sok?q=örkelljunga+ek")
    page.locator(".hit a").first.click()
    page.get_by_text("Rätta fakta").click()
    page.get_by_label("Datum").fill("2020-12-04")
    page.locator("#ratta-date button").click()
    expect(page.get_by_text("Rättningen är sparad")).to_be_visible()
    corrected = page.url.split("?")[0].split("#")[0]

    def is_shown() -> bool:
        page.goto(corrected)
        return page.locator("h1").filter(has_text="2020-12-04").count() == 1

    for _ in range(60):  # it is built in the background
        if is_shown():
            break
        page.wait_for_timeout(500)
    assert is_shown()
    page.get_by_role("link", name="Ta bort möte.docx").click()
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_text("ligger i papperskorgen")).to_be_visible()
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("är återställt")).to_be_visible()
    assert (live.library.folder / "möte.docx").read_bytes() == files["möte.docx"]
    assert errors == []


@pytest.mark.parametrize("script", [True, False])
def test_all_of_it_with_the_keyboard_alone(
    open_page, built_here: CurrentIndex, tmp_path: Path, script: bool
):
    page = open_page("/", source=built_here, java_script_enabled=script)
    choosers: list[FileChooser] = []
    page.on(
        "filechooser", lambda opened: choosers.append(opened)
    )  # early, so that it is surely heard
    text = tmp_path / "nytt möte.txt"
    text.write_text("Möte om fosterhemmet i Brantevik. Barnet är 811218-9876.", "utf-8")
    tab_to(page, "a[href='/ladda-upp']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ladda-upp")
    tab_to(page, "#filer")
    page.keyboard.press("Enter")
    for _ in range(200):
        if choosers:
            break
        page.wait_for_timeout(50)
    choosers[0].set_files(text)
    page.locator("#filer").focus()  # the chooser of the system takes it along
    tab_to(page, ".upload button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ladda-upp/2*")
    expect(page.get_by_text("Väntar på ditt svar")).to_be_visible()
    tab_to(page, "button[value='maskera']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Visa anteckningen")).to_be_visible()
    tab_to(page, ".receipt a")
    page.keyboard.press("Enter")
    expect(page.locator(".reading")).to_contain_text("XXXXXX-XXXX")
    tab_to(page, "a[href^='/ta-bort/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ta-bort/**")
    tab_to(page, "form.choices button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ligger i papperskorgen")).to_be_visible()
    tab_to(page, "td button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("är återställt")).to_be_visible()
    assert (built_here.library.folder / "nytt möte (maskerad).txt").exists()


MANY = 400
"""Files that take long enough to be stopped in the midst of."""


@pytest.mark.slow
def test_a_build_is_stopped_from_its_page(open_page, live: CurrentIndex, seeds: Path):
    text = (seeds / "003_5e5d61977808aeba.txt").read_text("utf-8")
    for number in range(MANY):
        (live.library.folder / f"{number}.txt").write_text(f"{text}\nNummer {number}", "utf-8")
    page = open_page("/bygget", source=live)
    page.locator("main").get_by_role("button", name="Bygg om indexet").click()
    expect(page.get_by_text(f"av {MANY} filer klara")).to_be_visible()
    page.reload()
    expect(page.locator("progress")).to_be_visible()
    page.get_by_role("button", name="Avbryt bygget").click()
    expect(page.get_by_role("heading", name="avbrutet")).to_be_visible()
    page.goto(page.url.replace("/bygget", "/bibliotek"))
    expect(page.locator(".sum tfoot td")).to_have_text(f"{MANY + 2}")
    expect(page.locator(".sum tbody td").first).to_have_text("2")
