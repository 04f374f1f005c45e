from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import filelock
import pytest

from kb.build import generations, pipeline, writing
from kb.build.current_index import CurrentIndex
from kb.build.manifest import Manifest
from kb.build.status import status
from kb.config import Settings
from kb.errors import OperatorError, UserError
from kb.search.query import Query


def publish(index: Path) -> generations.Generation:
    with generations.new_generation(index) as folder:
        (folder / "content").write_text("x")
        return generations.publish(index, folder, Manifest({}, dt.datetime.now(dt.UTC), {}))


def folders(index: Path) -> set[str]:
    return {path.name for path in index.glob("g-*")}


def test_an_empty_folder_has_no_generation(tmp_path: Path):
    assert generations.current(tmp_path) is None
    assert generations.current(tmp_path / "missing") is None


@pytest.mark.parametrize("pointer", ["", "g-missing", "../elsewhere", "å", "\0"])
def test_a_pointer_to_nothing_is_no_generation(tmp_path: Path, pointer: str):
    (tmp_path / "CURRENT").write_text(pointer, "utf-8")
    assert generations.current(tmp_path) is None


def test_the_previous_generation_is_kept_and_older_ones_go(tmp_path: Path):
    names = [publish(tmp_path).name for _ in range(3)]
    assert folders(tmp_path) == set(names[1:])
    current = generations.current(tmp_path)
    assert current is not None
    assert current.name == names[-1]


def test_leftovers_of_a_dead_build_are_swept_by_the_next(tmp_path: Path):
    first = publish(tmp_path)
    (tmp_path / "g-20200101T000000-dead").mkdir()
    with generations.new_generation(tmp_path) as folder:
        (folder / "half").write_text("half")  # and never published
    assert generations.current(tmp_path) == first
    second = publish(tmp_path)
    assert folders(tmp_path) == {first.name, second.name}


def test_one_builder_at_a_time(tmp_path: Path):
    with (
        filelock.FileLock(tmp_path / ".lock"),
        pytest.raises(UserError, match="pågår redan"),
        generations.new_generation(tmp_path),
    ):
        pass


def test_a_failed_check_leaves_the_old_generation(
    tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
):
    first = pipeline.build(seeds, tmp_path).generation

    def failing(*_: object) -> None:
        raise OperatorError("broken")

    monkeypatch.setattr(writing, "_check", failing)
    with pytest.raises(OperatorError):
        pipeline.build(seeds, tmp_path, full=True)
    assert generations.current(tmp_path) == first


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_index_serving(tmp_path: Path, seeds: Path):
    library, index = tmp_path / "library", tmp_path / "index"
    library.mkdir()
    for n in range(6):
        for seed in seeds.glob("*.txt"):
            (library / f"{n}-{seed.name}").write_bytes(seed.read_bytes())
    first = pipeline.build(seeds, index).generation
    command = [sys.executable, "build_index.py", str(library), "--index", str(index)]
    for delay in (0.4, 0.8, 1.2):
        build = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        time.sleep(delay)
        if build.poll() is None:
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        generation = generations.current(index)
        assert generation is not None
        if build.returncode:
            assert generation == first
        assert pipeline.open_engine(generation).search(Query("familjehem")).total
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert len(folders(index)) <= 2
    assert status(library, index).ok


def test_a_running_server_follows_the_switch(tmp_path: Path, seeds: Path):
    library, index = tmp_path / "library", tmp_path / "index"
    library.mkdir()
    (library / "a.txt").write_bytes((seeds / "001_1c16e1e66137dc8c.txt").read_bytes())
    live = CurrentIndex(Settings(library=library, index=index))
    assert live.engine() is None
    assert not live.status().ok
    pipeline.build(library, index)
    old = live.engine()
    assert old is not None
    assert live.engine() is old
    assert live.status().ok
    (library / "b.txt").write_text("Korvgrillning den 3 maj 2019", "utf-8")
    live.look_again()
    assert not live.status().ok
    pipeline.build(library, index)
    assert live.status().ok  # what was seen of the old index is not told of the new one
    new = live.engine()
    assert new is not None
    assert new.search(Query("korvgrillning")).total == 1
    assert old.search(Query("korvgrillning")).total == 0


def test_a_commit_is_seen_within_a_second_and_closes_no_search(tmp_path: Path):
    library, index = tmp_path / "library", tmp_path / "index"
    library.mkdir()
    (library / "a.txt").write_text("Familjehem den 3 maj 2019", "utf-8")
    pipeline.build(library, index)
    live = CurrentIndex(Settings(library=library, index=index))
    (old := live.engine()).search(Query("familjehem"))
    ended, totals = threading.Event(), set[int]()

    def go_on() -> None:
        while not ended.is_set():
            totals.add(old.search(Query("familjehem")).total)

    reader = threading.Thread(target=go_on)
    reader.start()
    try:
        (library / "b.txt").write_text("Familjehem den 4 maj 2019", "utf-8")
        pipeline.build(library, index)
        # Of this thread alone: another program's time is not what is measured.
        started = time.thread_time()
        found = live.engine().search(Query("familjehem")).total
        took = time.thread_time() - started
    finally:
        ended.set()
        reader.join()
    assert found == 2
    assert took < 1
    assert totals == {1}  # a search under way sees what it began with
