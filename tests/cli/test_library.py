"""The library from the command line: add, remove, restore, bin, inbox, log, status."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_cli import kb

NUMBER = "Barnet (811218-9876) placeras."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def run(library: Path):
    def command(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return kb(name, *arguments, "--library", str(library))

    return command


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    contents = {"a.txt": "Möte i Klippan.", "c.txt": NUMBER, "trasig.pdf": "x"}
    for name, text in contents.items():
        (tmp_path / name).write_text(text, "utf-8")
    return {name: str(tmp_path / name) for name in contents}


def names(library: Path) -> list[str]:
    return sorted(file.name for file in library.iterdir() if not file.name.startswith("."))


def test_each_file_is_told_of_and_the_others_go_on(library: Path, run, files):
    done = run("add", files["trasig.pdf"], str(library / "saknas.txt"), files["a.txt"])
    assert done.returncode == 1
    assert "trasig.pdf: avvisad. Filen heter .pdf" in done.stdout
    assert "saknas.txt: Filen går inte att öppna" in done.stderr
    assert "a.txt: tillagd som a.txt" in done.stdout
    assert names(library) == ["a.txt"]
    again = run("add", files["a.txt"])
    assert again.returncode == 0
    assert "finns redan som a.txt" in again.stdout


@pytest.mark.parametrize(
    ("option", "stored"),
    [
        ("--behall", {"c.txt": NUMBER}),
        ("--maskera", {"c (maskerad).txt": "Barnet (XXXXXX-XXXX) placeras."}),
    ],
)
def test_identity_numbers_are_answered_for_on_the_command_line(
    library: Path, run, files, option: str, stored: dict[str, str]
):
    assert run("add", option, files["c.txt"]).returncode == 0
    assert {name: (library / name).read_text("utf-8") for name in names(library)} == stored


def test_identity_numbers_wait_for_an_answer(library: Path, run, files):
    done = run("add", files["c.txt"])
    assert done.returncode == 1
    assert "811218" not in done.stdout
    key = done.stdout.split("kb inbox ")[1].split()[0]
    assert names(library) == []
    assert key in run("inbox").stdout
    assert run("inbox", key).returncode == 1
    assert run("inbox", "--behall").returncode == 1
    assert run("inbox", key, "--behall").returncode == 0
    assert names(library) == ["c.txt"]
    assert run("inbox").stdout == ""
    assert run("inbox", key, "--ta-tillbaka").returncode == 1


def test_somebody_at_a_terminal_is_asked(library: Path, run, files, monkeypatch):
    said = iter(["vad?", "m"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    assert run("add", files["c.txt"]).returncode == 0
    assert names(library) == ["c (maskerad).txt"]


def test_a_document_is_removed_put_back_and_deleted(library: Path, run, files):
    run("add", files["a.txt"])
    assert run("remove", "saknas.txt").returncode == 1
    assert run("remove", "a.txt").returncode == 0
    assert names(library) == []
    assert "a.txt" in run("bin").stdout
    assert run("restore", "a.txt").returncode == 0
    assert names(library) == ["a.txt"]
    assert run("restore", "a.txt").returncode == 1
    run("remove", "a.txt")
    assert "1 dokument raderade" in run("bin", "--empty").stdout
    assert run("bin").stdout == ""
    acts = [json.loads(line)["act"] for line in run("log", "--json").stdout.splitlines()]
    assert acts == ["tillagd", "borttagen", "återställd", "borttagen", "papperskorgen tömd"]
    assert "borttagen" in run("log").stdout


def test_status_accounts_for_every_file(library: Path, run, files, tmp_path: Path):
    run("add", files["a.txt"])
    for name, text in {"b.md": "MÖTE I KLIPPAN", "e.pdf": "x"}.items():
        (library / name).write_text(text, "utf-8")
    index = ("--index", str(tmp_path / "index"))
    built = kb("build", str(library), *index)
    assert "säger detsamma som a.txt: b.md" in built.stdout
    done = run("status", *index)
    assert "3 filer i biblioteket: 1 sökbara + 1 dubbletter + 1 kunde inte läsas." in done.stdout
    assert done.returncode == 0
    (library / "f.txt").write_text("Nytt", "utf-8")
    run("add", files["c.txt"])
    done = run("status", *index)
    assert "+ 1 nya, inte lästa än." in done.stdout
    assert "ny, inte läst än: f.txt" in done.stdout
    assert "1 inskickade filer" in done.stdout
    assert done.returncode == 1


def test_a_missing_library_is_named(tmp_path: Path):
    for command in (("add", __file__), ("remove", "x"), ("bin",), ("inbox",), ("log",)):
        done = kb(*command, "--library", str(tmp_path / "saknas"))
        assert done.returncode == 1
        assert "finns inte" in done.stderr
