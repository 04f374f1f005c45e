"""In a large library, what is new is found before what all documents say is joined anew."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb import corrections, layout
from kb.build import generations, pending, pipeline, writing
from kb.build.status import status
from kb.knowledge import KnowledgeBase
from kb.model import Correction
from kb.search.query import Query

NEW = (
    "Socialchefsnätverket 3 april 2020\n\n"
    "Närvarande: Mikael Lindberg-Svalöv\n\nOm kvarngrillning.\n"
)


@pytest.fixture
def library(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeds, built, and taken for a large library."""
    monkeypatch.setattr(writing, "_MANY", 1)
    monkeypatch.setattr(writing, "_processes", lambda _: 1)
    folder = tmp_path / "library"
    shutil.copytree(seeds, folder)
    pipeline.build(folder, tmp_path / "index")
    return folder


@pytest.fixture
def index(library: Path) -> Path:
    return library.parent / "index"


@pytest.fixture
def broken_off(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Builds die before they join anything."""
    monkeypatch.setattr(pipeline, "_join", lambda *_: None)
    return monkeypatch


def current(index: Path) -> generations.Generation:
    generation = generations.current(index)
    assert generation
    return generation


def found(index: Path, text: str) -> set[str]:
    engine = pipeline.open_engine(current(index))
    try:
        return {hit.id for hit in engine.search(Query(text)).hits}
    finally:
        engine.close()


def known(index: Path) -> KnowledgeBase:
    return pipeline.open_knowledge(current(index))


def content(index: Path) -> list[str]:
    with closing(sqlite3.connect(current(index).folder / layout.KNOWLEDGE)) as db:
        return sorted(line for line in db.iterdump() if line.startswith("INSERT"))


def built_anew(library: Path, index: Path) -> list[str]:
    other = index.parent / "anew"
    shutil.rmtree(other, ignore_errors=True)
    pipeline.build(library, other)
    return content(other)


def test_what_is_new_is_found_and_then_joined(library: Path, index: Path):
    (library / "ny.txt").write_text(NEW, "utf-8")
    report = pipeline.build(library, index)
    assert report.generation == current(index)
    assert (report.documents, report.indexed) == (6, 1)
    assert not pending.load(current(index).folder)
    assert found(index, "kvarngrillning") == {"ny.txt"}
    assert content(index) == built_anew(library, index)
    assert status(library, index).ok


def test_what_was_not_joined_is_joined_by_the_next_build(
    library: Path, index: Path, broken_off: pytest.MonkeyPatch
):
    (library / "ny.txt").write_text(NEW, "utf-8")
    pipeline.build(library, index)
    assert found(index, "kvarngrillning") == {"ny.txt"}
    assert [own.name for own in known(index).groups() if own.meetings > 1] == ["Föräldragruppen"]
    (library / "nyare.txt").write_text(NEW.replace("3 april", "8 maj"), "utf-8")
    pipeline.build(library, index)
    corrections.add(library / "ny.txt", Correction("Om", "Kring"))
    pipeline.build(library, index)
    waits = pending.load(current(index).folder)
    assert sorted(own.path for own in waits.added) == ["ny.txt", "nyare.txt"]
    broken_off.undo()
    pipeline.build(library, index)
    assert not pending.load(current(index).folder)
    assert content(index) == built_anew(library, index)
    before = current(index)
    assert pipeline.build(library, index).generation == before


def test_what_is_removed_is_nowhere_at_once(
    library: Path, index: Path, broken_off: pytest.MonkeyPatch
):
    for name in ("ny.txt", "nyare.txt"):
        (library / name).write_text(NEW.replace("kvarngrillning", f"kvarn{name[:-4]}"), "utf-8")
        pipeline.build(library, index)
    (library / "ny.txt").unlink()
    pipeline.build(library, index)
    assert not pending.load(current(index).folder)
    assert content(index) == built_anew(library, index)
    assert not any(b"kvarnny." in file.read_bytes() for file in index.rglob("*") if file.is_file())


def test_another_builder_does_the_joining(library: Path, index: Path, monkeypatch):
    join = pipeline._join

    def late(library: Path, index: Path) -> generations.Generation | None:
        with generations.new_generation(index):
            return join(library, index)

    monkeypatch.setattr(generations, "_PATIENCE", 0.1)
    monkeypatch.setattr(pipeline, "_join", late)
    (library / "ny.txt").write_text(NEW, "utf-8")
    report = pipeline.build(library, index)
    assert found(index, "kvarngrillning") == {"ny.txt"}
    assert report.generation == current(index)
    monkeypatch.setattr(pipeline, "_join", join)
    pipeline.build(library, index)
    assert not pending.load(current(index).folder)
