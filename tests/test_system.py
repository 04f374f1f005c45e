"""The program where POSIX is not: read in the sandbox, corrected, built and served."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kb import read, system
from kb.build import background
from kb.corrections import files as sidecars
from kb.errors import UserError
from kb.library import Library
from kb.read import limits
from tests.read import files

ROOT = Path(__file__).parent.parent
WITHOUT = Path(__file__).parent / "platform_without_posix"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join((str(WITHOUT), str(ROOT))),
    "PYTHONIOENCODING": "utf-8",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of a text, a PDF and a Word document."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text("Minnesanteckningar från Klippan den 3 mars 2021.", "utf-8")
    (folder / "b.docx").write_bytes(files.docx())
    (folder / "c.pdf").write_bytes(files.pdf(["Protokoll om fritidsgården i Klippan"]))
    return folder


def kb(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kb", *map(str, arguments)],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 240
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_files_are_read_and_built(library: Path, tmp_path: Path):
    index = tmp_path / "index"
    done = kb("build", library, "--index", index)
    assert done.returncode == 0, done.stderr
    assert "3 dokument indexerade" in done.stdout
    assert "Traceback" not in done.stderr
    found = kb("search", "fritidsgården", "--index", index)
    assert "c.pdf" in found.stdout, found.stdout + found.stderr


def test_words_are_corrected(library: Path):
    done = kb("correct", "a.txt", "Klippan", "Klippans", "--library", library)
    assert done.returncode == 0, done.stderr
    assert "Klippans" in (library / "a.txt.toml").read_text("utf-8")
    assert sorted(file.name for file in library.iterdir() if file.name[0] != ".") == [
        "a.txt", "a.txt.toml", "b.docx", "c.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize("processes", [1, 2])
def test_pages_are_served_and_an_index_built_beside(library: Path, tmp_path: Path, processes: int):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    index, url = tmp_path / "index", f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "kb", "serve", "--library", library, "--index", index, "--port",
         str(port), "--processes", str(processes)],
        cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def page(path: str) -> str:
        try:
            with browser.open(url + path, timeout=20) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    try:
        until(lambda: page("/hjalp"))
        token = re.search(r'name="csrf_token" value="([^"]+)"', page("/ladda-upp"))
        assert token
        form = urlencode({"csrf_token": token[1]}).encode()
        request = urllib.request.Request(f"{url}/bygget", form, {"Origin": url})
        browser.open(request, timeout=20).close()
        until(lambda: (now := background.state(index)) and not now.runs)
        assert "c.pdf" in page("/sok?q=fritidsg%C3%A5rden"), (index / "bygg.log").read_text()
    finally:
        server.kill()
        _, complaints = server.communicate(timeout=30)
    assert b"Traceback" not in complaints


def test_a_build_is_stopped(library: Path, tmp_path: Path):
    text = (ROOT / "seeds" / "002_ef8f75dbef81a09c.txt").read_text("utf-8")
    for number in range(100):
        (library / f"{number}.txt").write_text(f"{text}\nMöte nummer {number}.\n", "utf-8")
    code = f"""
import pathlib, time
from kb.build import background
from kb.config import Settings
index = pathlib.Path({str(tmp_path / "index")!r})
background.start(Settings(library=pathlib.Path({str(library)!r}), index=index))
while not ((now := background.state(index)) and now.done):
    time.sleep(0.05)
assert background.cancel(index)
while (now := background.state(index)).runs:
    time.sleep(0.05)
print(now.phase)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "cancelled", done.stderr


def test_a_reader_ends_with_what_it_started(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "POSIX", False)
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; "
        "time.sleep(60)']); print(p.pid, flush=True); p.wait()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert system.is_alive(child)
    system.end_tree(parent.pid)
    parent.communicate()
    until(lambda: not system.is_alive(child))
    system.end_tree(parent.pid)  # one that is gone is no fault


def test_memory_is_watched_where_the_system_does_not_limit_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(system, "LIMITS_MEMORY", False)
    monkeypatch.setattr(limits, "MEMORY_BYTES", 1 << 20)  # less than Python itself
    (tmp_path / "c.pdf").write_bytes(files.pdf(["text"]))
    with pytest.raises(UserError, match="minne"):
        read.read_original(tmp_path / "c.pdf", "c.pdf")


@pytest.mark.parametrize("flock", [True, False])
def test_one_writes_a_sidecar_at_a_time(tmp_path: Path, monkeypatch, flock: bool):
    if not flock:
        monkeypatch.setattr(system, "fcntl", None)
    (tmp_path / "a.txt").write_text("text")
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with system.locked(tmp_path / "a.txt"):
            entered.set()
            leave.wait(20)

    def correct() -> None:
        sidecars.edit(tmp_path / "a.txt", "words", lambda _: False, {"original": "x"})

    first, second = threading.Thread(target=hold), threading.Thread(target=correct)
    first.start()
    assert entered.wait(20)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    assert not (tmp_path / "a.txt.toml").exists()
    leave.set()
    first.join()
    second.join(20)
    assert "x" in (tmp_path / "a.txt.toml").read_text()
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".lock"] == []


def test_no_name_leads_out_of_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("a:b.txt", "a\\b.txt"):
        (tmp_path / name).write_text("text")
        assert Library(tmp_path).locate(name)
    monkeypatch.setattr(system, "NOT_IN_NAMES", frozenset("\\:"))
    assert Library(tmp_path).locate("a:b.txt") is None
    assert Library(tmp_path).locate("a\\b.txt") is None
