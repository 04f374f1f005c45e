from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from kb.build import pipeline
from kb.build.status import status
from kb.read import ocr
from tests.build.changed import changed_stage


@pytest.fixture
def library(tmp_path: Path, seeds: Path) -> Path:
    folder = tmp_path / "library"
    shutil.copytree(seeds, folder)
    return folder


def test_no_index(library: Path, tmp_path: Path):
    state = status(library, tmp_path / "index")
    assert not state.ok
    assert state.command
    assert state.command.startswith("kb build")


def test_no_library(tmp_path: Path):
    assert "finns inte" in status(tmp_path / "missing", tmp_path / "index").problems[0]


def test_a_fresh_index_is_current(library: Path, tmp_path: Path):
    pipeline.build(library, tmp_path / "index")
    state = status(library, tmp_path / "index")
    assert state.ok
    assert (state.originals, state.searchable) == (5, 5)


def test_new_changed_and_removed_files_are_named(library: Path, tmp_path: Path):
    pipeline.build(library, tmp_path / "index")
    files = sorted(library.iterdir())
    files[0].unlink()
    files[1].write_text("Ändrad", "utf-8")
    (library / "ny.txt").write_text("Ny", "utf-8")
    assert status(library, tmp_path / "index").problems == (
        "Biblioteket har ändrats sedan indexet byggdes: 1 nya, 1 ändrade, 1 borttagna.",
    )


def test_another_version_is_named(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pipeline.build(library, tmp_path / "index")
    changed_stage(monkeypatch, "parser")
    assert "tolkningen av minnesanteckningar" in status(library, tmp_path / "index").problems[0]


def test_files_that_cannot_be_read_are_counted_and_named(library: Path, tmp_path: Path):
    (library / "bild.xyz").write_bytes(b"\x89PNG")
    (library / "binär.txt").write_bytes(b"a\0b")
    report = pipeline.build(library, tmp_path / "index")
    assert {failure.path for failure in report.failures} == {"bild.xyz", "binär.txt"}
    state = status(library, tmp_path / "index")
    assert state.ok
    assert state.originals == state.searchable + len(state.failures) == 7


def test_one_file_that_cannot_be_used_costs_no_other(library: Path, tmp_path: Path):
    (library / os.fsdecode(b"m\xf6te.txt")).write_text("Möte i Bjuv")
    (library / "genväg.txt").symlink_to(tmp_path)
    report = pipeline.build(library, tmp_path / "index")
    assert {failure.path for failure in report.failures} == {"m\\xf6te.txt", "genväg.txt"}
    state = status(library, tmp_path / "index")
    assert state.ok
    assert (state.tally.searchable, state.tally.failed, state.tally.total) == (5, 2, 7)


def test_files_that_wait_are_told_of_once_they_can_be_read(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    Image.new("L", (60, 60), "white").save(library / "sida.png")
    pipeline.build(library, tmp_path / "index")
    before = status(library, tmp_path / "index")
    assert before.ok
    assert (before.tally.searchable, before.tally.waiting) == (5, 1)
    told = programs / ocr.PROGRAM
    told.write_text("#!/bin/sh\necho swe 5.0\n")
    told.chmod(0o755)
    after = status(library, tmp_path / "index")
    assert after.problems == ("Textigenkänning har installerats: 1 fil som väntar kan läsas nu.",)
    assert after.tally == before.tally
