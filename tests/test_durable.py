"""Whole files, also where the file system lacks hard links, permissions or synced folders."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kb import durable, system
from kb.build import intake
from kb.errors import UserError
from kb.library import Library, log, trash

CODES = [errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS]
TEXT = "Minnesanteckningar från Klippan den 3 mars 2021."


@pytest.fixture(params=CODES, ids=lambda code: errno.errorcode[code])
def no_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """A file system that has no hard links and no permissions, as exFAT or SMB."""

    def refuse(*_args, **_options):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "chmod", refuse)


def test_a_new_file_is_whole_and_replaces_none(tmp_path: Path, no_links):
    durable.create(tmp_path / "a", b"ett")
    with pytest.raises(FileExistsError):
        durable.create(tmp_path / "a", b"annat")
    durable.replace(tmp_path / "a", b"nytt")
    assert (tmp_path / "a").read_bytes() == b"nytt"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_put_in_place_leaves_nothing(tmp_path: Path, no_links, monkeypatch):
    def fail(self: Path, _target: Path) -> None:
        raise OSError(errno.EIO, "fel")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="fel"):
        durable.create(tmp_path / "a", b"ett")
    assert list(tmp_path.iterdir()) == []


def test_files_are_taken_in_removed_and_restored(tmp_path: Path, no_links):
    library = Library(tmp_path)
    receipts = list(intake.take_in(library, "a.txt", TEXT.encode(), "anna"))
    assert [receipt.path for receipt in receipts] == ["a.txt"]
    (tmp_path / "a.txt.toml").write_text("[[words]]")
    os.utime(tmp_path / "a.txt", ns=(1, 1_000_000_000))
    removed = trash.remove(library, "a.txt", "anna")
    assert trash.restore(library, removed.key, "anna") == "a.txt"
    assert (tmp_path / "a.txt").read_text("utf-8") == TEXT
    assert (tmp_path / "a.txt").stat().st_mtime_ns == 1_000_000_000
    assert (tmp_path / "a.txt.toml").read_text() == "[[words]]"
    assert [event.act for event in log.events(tmp_path)] == [
        log.Act.ADD, log.Act.REMOVE, log.Act.RESTORE,
    ]  # fmt: skip


def test_nothing_in_the_way_is_overwritten_by_what_is_restored(tmp_path: Path, no_links):
    library = Library(tmp_path)
    (tmp_path / "a.txt").write_text("text")
    removed = trash.remove(library, "a.txt", "anna")
    (tmp_path / "a.txt").write_text("ny")
    with pytest.raises(UserError, match="redan ett annat"):
        trash.restore(library, removed.key, "anna")
    assert (tmp_path / "a.txt").read_text() == "ny"


def test_rights_are_named_when_it_is_rights(tmp_path: Path, monkeypatch):
    def refuse(*_args, **_options):
        raise PermissionError(errno.EACCES, "nej")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(UserError, match="rättigheter saknas"):
        list(intake.take_in(Library(tmp_path), "a.txt", TEXT.encode(), "anna"))


def test_a_line_that_was_cut_off_costs_no_other(tmp_path: Path):
    target = tmp_path / "logg"
    durable.append(target, b"ett\n")
    with target.open("ab") as file:
        file.write(b"tv")
    durable.append(target, b"tre\n")
    assert target.read_bytes() == b"ett\ntv\ntre\n"
    assert target.stat().st_mode & 0o777 <= 0o640


def test_folders_are_not_opened_where_they_cannot_be(tmp_path: Path, monkeypatch):
    opened: list[str] = []
    real = os.open

    def note(path, flags, *mode, **options):
        if Path(path).is_dir() or not flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise PermissionError(errno.EACCES, "a folder, or only for reading", path)
        opened.append(str(path))
        return real(path, flags, *mode, **options)

    monkeypatch.setattr(system, "SYNCS_FOLDERS", False)
    monkeypatch.setattr(os, "open", note)
    durable.create(tmp_path / "a", b"ett")
    durable.replace(tmp_path / "a", b"nytt")
    assert (tmp_path / "a").read_bytes() == b"nytt"
    assert opened
