"""The bin: documents go in with what is said of them, and come back as they were."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kb import durable
from kb.corrections import files as sidecars
from kb.errors import UserError
from kb.library import Library, log, notes, trash


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "mapp").mkdir()
    (tmp_path / "mapp" / "a.txt").write_text("text")
    (tmp_path / "mapp" / "a.txt.toml").write_text("[[words]]")
    (tmp_path / "b.txt").write_text("annan")
    return Library(tmp_path)


def test_a_document_goes_and_comes_back_with_its_sidecar(library: Library):
    removed = trash.remove(library, "mapp/a.txt", "anna")
    assert [original.path for original in library.originals()] == ["b.txt"]
    assert library.sidecars() == []
    assert trash.removed(library.folder) == [removed]
    assert trash.restore(library, removed.key, "anna") == "mapp/a.txt"
    assert (library.folder / "mapp" / "a.txt").read_text() == "text"
    assert [path for path, _ in library.sidecars()] == ["mapp/a.txt.toml"]
    assert trash.removed(library.folder) == []


def test_the_folder_may_have_gone_meanwhile(library: Library):
    removed = trash.remove(library, "mapp/a.txt", "anna")
    (library.folder / "mapp").rmdir()
    trash.restore(library, removed.key, "anna")
    assert (library.folder / "mapp" / "a.txt").read_text() == "text"


def test_nothing_in_the_way_is_overwritten(library: Library):
    removed = trash.remove(library, "b.txt", "anna")
    (library.folder / "b.txt").write_text("ny")
    with pytest.raises(UserError, match="redan ett annat"):
        trash.restore(library, removed.key, "anna")
    assert (library.folder / "b.txt").read_text() == "ny"


@pytest.mark.parametrize("path", ["saknas.txt", "../b.txt", "b.txt.toml", "", "mapp"])
def test_only_originals_can_be_removed(library: Library, path: str):
    with pytest.raises(UserError, match="finns inte"):
        trash.remove(library, path, "anna")


@pytest.mark.parametrize("key", ["", "..", "x"])
def test_only_what_lies_there_comes_back(library: Library, key: str):
    trash.remove(library, "b.txt", "anna")
    with pytest.raises(UserError, match="inte längre"):
        trash.restore(library, key, "anna")


def test_emptying_is_for_good_and_logged(library: Library):
    removed = trash.remove(library, "b.txt", "anna")
    assert trash.empty(library, "berit") == 1
    with pytest.raises(UserError):
        trash.restore(library, removed.key, "anna")
    assert not list(library.folder.rglob("b.txt"))
    assert [(event.by, event.act, event.path) for event in log.events(library.folder)] == [
        ("anna", log.Act.REMOVE, "b.txt"),
        ("berit", log.Act.EMPTY, "b.txt"),
    ]


def test_what_was_cut_off_halfway_is_finished_the_next_time(library: Library):
    removed = trash.remove(library, "b.txt", "anna")
    place = library.folder / ".papperskorg" / removed.key
    (library.folder / "b.txt").hardlink_to(place / "b.txt")  # and then the machine stopped
    assert trash.restore(library, removed.key, "anna") == "b.txt"
    assert (library.folder / "b.txt").read_text() == "annan"
    assert trash.removed(library.folder) == []


def test_a_removal_that_is_cut_off_shows_nothing_that_was_hidden(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    rename, done = Path.rename, []

    def once(self: Path, target: Path) -> Path:
        if done:
            raise OSError(5, "the machine stopped")
        done.append(self)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(UserError, match="gick inte att ta bort"):
        trash.remove(library, "mapp/a.txt", "anna")
    monkeypatch.undo()
    assert [original.path for original in library.originals()] == ["b.txt"]
    (removed,) = trash.removed(library.folder)
    assert trash.restore(library, removed.key, "anna") == "mapp/a.txt"
    assert (library.folder / "mapp" / "a.txt.toml").read_text() == "[[words]]"


def test_emptying_leaves_nothing_of_a_removal_that_was_cut_off(library: Library):
    trash.remove(library, "mapp/a.txt", "anna")
    (library.folder / "mapp" / "a.txt.toml").write_text("[[words]]")  # it was not moved in time
    trash.empty(library, "anna")
    assert library.sidecars() == []


@pytest.mark.parametrize("name", ["om.json", "om.json.txt"])
def test_a_document_may_have_any_name(library: Library, name: str):
    (library.folder / name).write_text("eget")
    removed = trash.remove(library, name, "anna")
    assert trash.restore(library, removed.key, "anna") == name
    assert (library.folder / name).read_text() == "eget"


def test_a_broken_note_hides_no_other_document(library: Library):
    broken, whole = (trash.remove(library, path, "anna") for path in ("b.txt", "mapp/a.txt"))
    (library.folder / ".papperskorg" / broken.key / notes.NOTE).write_text("{")
    assert trash.removed(library.folder) == [whole]


def test_what_has_lost_its_note_is_swept_out(library: Library):
    removed = trash.remove(library, "b.txt", "anna")
    place = library.folder / ".papperskorg" / removed.key
    (place / notes.NOTE).unlink()
    notes.sweep(place.parent)
    assert place.exists()  # it may just be coming in
    os.utime(place, (0, 0))
    notes.sweep(place.parent)
    assert not place.exists()


def test_a_name_as_long_as_can_be_goes_and_comes_back(library: Library):
    name = "å" * 125 + "x.txt"
    assert len(name.encode()) == 255
    (library.folder / name).write_text("lång")
    removed = trash.remove(library, name, "anna")
    assert not (library.folder / name).exists()
    assert trash.restore(library, removed.key, "anna") == name
    assert (library.folder / name).read_text() == "lång"
    with pytest.raises(UserError, match="namnet är för långt"):
        sidecars.edit(library.folder / name, "words", lambda _: False, {"original": "x"})
    assert (library.folder / name).read_text() == "lång"
    trash.remove(library, name, "anna")
    assert trash.empty(library, "anna") == 1


def test_nothing_moves_when_it_cannot(library: Library, monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(durable, "create", fail)
    with pytest.raises(UserError, match="disken är full"):
        trash.remove(library, "mapp/a.txt", "anna")
    assert (library.folder / "mapp" / "a.txt").read_text() == "text"
    assert trash.removed(library.folder) == []
