from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UserError
from kb.library import Library


def test_files_are_listed_by_path_and_hidden_ones_are_not(tmp_path: Path):
    for path in ("b.txt", "a/å.txt", ".hidden", ".git/config"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    assert [original.path for original in Library(tmp_path).originals()] == ["a/å.txt", "b.txt"]


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(UserError, match="finns inte"):
        Library(tmp_path / "missing").originals()


def test_nothing_outside_the_library_is_found(tmp_path: Path):
    library = tmp_path / "library"
    library.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (library / "a.txt").write_text("x")
    assert Library(library).locate("a.txt") == library / "a.txt"
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), "b.txt", "a\0.txt", ""):
        assert Library(library).locate(path) is None


def test_sidecars_are_no_originals(tmp_path: Path):
    for path in ("a.txt", "a.txt.toml", "b.txt", "borta.txt.toml", ".a.txt.toml.1f"):
        (tmp_path / path).write_text("x")
    library = Library(tmp_path)
    originals = library.originals()
    assert [original.path for original in originals] == ["a.txt", "b.txt"]
    assert [original.corrected is not None for original in originals] == [True, False]
    assert library.sidecars() == [
        ("a.txt.toml", tmp_path / "a.txt"),
        ("borta.txt.toml", tmp_path / "borta.txt"),
    ]
    assert library.locate("a.txt.toml") is None
