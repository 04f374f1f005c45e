"""The main job through the real HTTP server: `kb serve` in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kb.config import Settings
from kb.state import open_state
from kb.web.serve import _greet
from tests.cli.test_cli import kb

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    def __init__(self, folder: Path) -> None:
        self.library, self.index = folder / "library", folder / "index"
        shutil.copytree(ROOT / "seeds", self.library)
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kb", "serve", "--library", str(self.library),
             "--index", str(self.index), "--port", str(port)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "KB_STATE": str(folder / "state"), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert self.process.stdout
        self.said = [self.process.stdout.readline() for _ in range(2)]

    @property
    def key(self) -> str:
        return self.said[1].strip().partition("/oppna#")[2]

    def build(self) -> None:
        assert kb("build", str(self.library), "--index", str(self.index)).returncode == 0

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait(self) -> None:
        for _ in range(200):
            try:
                self.get("/")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("serve"))
    try:
        server.wait()
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=10)


def test_from_no_index_to_search_without_a_restart(server: Server):
    status, page = server.get("/")
    assert status in (200, 503)
    assert "kb build" in page
    server.build()
    status, page = server.get("/sok?q=familjehem+rekrytering")
    assert status == 200
    assert "<mark>familjehem</mark>" in page
    assert "kb build" not in page


def test_filters_stand_in_the_address(server: Server):
    server.build()
    status, page = server.get(f"/sok?kommun={quote('Svalöv')}")
    assert status == 200
    assert "2 träffar" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_a_document_and_its_original(server: Server):
    server.build()
    path = quote("003_5e5d61977808aeba.txt")
    status, page = server.get(f"/dokument/{path}?q=kampanj")
    assert status == 200
    assert "2020-12-04" in page or "4 december 2020" in page
    status, original = server.get(f"/original/{path}")
    assert status == 200
    assert original == (ROOT / "seeds" / path).read_bytes().decode()


@pytest.mark.parametrize(
    "path",
    ["/finns-inte", "/dokument/finns-inte", "/original/finns-inte", "/original/../pyproject.toml"],
)
def test_what_is_not_there_is_told_in_swedish(server: Server, path: str):
    server.build()
    status, page = server.get(path)
    assert status == 404
    assert "finns inte" in page or "hittades inte" in page


def test_a_new_file_is_told_of(server: Server):
    server.build()
    (server.library / "ny.txt").write_text("Nya anteckningar", "utf-8")
    deadline = time.monotonic() + 30
    while "1 nya" not in (page := server.get("/")[1]):
        assert time.monotonic() < deadline, page
        time.sleep(0.5)
    server.build()
    assert "1 nya" not in server.get("/")[1]
    assert "1 träff" in server.get("/sok?q=%22nya+anteckningar%22")[1].replace("\u00a0", " ")


def test_a_correction_from_form_to_search(server: Server):
    server.build()
    document = "004_08cf0bc6b16c0240.txt"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def token(path: str) -> str:
        with browser.open(f"{server.url}{path}", timeout=10) as answer:
            found = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
        assert found
        return found[1]

    form = {"dokument": document, "original": "Hoganis", "ord": "Vitemölla"}

    def hits() -> int:
        return server.get(f"/sok?q={quote('Vitemölla')}")[1].count('class="hit"')

    def send(path: str, form: dict[str, str]) -> str:
        url, data = server.url + path, urlencode(form).encode()
        asked = urllib.request.Request(url, data, {"Origin": server.url})
        with browser.open(asked, timeout=10) as answer:
            return answer.read().decode()

    with pytest.raises(urllib.error.HTTPError, match="403"):
        send("/rattningar", {**form, "csrf_token": token("/oppna")})
    assert hits() == 0
    send("/oppna", {"nyckel": server.key, "csrf_token": token("/oppna")})
    page = send("/rattningar", {**form, "csrf_token": token(f"/dokument/{document}")})
    assert "Rättningen är sparad" in page
    # The correction has started a build, and nobody is asked to start one by hand.
    assert "Bygg om indexet" not in page
    deadline = time.monotonic() + 60
    while hits() == 0:
        assert time.monotonic() < deadline, server.get("/bygget")[1]
        time.sleep(0.2)
    assert hits() == 1
    page = server.get(f"/dokument/{document}")[1]
    assert "har ändrats sedan indexet byggdes" not in page


def test_the_start_says_where_and_how_to_get_the_right(server: Server):
    assert server.said[0].startswith(f"Minnesbanken: {server.url}/")
    assert server.said[1].startswith(f"För att få ändra, öppna: {server.url}/oppna#")
    assert len(server.key) >= 40


@pytest.mark.parametrize("rights", ["", "alla"])
def test_the_browser_is_sent_by_way_of_a_file_of_its_own(tmp_path, monkeypatch, capsys, rights):
    state = open_state(tmp_path)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    _greet(Settings(everybody=rights == "alla", port=8123), state, browse=True)
    said = capsys.readouterr().out
    assert ("KB_RIGHTS=alla" in said) is (rights == "alla")
    assert (state.token in said) is (rights == "")
    page = tmp_path / "oppna.html"
    assert opened == [page.as_uri()]  # what a program is started with is no secret on a machine
    assert page.stat().st_mode & 0o777 == 0o600
    assert f"url=http://127.0.0.1:8123/oppna#{state.token}" in page.read_text()


def test_without_a_browser_the_link_is_for_whoever_reads_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    _greet(Settings(public="https://minnen.kommunen.se"), open_state(tmp_path), browse=True)
    said = capsys.readouterr().out
    assert "öppna: https://minnen.kommunen.se/oppna#" in said
    assert "gick inte att öppna" in said


def test_a_busy_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "kb", "serve", "--port", str(taken.getsockname()[1])],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "upptagen" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", ""])
def test_nobody_else_is_listened_to_before_access_is_configured(host: str):
    done = kb("serve", "--host", host, "--port", "1")
    assert done.returncode == 1
    assert "måste åtkomsten ställas in" in done.stderr
    assert "Traceback" not in done.stderr
