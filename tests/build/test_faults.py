"""Kills, a full disk, a read-only index, many builders: the old index serves, nothing is lost."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kb.build import background, generations, intake, pipeline
from kb.build.current_index import CurrentIndex
from kb.build.status import Status, status
from kb.build.watch import Watcher
from kb.config import Settings
from kb.errors import UserError
from kb.lab.bench import kills
from kb.library import Library, preferences
from kb.search.query import Query

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_nothing_is_lost_by_kills_at_random_moments(tmp_path: Path, seeds: Path):
    trial = kills.run(tmp_path, seeds, 20, seed=7)
    assert trial.kills == 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"a file system cannot be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def library(tmp_path: Path, seeds: Path) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(seeds, folder)
    return folder


def fill(disk: Path, room: int = 0) -> Path:
    """Leave only some room on a disk: fill it until it refuses, then give the room back."""
    gc.collect()  # a removed file that is still mapped would give its room back in the midst
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as handle:
        with suppress(OSError):
            while handle.write(bytes(4096)) == 4096:
                pass
        assert shutil.disk_usage(disk).free < 4096
        handle.truncate(handle.tell() - room)
    return filler


def adds_up(library: Path, index: Path) -> Status:
    """The status, whose numbers are those of the files that lie there."""
    state = status(library, index)
    files = [file for file in library.rglob("[!.]*") if file.is_file() and file.suffix != ".toml"]
    hidden = [file for file in files if file.relative_to(library).parts[0].startswith(".")]
    assert state.tally.total == state.originals == len(files) - len(hidden)
    return state


def finds(index: Path, text: str) -> int:
    generation = generations.current(index)
    assert generation
    engine = pipeline.open_engine(generation)
    try:
        return engine.search(Query(text)).total
    finally:
        engine.close()


def test_a_full_disk_leaves_the_old_index(library: Path, disk: Path):
    index = disk / "index"
    first = background.build(library, index).generation
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    filler = fill(disk)
    with pytest.raises(UserError, match="disken är full"):
        background.build(library, index)
    assert generations.current(index) == first
    assert finds(index, "familjehem")
    assert adds_up(library, index).tally.new == 1
    filler.unlink()
    assert background.build(library, index).documents == 6
    assert finds(index, "kvarngrillning") == 1
    assert adds_up(library, index).ok


def test_the_disk_gets_full_at_any_point(library: Path, disk: Path):
    index = disk / "index"
    first = background.build(library, index).generation
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    failed = 0
    for room in (4096, 16_384, 65_536, 131_072, 262_144, 524_288):
        filler = fill(disk, room)
        try:
            background.build(library, index)
        except UserError:
            failed += 1
            assert generations.current(index) == first
            adds_up(library, index)
        else:
            assert finds(index, "kvarngrillning") == 1
            break
        finally:
            filler.unlink()
        assert finds(index, "familjehem")
    assert failed
    background.build(library, index)
    assert finds(index, "kvarngrillning") == 1
    assert adds_up(library, index).ok


@pytest.mark.slow
def test_a_full_disk_is_named_by_a_build_of_several_processes(library: Path, disk: Path):
    documents = [pipeline.understand(original) for original in Library(library).originals()]
    engine = disk / "engine"
    engine.mkdir()
    fill(disk, 32_768)
    with pytest.raises(OSError, match="No space"):
        pipeline.ENGINE.build(engine, documents, 2)


def test_a_full_disk_refuses_an_upload_and_keeps_what_was_acknowledged(disk: Path):
    folder = disk / "library"
    folder.mkdir()
    library = Library(folder)
    text = "Möte i Bjuv den 3 maj 2019 om kvarngrillning\n"
    (taken,) = intake.take_in(library, "a.txt", text.encode(), "x")
    filler = fill(disk)
    with pytest.raises((UserError, OSError)):
        list(intake.take_in(library, "b.txt", (text * 3000).encode(), "x"))
    assert [own.path for own in library.originals()] == [taken.path]
    assert (folder / taken.path).read_text("utf-8") == text
    assert not [file for file in folder.iterdir() if file.suffix == ".ny"]
    filler.unlink()
    list(intake.take_in(library, "b.txt", (text * 3000).encode(), "x"))
    assert len(library.originals()) == 2


def test_a_read_only_index_serves_and_says_so(library: Path, disk: Path):
    index = disk / "index"
    background.build(library, index)
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    gc.collect()  # what the build had open and deleted keeps the disk from being locked
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(UserError, match="går inte att skriva i"):
        background.build(library, index)
    live = CurrentIndex(Settings(library=library, index=index))
    engine = live.engine()
    assert engine is not None
    assert engine.search(Query("familjehem")).total
    assert adds_up(library, index).tally.new == 1
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    background.build(library, index)
    assert adds_up(library, index).ok


@pytest.mark.slow
def test_of_many_builders_at_once_one_builds(library: Path, tmp_path: Path):
    index = tmp_path / "index"
    pipeline.build(library, index)
    for number in range(20):
        (library / f"{number}.txt").write_text(
            f"Möte {number} om kvarngrillning nr{number}", "utf-8"
        )
    command = [sys.executable, "-m", "kb", "build", str(library), "--index", str(index)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    builders = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(4)]
    told = [builder.communicate()[1].decode() for builder in builders]
    refused = [said for builder, said in zip(builders, told, strict=True) if builder.returncode]
    assert len(refused) < 4
    pids = {str(builder.pid) for builder in builders}
    for said in refused:
        assert "pågår redan" in said
        assert any(f"process {pid}" in said for pid in pids)
    assert finds(index, "kvarngrillning") == 20
    assert adds_up(library, index).ok


@pytest.mark.slow
def test_workers_end_with_a_builder_that_is_killed(library: Path, tmp_path: Path):
    for number in range(60):
        (library / f"{number}.txt").write_text(f"Möte {number} om kvarn{number} " * 100, "utf-8")
    command = [sys.executable, "-m", "kb", "build", str(library), "--index", str(tmp_path / "i")]
    builder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    kills.until(lambda: len(kills.children(builder.pid)) > 1 and derived(tmp_path / "i") > 10)
    workers = kills.children(builder.pid)
    builder.kill()
    builder.wait()
    kills.until(lambda: not any(kills.is_alive(pid) for pid in workers))
    done = derived(tmp_path / "i")
    report = pipeline.build(library, tmp_path / "i")
    assert done > 10
    assert report.documents == 65


def derived(index: Path) -> int:
    return sum(1 for _ in (index / "derived").glob("*/" + "?" * 64))


def test_a_watcher_builds_once_the_folder_is_quiet(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    settings = Settings(library=library, index=tmp_path / "index", watch=True)
    started = []

    def start(settings: Settings) -> None:
        started.append(settings)
        pipeline.build(settings.library, settings.index)

    monkeypatch.setattr(background, "start", start)
    watcher = Watcher(settings)
    watcher.look()
    assert not started  # it may still be changing
    watcher.look()
    assert len(started) == 1
    watcher.look()
    (library / "ny.txt").write_text("Möte om", "utf-8")
    watcher.look()
    (library / "ny.txt").write_text("Möte om kvarngrillning", "utf-8")
    watcher.look()
    assert len(started) == 1
    watcher.look()
    assert len(started) == 2
    assert finds(tmp_path / "index", "kvarngrillning") == 1
    watcher.look()
    watcher.look()
    assert len(started) == 2


def test_a_served_library_is_watched(library: Path, tmp_path: Path):
    settings = Settings(library=library, index=tmp_path / "index")
    pipeline.build(library, settings.index)
    preferences.set_watch(library, True)
    watcher = Watcher(settings, seconds=0.1)
    watcher.start()
    (library / "ny.txt").write_text("Möte i Bjuv om kvarngrillning", "utf-8")
    kills.until(lambda: finds(settings.index, "kvarngrillning") == 1)
    watcher.stop()
    kills.until(lambda: generations.holder(settings.index) is None)
