from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.build.current_index import CurrentIndex
from kb.config import Settings
from kb.errors import OperatorError, UserError
from kb.state import open_state
from kb.web import create_app, processes
from tests.web.access import with_key
from tests.web.forms import csrf_token

ROOT = Path(__file__).parents[2]

linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc")


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(port: int) -> bool:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("GET", "/hjalp")
        return link.getresponse().status < 500
    except OSError:
        return False
    finally:
        link.close()


def workers(parent: int) -> list[int]:
    """The processes that answer; what watches over shared resources is none of them."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if "spawn_main" in command(int(pid))]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def heeds_ctrl_c() -> None:
    """Undo what tests that run in the background hand on: a shell has those ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "serve", "--index", str(tmp_path / "index"),
         "--port", str(port), "--processes", "2"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=heeds_ctrl_c,
    )  # fmt: skip
    try:
        until(lambda: answers(port))
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
@linux
def test_one_that_dies_is_started_anew(server, port):
    until(lambda: len(workers(server.pid)) == 2)
    first = workers(server.pid)
    os.kill(first[0], signal.SIGKILL)
    until(lambda: len(workers(server.pid)) == 2 and workers(server.pid) != first)
    assert first[1] in workers(server.pid)
    assert all(answers(port) for _ in range(4))
    all_end(server, port, signal.SIGTERM)


@pytest.mark.slow
@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_all_end_with_the_one_that_started_them(server, port, how):
    until(lambda: len(workers(server.pid)) == 2)
    all_end(server, port, how)


def all_end(server, port, how):
    both = workers(server.pid)
    server.send_signal(how)
    server.wait(timeout=30)
    until(lambda: not any("spawn_main" in command(pid) for pid in both))
    assert not answers(port)


def test_what_ends_at_once_is_not_started_for_ever(monkeypatch):
    monkeypatch.setattr(processes, "_MOST", 2)  # each is a Python that has to start
    with pytest.raises(OperatorError, match="ended at once"):
        processes.keep_running(1, sys.exit, 3)


def test_a_form_from_one_process_is_taken_by_another(source, library, tmp_path):
    state = open_state(tmp_path / "state")
    one, other = (create_app(Settings(), source, state) for _ in range(2))
    browser, second = with_key(one), with_key(other)
    form = {"csrf_token": csrf_token(browser, "/ladda-upp")}
    name = one.config["SESSION_COOKIE_NAME"]
    cookie = browser.get_cookie(name)
    assert cookie
    second.set_cookie(name, cookie.value)
    origin = {"Origin": "http://localhost"}
    assert second.post("/bygget/avbryt", data=form, headers=origin).status_code < 400
    foreign = with_key(create_app(Settings(), source))
    foreign.set_cookie(foreign.application.config["SESSION_COOKIE_NAME"], cookie.value)
    assert foreign.post("/bygget/avbryt", data=form, headers=origin).status_code == 400


def test_what_changes_in_one_process_is_seen_in_the_other(tmp_path):
    settings = Settings(library=tmp_path / "library", index=tmp_path / "index")
    settings.library.mkdir()
    settings.index.mkdir()
    one, other = CurrentIndex(settings), CurrentIndex(settings)
    assert other.status().originals == 0
    (settings.library / "ny.txt").write_text("Nya anteckningar", "utf-8")
    assert other.status().originals == 0
    one.look_again()
    assert other.status().originals == 1


def test_number_of_processes_from_the_environment():
    assert Settings.from_environment({"KB_PROCESSES": "3"}).processes == 3
    assert Settings.from_environment({}).processes >= 1
    with pytest.raises(UserError, match="KB_PROCESSES"):
        Settings.from_environment({"KB_PROCESSES": "0"})
