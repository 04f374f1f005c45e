"""The log: set up once, with time, process, address and document, to standard error."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import logs
from kb.build import background
from kb.config import Settings, log_level
from kb.errors import UserError
from kb.web import create_app
from tests.web.source import PreparedSource

ROOT = Path(__file__).parent.parent
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}"


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("kb").setLevel(logging.NOTSET)
    logs.asked("")


def test_a_fault_is_in_the_log_with_the_address_and_without_the_search(
    capsys: pytest.CaptureFixture[str],
):
    source = PreparedSource()
    source.failure = lambda: 1 / 0
    logs.set_up()
    logs.set_up()
    answer = create_app(Settings(), source).test_client().get("/sok?q=hemligt")
    assert answer.status_code == 500
    assert "antecknat i loggen" in answer.text
    told = capsys.readouterr().err
    start = rf"(?m)^{TIME} ERROR {os.getpid()} kb\.web\.errors \[GET /sok\] unhandled error$"
    assert len(re.findall(start, told)) == 1
    assert "ZeroDivisionError" in told
    assert "hemligt" not in told


def test_a_record_says_which_document_it_is_about(capsys: pytest.CaptureFixture[str]):
    logs.set_up()
    log = logging.getLogger("kb.read")
    with logs.document("a\nb.txt"):
        log.warning("damaged")
    log.warning("other")
    one, other = capsys.readouterr().err.splitlines()
    assert one.endswith(f"{os.getpid()} kb.read [a?b.txt] damaged")
    assert other.endswith("kb.read other")


@pytest.mark.parametrize(
    ("level", "told"),
    [(None, ["w"]), ("info", ["i", "w"]), ("error", []), ("debug", ["d", "i", "w"])],
)
def test_the_level_is_set_by_the_environment(level, told, monkeypatch, capsys):
    monkeypatch.setattr(logs, "log_level", lambda: log_level({"KB_LOG": level} if level else {}))
    logs.set_up()
    log = logging.getLogger("kb.x")
    log.debug("d")
    log.info("i")
    log.warning("w")
    assert [line.split()[-1] for line in capsys.readouterr().err.splitlines()] == told


def test_a_level_that_is_none_is_refused():
    with pytest.raises(UserError, match="KB_LOG ska vara debug"):
        log_level({"KB_LOG": "mycket"})
    done = subprocess.run(
        [sys.executable, "-m", "kb", "status"], cwd=ROOT, env={**os.environ, "KB_LOG": "x"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, "KB_LOG" in done.stderr) == (1, True)


def test_what_a_build_meets_is_in_its_log_and_the_servers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    library, index = tmp_path / "library", tmp_path / "index"
    library.mkdir()
    (library / "a.txt").write_text("Minnesanteckningar från Klippan", "utf-8")
    (library / "b.pdf").write_bytes(b"%PDF-1.4 skadad")
    background.start(Settings(library=library, index=index))
    deadline = time.monotonic() + 120
    while "not taken in" not in caplog.text:
        assert time.monotonic() < deadline, (caplog.text, (index / "bygg.log").read_text())
        time.sleep(0.1)
    line = rf"{TIME} WARNING \d+ kb\.build\.process\.work \[b\.pdf\] not taken in: PDF-filen"
    assert re.search(line, (index / "bygg.log").read_text("utf-8"))
    assert re.search(rf"build \d+: {line}", caplog.text)
