"""Take pictures of the pages over the seeds: `python -m tests.web.take_screenshots FOLDER`.

Date fields show their Swedish form where Chromium has its Swedish words (Debian:
chromium-l10n) and LANGUAGE is sv. The README's pictures are FOLDER/readme/*.png; copy them to
docs/pictures.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from kb.articles.store import Articles
from kb.build import pipeline
from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.corrections import add, add_fact
from kb.library import Library, trash
from kb.model import Correction, Fact, FactCorrection
from tests.indexes import SEEDS
from tests.web.conftest import CHROMIUM, FLAGS, serving

DAMAGED = "004_08cf0bc6b16c0240.txt"
NETWORK = "003_5e5d61977808aeba.txt"

README = {
    "search": "/sok?q=familjehem",
    "document": "/dokument/002_ef8f75dbef81a09c.txt?q=personlig+representant",
    "trend": "/trend?ord=familjehem&ord=v%C3%A5ld&ord=kommun%3AH%C3%B6gan%C3%A4s",
    "upload": "/ladda-upp",
}
PAGES = {
    "start": "/",
    "sok": "/sok?q=familjehem+rekrytering",
    "alla": "/sok",
    "filter": "/sok?q=barn&kommun=Helsingborg&fran=2017-01-01&till=2017-12-31",
    "manader": "/sok?fran=2017-01-01&till=2017-12-31",
    "inga-traffar": "/sok?q=familjehm+simhall&kommun=Bjuv",
    "langt": f"/sok?q={'Sammanslagningsutredning' * 12}&kommun={'Å' * 80}",
    "dokument": f"/dokument/{NETWORK}?q=familjehem+rekrytering",
    "stycke": f"/dokument/{NETWORK}?citera=s1",
    "maskinlast": f"/dokument/{DAMAGED}?lasning=rattningar",
    "orord": f"/dokument/{DAMAGED}?lasning=original",
    "varden": "/sok/kommun",
    "trend": README["trend"],
    "trend-tom": "/trend",
    "rattningar": "/rattningar",
    "ladda-upp": "/ladda-upp",
    "bibliotek": "/bibliotek",
    "bygget": "/bygget",
    "papperskorg": "/papperskorg",
    "ta-bort": f"/ta-bort/{DAMAGED}",
    "logg": "/logg",
    "kunskap": "/kunskap",
    "artikel": "/kunskap/sida/Familjehem",
    "redigera": "/kunskap/sida/Familjehem/redigera",
    "versioner": "/kunskap/sida/Familjehem/versioner?fran=1&till=2",
    "hjalp": "/hjalp",
    "tillganglighet": "/tillganglighet",
    "fel": "/finns-inte",
}
DESK = {"width": 1280, "height": 900}
LOOKS = {
    "dator": {"viewport": DESK},
    "mork": {"viewport": DESK, "color_scheme": "dark"},
    "telefon": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "smal": {"viewport": {"width": 320, "height": 640}},
    "forstorad": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "fargval": {"viewport": DESK, "forced_colors": "active"},
}
"""Zooming to 200 % leaves a window of 1280 pixels half as many of its own."""

COLOURS = 128
"""Of a picture in the README; flat colours need no more, and it weighs a third."""


def main(folder: Path) -> None:
    (folder / "readme").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        settings = Settings(library=Path(place) / "library", index=Path(place) / "index")
        shutil.copytree(SEEDS, settings.library)
        _write(settings.library)
        pipeline.build(settings.library, settings.index)
        own = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
        browser = playwright.chromium.launch(args=FLAGS, **own)
        with serving(CurrentIndex(settings)) as address:
            _take_readme(browser, address, folder / "readme")
            pages = PAGES | {"kvitto": _upload(browser, address)}
            _take(browser, address, pages, folder)
        browser.close()


def _write(library: Path) -> None:
    """Let people have done something, so that no page is empty."""
    (library / "005_borttagen.txt").write_text("Möte i Bjuv.", "utf-8")
    add(library / DAMAGED, Correction("Hoganis", "Höganäs", by="anna"))
    add_fact(library / NETWORK, FactCorrection(Fact.GROUP, "Nätverket för familjehem", by="anna"))
    trash.remove(Library(library), "005_borttagen.txt", "anna")
    articles = Articles(Library(library))
    text = (
        "# Familjehem\n\nKommunerna rekryterar familjehem tillsammans. "
        "Hur det gick berättar [[Höganäs]], och om jourhem finns [[Jourhem]].\n"
    )
    first = articles.create(text, "anna")
    more = "\n## Vad som sagts\n\n[[sök: familjehem rekrytering]]\n"
    articles.save(first.name, text + more, "bo", first.state)


def _upload(browser: Browser, address: str) -> str:
    """Send files of each kind of outcome; gives the address of the receipt."""
    page = browser.new_page(locale="sv-SE")
    page.goto(address + "/ladda-upp")
    page.locator("#filer").set_input_files(
        [
            _file("Nytt möte.txt", "Möte i Bjuv den 3 mars 2021 om familjehem.".encode()),
            _file("Möte med nummer.txt", b"Barnet 811218-9876 placeras."),
            _file("trasig.pdf", b"%PDF-1.4 " + bytes(80)),
            _file("samma igen.txt", (SEEDS / NETWORK).read_bytes()),
        ]
    )
    page.locator(".upload button").click()
    page.wait_for_url("**/ladda-upp/2*")
    while page.get_by_role("link", name="Visa anteckningen").count() < 2:
        page.wait_for_timeout(1000)  # what waits for an answer does not renew itself
        page.reload()
    receipt = page.url.removeprefix(address)
    page.close()
    return receipt


def _file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _take_readme(browser: Browser, address: str, folder: Path) -> None:
    page = browser.new_page(locale="sv-SE", viewport={"width": 1280, "height": 960})
    for name, path in README.items():
        _open(page, address + path)
        if name == "upload":
            names = ("Nätverksmöte 14 mars.docx", "Protokoll 2019-10-03 (skannat).pdf")
            page.locator("#filer").set_input_files([_file(one, bytes(80_000)) for one in names])
        _small(page.screenshot()).save(folder / f"{name}.png", optimize=True)
    page.close()


def _small(png: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.quantize(COLOURS, dither=Image.Dither.NONE)


def _take(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> None:
    for look, options in LOOKS.items():
        context = browser.new_context(locale="sv-SE", **options)
        page = context.new_page()
        for name, path in pages.items():
            _open(page, address + path)
            page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
        context.close()


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
