"""A generation with a damaged file gives no wrong answer, and the next build mends it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import layout
from kb.build import background, checksums, generations, pipeline
from kb.build.current_index import CurrentIndex
from kb.build.status import status, verify
from kb.cli import main
from kb.config import Settings
from kb.search.query import Query
from kb.web import create_app
from kb.web.context import EXTENSION

SEEDS = ("001_1c16e1e66137dc8c.txt", "003_5e5d61977808aeba.txt")
WORD = "familjehem"


def truncate(file: Path) -> None:
    file.write_bytes(b"")


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zero(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x10
    file.write_bytes(bytes(data))


def delete(file: Path) -> None:
    file.unlink()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A library and an index over it, with the generation before the one in use."""
    place = tmp_path_factory.mktemp("built")
    (place / "library").mkdir()
    for name in SEEDS:
        shutil.copy(seeds / name, place / "library")
        pipeline.build(place / "library", place / "index")
    return place


@pytest.fixture
def settings(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copytree(built, tmp_path / "here")
    monkeypatch.setattr(background, "start", lambda settings: None)
    return Settings(library=tmp_path / "here/library", index=tmp_path / "here/index")


def total(index: Path) -> int | None:
    generation = generations.current(index)
    if generation is None:
        return None
    return pipeline.open_engine(generation).search(Query(WORD)).total


def files(index: Path) -> list[str]:
    generation = generations.named(index)
    assert generation
    return [*checksums._files(generation.folder), layout.CHECKSUMS]


@pytest.mark.parametrize("damage", [truncate, halve, zero, flip, delete])
def test_each_file_of_a_generation(settings: Settings, built: Path, damage: Callable[[Path], None]):
    index, right = settings.index, total(settings.index)
    assert right
    before = total_of_previous(index)
    app, kinds = create_app(settings, CurrentIndex(settings)), set[str]()
    for name in files(index):
        generation = generations.named(index)
        assert generation
        file = generation.folder / name
        whole, times = file.read_bytes(), file.stat()
        damage(file)
        if file.exists() and file.read_bytes() == whole:
            continue  # as of zeros
        said = status(settings.library, index)
        assert "skadat" in (said.message or ""), name
        assert said.command, name
        app.extensions[EXTENSION] = CurrentIndex(settings)
        client = app.test_client()
        for address in ("/", f"/sok?q={WORD}", f"/dokument/{SEEDS[0]}"):
            answer = client.get(address)
            assert answer.status_code in (200, 503), (name, address)
            assert "skadat" in answer.text, (name, address)
        assert total(index) in (None, before), name
        if file.suffix in kinds:  # one of each is mended
            file.write_bytes(whole)
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
            continue
        kinds.add(file.suffix)
        report = pipeline.build(settings.library, index)
        assert report.documents == len(SEEDS), name
        assert status(settings.library, index).ok, name
        assert total(index) == right, name
        assert generations.current(index) == generations.named(index), name
        # Begin the next from a generation that has another before it.
        shutil.rmtree(index)
        shutil.copytree(built / "index", index)
    assert len(kinds) >= 10


def total_of_previous(index: Path) -> int:
    last = generations.named(index)
    older = next(one for one in generations.all_of(index) if one != last)
    return pipeline.open_engine(older).search(Query(WORD)).total


def test_full_heals_too_and_the_command_line_ends_in_no_traceback(
    settings: Settings, capsys: pytest.CaptureFixture[str]
):
    generation = generations.named(settings.index)
    assert generation
    halve(generation.folder / "manifest.json")
    where = ["--index", str(settings.index)]
    assert main(["build", str(settings.library), *where, "--full"]) == 0
    assert main(["status", "--library", str(settings.library), *where]) == 0
    assert main(["search", WORD, *where]) == 0


@pytest.mark.parametrize("pointer", ["", "g-nowhere", "\0"])
def test_a_damaged_pointer(settings: Settings, pointer: str):
    right = total(settings.index)
    (settings.index / layout.POINTER).write_text(pointer)
    assert "skadat" in (status(settings.library, settings.index).message or "")
    assert total(settings.index) == right  # the newest that is whole
    pipeline.build(settings.library, settings.index)
    assert status(settings.library, settings.index).ok
    assert len(generations.all_of(settings.index)) == 1  # nobody knows what was removed


def test_the_generation_before_serves_meanwhile(settings: Settings):
    last = generations.named(settings.index)
    assert last
    current = CurrentIndex(settings)
    assert current.engine().ids() == set(SEEDS)  # type: ignore[union-attr]  # there is one
    file = last.folder / "manifest.json"
    halve(file)
    assert current.engine().ids() == {SEEDS[0]}  # type: ignore[union-attr]
    assert current.knowledge()


def test_what_only_reading_finds_is_found_by_verifying(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(checksums, "_SMALL", 0)
    generation = generations.named(settings.index)
    assert generation
    file = generation.folder / "knowledge.sqlite"
    times = file.stat()
    flip(file)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert status(settings.library, settings.index).ok
    where = ["--library", str(settings.library), "--index", str(settings.index)]
    assert main(["status", *where, "--verify"]) == 1
    assert "knowledge.sqlite" in capsys.readouterr().out
    assert "skadat" in (status(settings.library, settings.index).message or "")
    pipeline.build(settings.library, settings.index)
    assert status(settings.library, settings.index).ok
    assert verify(settings.index) == ()


def test_linked_files_are_not_read_again(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    real = checksums._digest_of
    monkeypatch.setattr(
        checksums, "_digest_of", lambda file: read.append(file.suffix) or real(file)
    )
    monkeypatch.setattr(checksums, "_SMALL", 0)
    (settings.library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning")
    before = generations.current(settings.index)
    assert before
    shared = {file.name for file in (before.folder / "engine").iterdir()}
    report = pipeline.build(settings.library, settings.index)
    new = {file.name for file in (report.generation.folder / "engine").iterdir()} - shared
    assert read.count(".row") == len([name for name in new if name.endswith(".row")])


def test_an_index_of_an_older_program_is_outdated_and_not_damaged(settings: Settings):
    for generation in generations.all_of(settings.index):
        (generation.folder / "checksums.json").unlink()
        manifest = generation.folder / "manifest.json"
        text = manifest.read_text("utf-8").replace('"summed":true', '"summed":false')
        manifest.write_text(text, "utf-8")
    assert generations.current(settings.index) == generations.named(settings.index)
    assert status(settings.library, settings.index).ok
