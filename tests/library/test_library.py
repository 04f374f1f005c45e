from __future__ import annotations

import os
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


def test_what_lies_in_the_librarys_own_folders_is_no_document(tmp_path: Path):
    for path in (".logg/handelser.jsonl", ".papperskorg/1/a.txt", "a/.dold.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
        assert Library(tmp_path).locate(path) is None


def test_symlinks_are_told_of_and_not_followed(tmp_path: Path):
    library, outside = tmp_path / "library", tmp_path / "outside"
    for folder in (library, outside):
        folder.mkdir()
        (folder / "a.txt").write_text("x")
    (library / "folder").symlink_to(outside)
    (library / "file.txt").symlink_to(outside / "a.txt")
    (library / "nowhere.txt").symlink_to("gone")
    found = {original.path: original.unusable for original in Library(library).originals()}
    assert found.pop("a.txt") == ""
    assert found.keys() == {"folder", "file.txt", "nowhere.txt"}
    assert all("Genvägar följs inte" in why for why in found.values())
    assert Library(library).locate("a.txt")
    for path in ("folder/a.txt", "file.txt", "nowhere.txt"):
        assert Library(library).locate(path) is None


def test_a_pipe_is_told_of_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "a.txt")
    (found,) = Library(tmp_path).originals()
    assert "ingen vanlig fil" in found.unusable


def test_a_name_that_is_no_text_is_told_of(tmp_path: Path):
    (tmp_path / os.fsdecode(b"m\xf6te.txt")).write_text("x")
    (found,) = Library(tmp_path).originals()
    assert found.path == "m\\xf6te.txt"
    assert "UTF-8" in found.unusable


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


@pytest.mark.parametrize(
    "path",
    ["@eaDir/a.txt/SYNOFILE", "$RECYCLE.BIN/S-1/a.docx", "System Volume Information/x.txt",
     ".Trash-1000/files/a.txt", "mapp/Thumbs.db", "desktop.ini", "Desktop.INI", "~$protokoll.docx",
     ".DS_Store", "mapp/._a.docx", "#recycle/a.pdf", "__MACOSX/a.txt", "lost+found/x"],
)  # fmt: skip
def test_what_systems_leave_is_no_document(tmp_path: Path, path: str):
    for each in (path, "mapp/a.txt"):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text("x")
    library = Library(tmp_path)
    assert [original.path for original in library.originals()] == ["mapp/a.txt"]
    assert library.locate(path) is None


@pytest.mark.parametrize("path", ["~a.docx", "eaDir/a.txt", "thumbs.db.txt", "återvinning/x.txt"])
def test_what_only_looks_so_is_a_document(tmp_path: Path, path: str):
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("x")
    assert [original.path for original in Library(tmp_path).originals()] == [path]


@pytest.mark.parametrize("name", ["a\nb.txt", "a\rb.txt", "a\x1b[2Jb.txt", "a\u2028b.txt"])
def test_a_name_of_two_lines_is_refused(tmp_path: Path, name: str):
    (tmp_path / name).write_text("x")
    (found,) = Library(tmp_path).originals()
    assert "radbrytning" in found.unusable
    assert (tmp_path / name).exists()
