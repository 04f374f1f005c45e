"""Sidecars on disk: what people wrote in them is never lost."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb import corrections
from kb.errors import UserError
from kb.library import Library, sidecar
from kb.model import Correction

NOW = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)
BY_HAND = """\
# Våra rättningar
title = "Socialcheferna" # inte det som står

[[words]]
original = "Sval6v" # en kommun
corrected = "Svalöv"

# Vilka de är
[persons]
"Hikan" = "Håkan"
"""


@pytest.fixture
def original(tmp_path: Path) -> Path:
    file = tmp_path / "möte.txt"
    file.write_text("Sval6v och Hoganis, Sval6v", "utf-8")
    return file


def said(word: str, reading: str, start: int | None = None) -> Correction:
    return Correction(word, reading, start, "anna", NOW)


def names(original: Path) -> list[str]:
    return sorted(file.name for file in original.parent.iterdir())


def test_what_is_added_is_read_back(original: Path):
    made = [said("Sval6v", "Svalöv"), said("Hoganis", "Höganäs", 11), said('"\n\\', "citat ”")]
    for correction in made:
        corrections.add(original, correction)
    assert corrections.load(original) == corrections.Sidecar(tuple(made))


def test_no_sidecar_is_no_corrections(original: Path):
    assert corrections.load(original) == corrections.Sidecar()


def test_a_later_correction_takes_the_place_of_an_earlier_one(original: Path):
    corrections.add(original, said("Sval6v", "Sval", 0))
    corrections.add(original, said("Sval6v", "Svalöv", 0))
    corrections.add(original, said("Sval6v", "Svalan", 20))
    assert [c.corrected for c in corrections.load(original).corrections] == ["Svalöv", "Svalan"]
    corrections.add(original, said("Sval6v", "Svalöv"))
    assert corrections.load(original).corrections == (said("Sval6v", "Svalöv"),)


def test_what_people_wrote_stays(original: Path):
    sidecar(original).write_text(BY_HAND, "utf-8")
    corrections.add(original, said("Hoganis", "Höganäs"))
    text = sidecar(original).read_text("utf-8")
    assert tomllib.loads(text)["persons"] == {"Hikan": "Håkan"}
    for line in BY_HAND.splitlines():
        assert line in text
    corrections.undo(original, said("Hoganis", ""))
    assert tomllib.loads(sidecar(original).read_text("utf-8")) == tomllib.loads(BY_HAND)


def test_undoing_the_last_leaves_nothing_behind(original: Path):
    corrections.add(original, said("Sval6v", "Svalöv"))
    corrections.undo(original, said("Sval6v", ""))
    assert names(original) == ["möte.txt"]
    with pytest.raises(UserError, match="ingen rättning"):
        corrections.undo(original, said("Sval6v", ""))


@pytest.mark.parametrize(
    "before",
    [
        'words = [{original = "a", corrected = "b"}]\n[x]\ny = 1\n',
        "words = []\n",
        '[[words]]\noriginal = "a"\n[x]\ny = 1\n[[words]]\noriginal = "c"\n',
        '\ufeff[[words]]\r\noriginal = "a"\r\ncorrected = "b"\r\n',
        "[x]\ny = 1",
        "# bara en kommentar",
    ],
)
def test_every_way_to_write_a_list_can_be_added_to(original: Path, before: str):
    target = sidecar(original)
    target.write_bytes(before.encode())
    corrections.add(original, said("Sval6v", "Svalöv"))
    was = tomllib.loads(before.removeprefix("\ufeff"))
    now = tomllib.loads(target.read_bytes().decode())
    assert now["words"][:-1] == was.get("words", [])
    assert now["words"][-1]["corrected"] == "Svalöv"
    assert now.get("x") == was.get("x")


@pytest.mark.parametrize("broken", ["words = 1", "[[words]\n", b"\xff\xfe", 'words = "x"'])
def test_a_sidecar_that_cannot_be_read_is_told_of_and_left_alone(
    original: Path, broken: str | bytes
):
    content = broken.encode() if isinstance(broken, str) else broken
    sidecar(original).write_bytes(content)
    found = corrections.load(original)
    assert not found.corrections
    assert len(found.problems) == 1
    with pytest.raises(UserError, match=r"möte\.txt\.toml"):
        corrections.add(original, said("Sval6v", "Svalöv"))
    assert sidecar(original).read_bytes() == content


@pytest.mark.parametrize(
    "entry",
    [
        "corrected = 'b'",
        "original = 1\ncorrected = 'b'",
        "original = 'a'\ncorrected = ''",
        "original = 'a'\ncorrected = 'b'\nstart = true",
        "original = 'a'\ncorrected = 'b'\nstart = -1",
        "original = 'a'\ncorrected = 'b'\nat = 'i går'",
        "original = 'a'\ncorrected = 'b'\nby = 3",
        'original = "a"\ncorrected = "b\\u0000"',
        f"original = 'a'\ncorrected = '{'b' * 201}'",
    ],
)
def test_a_bad_entry_does_not_cost_the_others(original: Path, entry: str):
    good = "[[words]]\noriginal = 'Sval6v'\ncorrected = 'Svalöv'\n"
    sidecar(original).write_text(f"[[words]]\n{entry}\n{good}", "utf-8")
    found = corrections.load(original)
    assert found.corrections == (Correction("Sval6v", "Svalöv"),)
    assert "Rättning 1" in found.problems[0]


def test_times_may_be_written_by_hand(original: Path):
    entries = [
        f"[[words]]\noriginal = 'a'\ncorrected = 'b'\nat = {at}\n"
        for at in ("2026-03-14", "2026-03-14 09:30:00", "2026-03-14T09:30:00+01:00")
    ]
    sidecar(original).write_text("".join(entries), "utf-8")
    times = [c.at for c in corrections.load(original).corrections]
    assert all(time and time.tzinfo and time.date().isoformat() == "2026-03-14" for time in times)


def test_a_write_that_fails_leaves_the_old_file_whole(
    original: Path, monkeypatch: pytest.MonkeyPatch
):
    corrections.add(original, said("Sval6v", "Svalöv"))
    before = sidecar(original).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.durable.os.fsync", full)
    with pytest.raises(UserError, match="gick inte att skriva"):
        corrections.add(original, said("Hoganis", "Höganäs"))
    monkeypatch.undo()
    assert sidecar(original).read_bytes() == before
    assert names(original) == ["möte.txt", "möte.txt.toml"]


def test_threads_do_not_overwrite_each_other(original: Path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: corrections.add(original, said(f"ord{n}", "x")), range(40)))
    assert len(corrections.load(original).corrections) == 40


def _add_some(file: Path, who: int) -> None:
    for number in range(10):
        corrections.add(file, said(f"ord{who}-{number}", "x"))


def test_processes_do_not_overwrite_each_other(original: Path):
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_add_some, args=(original, who)) for who in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(corrections.load(original).corrections) == 30


def test_the_original_and_its_folder_are_otherwise_left_alone(original: Path):
    before = original.read_bytes(), original.stat().st_mtime_ns
    corrections.add(original, said("Sval6v", "Svalöv"))
    assert (original.read_bytes(), original.stat().st_mtime_ns) == before
    assert names(original) == ["möte.txt", "möte.txt.toml"]


def test_a_library_is_gathered(original: Path):
    (original.parent / "mapp").mkdir()
    other = original.parent / "mapp" / "annat.txt"
    other.write_text("x", "utf-8")
    corrections.add(original, said("Sval6v", "Svalöv"))
    corrections.add(other, said("x", "y"))
    sidecar(original.parent / "borta.txt").write_text("", "utf-8")
    register = corrections.gather(Library(original.parent))
    assert {path: len(own) for path, own in register.by_path.items()} == {
        "möte.txt": 1,
        "mapp/annat.txt": 1,
    }
    assert [problem.path for problem in register.problems] == ["borta.txt.toml"]


def register(*all_corrections: Correction) -> corrections.Register:
    return corrections.Register({str(n): (c,) for n, c in enumerate(all_corrections)}, ())


def test_corrections_spread_only_while_they_agree():
    one, same, other = said("a", "b"), said("a", "b"), said("a", "c")
    assert register(one, same).agreed() == {"a": "b"}
    assert register(one, other).agreed() == {}
    assert register(one, said("a", "c", 3)).agreed() == {}
    assert register(said("a", "b", 3)).agreed() == {}
    assert register(one, said("a", "b", 3)).agreed() == {"a": "b"}


TEXT = "Sval6v, Sval6vs och (Sval6v)\nnitver-\nket"


@pytest.mark.parametrize(
    ("word", "reading", "message"),
    [
        ("Sval6", "Svalö", "står inte som eget ord"),
        ("Hoganis", "Höganäs", "står inte som eget ord"),
        ("Sval6v", "  ", "skriv vad ordet"),
        ("", "x", "skriv vad ordet"),
        ("Sval6v", "x\u202e", "styrtecken"),
        ("Sval6v", "x\x07", "styrtecken"),
        ("Sval6v", "x" * 201, "högst 200"),
    ],
)
def test_what_cannot_be_a_correction_is_refused(word: str, reading: str, message: str):
    with pytest.raises(UserError, match=message):
        corrections.checked(said(word, reading), TEXT)


def test_a_correction_is_tidied_up():
    assert corrections.checked(said("Sval6v", " Svalo\u0308v \n"), TEXT).corrected == "Svalöv"
    assert corrections.checked(said("nitver-\nket", "nätverket"), TEXT)


def test_places():
    assert [span.start for span in said("Sval6v", "x").places(TEXT)] == [0, 21]
    assert [span.start for span in said("Sval6v", "x", 19).places(TEXT)] == [21]
