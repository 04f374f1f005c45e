"""Builds in processes of their own: followed, stopped, one at a time, and taken over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.build import background, generations
from kb.build.background import BuildState, Phase
from kb.config import Settings
from kb.errors import Busy
from tests.cli.test_cli import kb

ROOT = Path(__file__).parents[2]
DOCUMENTS = 100
"""Enough for workers to be started, and to be seen half done."""

FEW = 5
PATIENCE = 240  # seconds; a busy machine is no fault


PAUSING = """
import sys
from kb.build import background
from kb.cli import main

build = background.pipeline.build

def pausing(library, index, progress, **options):
    def told(done, total, path):
        progress(done, total, path)
        if done == 1:
            print("paused", flush=True)
            sys.stdin.readline()
    return build(library, index, told, **options)

background.pipeline.build = pausing
sys.exit(main(sys.argv[1:]))
"""
"""`kb` with a build that waits after its first document for a line or the end of its input."""


def library_of(folder: Path, seeds: Path, documents: int) -> Settings:
    library = folder / "library"
    library.mkdir()
    text = (seeds / "002_ef8f75dbef81a09c.txt").read_text("utf-8")
    for number in range(documents):
        (library / f"{number:02}.txt").write_text(f"{text}\nMöte nummer {number}.\n", "utf-8")
    return Settings(library=library, index=folder / "index")


@pytest.fixture
def settings(tmp_path: Path, seeds: Path) -> Settings:
    return library_of(tmp_path, seeds, FEW)


@pytest.fixture
def command(settings: Settings) -> list[str]:
    return ["build", str(settings.library), "--index", str(settings.index)]


@pytest.fixture
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Give a build that has come some way, and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", PAUSING, *command],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == b"paused\n"
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def until(index: Path, holds: Callable[[BuildState], bool]) -> BuildState:
    deadline = time.monotonic() + PATIENCE
    while True:
        state = background.state(index)
        if state and holds(state):
            return state
        assert time.monotonic() < deadline, state
        time.sleep(0.05)


def test_there_is_no_state_before_the_first_build(tmp_path: Path):
    assert background.state(tmp_path / "missing") is None
    assert not (tmp_path / "missing").exists()
    assert background.cancel(tmp_path) is False


@pytest.mark.slow
def test_a_build_is_started_followed_and_done(tmp_path: Path, seeds: Path):
    settings = library_of(tmp_path, seeds, DOCUMENTS)
    background.start(settings)
    first = background.state(settings.index)
    assert first is not None
    assert first.runs
    half = until(settings.index, lambda state: 0 < state.done < state.total)
    assert half.total == DOCUMENTS
    assert half.seconds_left is not None
    done = until(settings.index, lambda state: not state.runs)
    assert (done.phase, done.done, done.path) == (Phase.DONE, DOCUMENTS, "")
    generation = generations.current(settings.index)
    assert generation is not None
    assert len(generation.manifest().documents) == DOCUMENTS


def test_a_start_during_a_build_builds_once_more(
    settings: Settings, running: subprocess.Popen[bytes]
):
    (settings.library / "ny.txt").write_text("Nya anteckningar från Klippan.", "utf-8")
    background.start(settings)
    running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    generation = generations.current(settings.index)
    assert generation is not None
    assert "ny.txt" in generation.manifest().documents


def test_a_second_builder_is_told_who_builds(
    settings: Settings, running: subprocess.Popen[bytes], command: list[str]
):
    done = kb(*command)
    assert done.returncode == 1
    assert f"process {running.pid}" in done.stderr
    with pytest.raises(Busy), generations.new_generation(settings.index):
        pass
    state = background.state(settings.index)
    assert state is not None
    assert (state.pid, state.phase) == (running.pid, Phase.RUNNING)


def test_a_build_that_is_stopped_leaves_the_old_index(
    settings: Settings, running: subprocess.Popen[bytes]
):
    before = generations.current(settings.index)
    assert background.cancel(settings.index)
    assert running.wait(PATIENCE) == 130
    stderr = running.stderr
    assert stderr is not None
    complaint = stderr.read().decode()
    assert "avbruten" in complaint
    assert "Traceback" not in complaint
    state = background.state(settings.index)
    assert state is not None
    assert state.phase is Phase.CANCELLED
    assert generations.current(settings.index) == before
    assert not list(settings.index.glob("g-*"))


def test_a_dead_builders_lock_is_taken_over(
    settings: Settings, running: subprocess.Popen[bytes], command: list[str]
):
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    state = background.state(settings.index)
    assert state is not None
    assert state.phase is Phase.BROKEN_OFF
    assert generations.holder(settings.index) is None
    done = kb(*command)
    assert done.returncode == 0, done.stderr
    state = background.state(settings.index)
    assert state is not None
    assert state.phase is Phase.DONE


def test_a_build_that_fails_says_why(settings: Settings, tmp_path: Path):
    shutil.rmtree(settings.library)
    background.start(settings)
    state = until(settings.index, lambda state: not state.runs)
    assert state.phase is Phase.FAILED
    assert "finns inte" in state.message
