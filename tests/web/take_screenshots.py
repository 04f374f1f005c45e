"""Take pictures of the pages over the seeds: `python -m tests.web.take_screenshots FOLDER`.

Date fields show their Swedish form where Chromium has its Swedish words (Debian:
chromium-l10n) and LANGUAGE is sv. The README's picture is FOLDER/search.png.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kb import pipeline
from kb.config import Settings
from kb.live import LiveIndex
from tests.web.conftest import CHROMIUM, FLAGS, serving
from tests.web.fakes import SEEDS

PAGES = {
    "start": "/",
    "sok": "/sok?q=familjehem+rekrytering",
    "filter": "/sok?q=barn&kommun=Helsingborg&fran=2017-01-01&till=2017-12-31",
    "inga-traffar": "/sok?q=familjehm+simhall&kommun=Bjuv",
    "dokument": "/dokument/003_5e5d61977808aeba.txt?q=familjehem+rekrytering",
    "maskinlast": "/dokument/004_08cf0bc6b16c0240.txt?lasning=rattningar",
    "varden": "/sok/kommun",
    "rattningar": "/rattningar",
    "hjalp": "/hjalp",
    "fel": "/finns-inte",
}
LOOKS = {
    "dator": {"viewport": {"width": 1280, "height": 900}},
    "mork": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "telefon": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "smal": {"viewport": {"width": 320, "height": 640}},
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as index, sync_playwright() as playwright:
        settings = Settings(library=SEEDS, index=Path(index))
        pipeline.build(settings.library, settings.index)
        own = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
        browser = playwright.chromium.launch(args=FLAGS, **own)
        with serving(LiveIndex(settings)) as address:
            _take_readme(browser, address, folder)
            _take(browser, address, folder)
        browser.close()


def _take_readme(browser: Browser, address: str, folder: Path) -> None:
    page = browser.new_page(locale="sv-SE", viewport={"width": 1120, "height": 760})
    page.goto(address + "/sok?q=familjehem")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=folder / "search.png")
    page.close()


def _take(browser: Browser, address: str, folder: Path) -> None:
    for look, options in LOOKS.items():
        context = browser.new_context(locale="sv-SE", **options)
        page = context.new_page()
        for name, path in PAGES.items():
            page.goto(address + path)
            page.evaluate("document.fonts.ready")
            page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
        context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
