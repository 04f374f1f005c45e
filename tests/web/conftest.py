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
from types import CodeType

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.serving import WSGIRequestHandler, make_server

from kb.build import background, pipeline
from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.state import State
from kb.web import create_app
from kb.web.source import IndexSource
from tests import indexes
from tests.indexes import LEADERS, PARENTS, PARENTS_BEFORE, SEEDS
from tests.web.access import with_key
from tests.web.source import PreparedSource

CHROMIUM = "/usr/bin/chromium"
SEEDS_SOURCE = PreparedSource()
PATIENCE = 120_000
"""Milliseconds; a busy machine is no fault."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--lang=sv-SE"]


class AtOnce(CurrentIndex):
    """An index that has been built when it was asked to."""

    def build(self) -> None:
        pipeline.build(self._settings.library, self._settings.index)
        self.look_again()


@pytest.fixture
def at_once(tmp_path: Path) -> AtOnce:
    """An index over the meetings of two groups in Helsingborg that is built at once."""
    return AtOnce(indexes.copied(tmp_path, PARENTS, LEADERS))


@pytest.fixture
def source() -> PreparedSource:
    return PreparedSource()


@pytest.fixture
def library(source: PreparedSource, tmp_path: Path) -> Path:
    """The seeds in a folder of their own, for what changes them."""
    source.folder = tmp_path / "library"
    shutil.copytree(SEEDS, source.folder)
    return source.folder


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates for all applications of this process."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key + bucket.checksum] = bucket.code


COMPILED = CompiledTemplates()


@pytest.fixture
def app(source) -> Flask:
    app = create_app(Settings(), source)
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture
def client(app) -> FlaskClient:
    """The browser of an administrator."""
    return with_key(app)


@pytest.fixture
def stranger(app) -> FlaskClient:
    """The browser of a reader."""
    return app.test_client()


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Keep requests out of the test report."""


@contextmanager
def serving(source: IndexSource, state: State | None = None) -> Iterator[str]:
    """Serve the pages on a free port; gives the address.

    Everybody may do everything, unless a state is given: then who has its key may.
    """
    app = create_app(Settings(everybody=state is None), source, state)
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
        from playwright.sync_api import Error, expect, sync_playwright
    except ImportError:
        _no_browser("Playwright är inte installerat")
    with sync_playwright() as playwright:
        own = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
        try:
            browser = playwright.chromium.launch(args=FLAGS, **own)
        except Error as error:
            _no_browser(f"no Chromium to drive: {error}")
        expect.set_options(timeout=PATIENCE)
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


@pytest.fixture(scope="session")
def new_page(browser) -> Callable:
    """Give a context manager of an empty page of a browser of its own."""

    @contextmanager
    def new_page_(*, width=1280, **options):
        viewport = {"width": width, "height": 900}
        context = browser.new_context(viewport=viewport, locale="sv-SE", **options)
        context.set_default_timeout(PATIENCE)
        try:
            yield context.new_page()
        finally:
            context.close()

    return new_page_


@pytest.fixture
def open_page(new_page, address_of) -> Iterator[Callable]:
    """Give a function that opens pages of a source: `open_page("/sok", width=390)`."""
    with ExitStack() as pages:

        def open_(path: str, *, source: IndexSource = SEEDS_SOURCE, **options):
            page = pages.enter_context(new_page(**options))
            page.goto(address_of(source) + path)
            return page

        yield open_


class InThread(CurrentIndex):
    """An index that is built in a thread, which has loaded already what a build needs."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._one_at_a_time = threading.Lock()

    def build(self) -> None:
        self.look_again()
        before = self.build_state()
        builder = threading.Thread(target=self._build, daemon=True)
        builder.start()
        # Whoever asked is shown a build that has begun.
        while builder.is_alive() and self.build_state() == before:
            time.sleep(0.01)

    def _build(self) -> None:
        with self._one_at_a_time:
            background.build(self._settings.library, self._settings.index)


def _settled(index: CurrentIndex) -> Iterator[CurrentIndex]:
    """Give an index, and wait in the end until nobody builds it."""
    yield index
    deadline = time.monotonic() + 60
    while (state := index.build_state()) and state.runs and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[CurrentIndex]:
    """An index over two seeds, that is built by processes of its own."""
    yield from _settled(CurrentIndex(indexes.copied(tmp_path, PARENTS_BEFORE, LEADERS)))


@pytest.fixture
def built_here(tmp_path: Path) -> Iterator[CurrentIndex]:
    """An index over all seeds, that is built in this process."""
    yield from _settled(InThread(indexes.copied(tmp_path)))
