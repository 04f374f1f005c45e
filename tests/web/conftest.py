"""Applications, clients and a real browser for the pages."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server

from kb.build import background, pipeline
from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.web import create_app
from kb.web.source import IndexSource
from tests.web.fakes import SEEDS, FakeSource

CHROMIUM = "/usr/bin/chromium"
SEEDS_SOURCE = FakeSource()
FLAGS = ["--no-sandbox", "--disable-gpu", "--lang=sv-SE"]


class AtOnce(CurrentIndex):
    """An index that has been built when it was asked to."""

    def build(self) -> None:
        pipeline.build(self._settings.library, self._settings.index)
        self.look_again()


@pytest.fixture
def at_once(tmp_path: Path) -> AtOnce:
    """An index over the meetings of two groups in Helsingborg that is built at once."""
    settings = Settings(library=tmp_path / "library", index=tmp_path / "index")
    settings.library.mkdir()
    for seed in SEEDS.glob("00[02]_*.txt"):
        shutil.copy(seed, settings.library)
    pipeline.build(settings.library, settings.index)
    return AtOnce(settings)


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
def library(source: FakeSource, tmp_path: Path) -> Path:
    """The seeds in a folder of their own, for what changes them."""
    source.folder = tmp_path / "library"
    shutil.copytree(SEEDS, source.folder)
    return source.folder


@pytest.fixture
def app(source) -> Flask:
    return create_app(Settings(), source)


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Keep requests out of the test report."""


@contextmanager
def serving(source: IndexSource) -> Iterator[str]:
    """Serve the pages on a free port; gives the address."""
    app = create_app(Settings(), source)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def browser():
    """Give a real Chromium; without one the test is skipped, except in CI, where it fails."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _no_browser("Playwright är inte installerat")
    with sync_playwright() as playwright:
        own = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
        try:
            browser = playwright.chromium.launch(args=FLAGS, **own)
        except Error as error:
            _no_browser(f"no Chromium to drive: {error}")
        yield browser
        browser.close()


def _no_browser(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def address_of() -> Iterator[Callable[[IndexSource], str]]:
    """Give a function that serves a source, once for all tests, and tells where."""
    with ExitStack() as servers:
        yield cache(lambda source: servers.enter_context(serving(source)))


@pytest.fixture
def open_page(browser, address_of) -> Iterator[Callable]:
    """Give a function that opens pages of a source: `open_page("/sok", width=390)`."""
    with ExitStack() as contexts:

        def open_(path: str, *, source: IndexSource = SEEDS_SOURCE, width=1280, **options):
            viewport = {"width": width, "height": 900}
            context = browser.new_context(viewport=viewport, locale="sv-SE", **options)
            contexts.callback(context.close)
            page = context.new_page()
            page.goto(address_of(source) + path)
            return page

        yield open_


@pytest.fixture
def live(tmp_path: Path) -> Iterator[CurrentIndex]:
    """An index over two seeds, that is built anew for real."""
    settings = Settings(library=tmp_path / "library", index=tmp_path / "index")
    settings.library.mkdir()
    for seed in sorted(SEEDS.glob("00[12]_*.txt")):
        shutil.copy(seed, settings.library)
    pipeline.build(settings.library, settings.index)
    yield CurrentIndex(settings)
    deadline = time.monotonic() + 60
    while (
        (state := background.state(settings.index)) and state.runs and time.monotonic() < deadline
    ):
        time.sleep(0.1)
