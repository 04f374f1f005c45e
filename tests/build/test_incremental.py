"""A build does again what has changed, and only that."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kb import corrections, parse, read, repair
from kb.build import generations, pipeline, writing
from kb.build.pipeline import BuildReport
from kb.build.status import status
from kb.errors import OperatorError, UserError
from kb.model import Correction
from kb.search.query import Query
from tests.build.changed import changed_stage

SEEDS = (
    "000_08e6b7f91a39fe8b.txt",
    "001_1c16e1e66137dc8c.txt",
    "002_ef8f75dbef81a09c.txt",
)


class Calls:
    """How often each stage has worked since one last asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._counts = dict.fromkeys(("read", "repair", "parse"), 0)
        for name, room, function in (
            ("read", read, "read_original"),
            ("repair", repair, "repair"),
            ("parse", parse, "parse"),
        ):
            monkeypatch.setattr(room, function, self._counting(name, getattr(room, function)))

    def _counting(self, name: str, function):
        def counted(*arguments, **options):
            self._counts[name] += 1
            return function(*arguments, **options)

        return counted

    def taken(self) -> tuple[int, int, int]:
        counts = tuple(self._counts.values())
        self._counts = dict.fromkeys(self._counts, 0)
        return counts


@pytest.fixture
def library(tmp_path: Path, seeds: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    for name in SEEDS:
        shutil.copy(seeds / name, folder)
    return folder


@pytest.fixture
def index(library: Path) -> Path:
    return library.parent / "index"


@pytest.fixture
def calls(library: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Counts what a build does, after a first one."""
    pipeline.build(library, index)
    return Calls(monkeypatch)


def found(report: BuildReport, text: str) -> set[str]:
    engine = pipeline.open_engine(report.generation)
    try:
        return {hit.id for hit in engine.search(Query(text)).hits}
    finally:
        engine.close()


def held(index: Path, text: str) -> list[str]:
    """The files below the index folder in which a text stands, packed or not."""
    import zlib

    holding = []
    for file in index.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            if file.parent.parent.name == "derived":
                data = zlib.decompress(data)
            if text.encode() in data:
                holding.append(file.relative_to(index).as_posix())
    return holding


def test_nothing_is_done_when_nothing_has_changed(library: Path, index: Path, calls: Calls):
    before = generations.current(index)
    report = pipeline.build(library, index)
    assert calls.taken() == (0, 0, 0)
    assert report.generation == before
    assert (report.documents, report.indexed, report.removed) == (3, 0, 0)


def test_a_new_file_alone_is_worked_on(library: Path, index: Path, calls: Calls):
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    report = pipeline.build(library, index)
    assert calls.taken() == (1, 1, 1)
    assert (report.documents, report.indexed, report.removed) == (4, 1, 0)
    assert found(report, "kvarngrillning") == {"ny.txt"}
    assert status(library, index).ok


def test_a_changed_file_takes_the_place_of_the_old(library: Path, index: Path, calls: Calls):
    (library / SEEDS[0]).write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    report = pipeline.build(library, index)
    assert calls.taken() == (1, 1, 1)
    assert (report.documents, report.indexed, report.removed) == (3, 1, 0)
    assert found(report, "kvarngrillning") == {SEEDS[0]}


def test_a_touched_file_is_not_worked_on(library: Path, index: Path, calls: Calls):
    os.utime(library / SEEDS[0], (1, 1))
    assert not status(library, index).ok
    report = pipeline.build(library, index)
    assert calls.taken() == (0, 0, 0)
    assert report.indexed == 0
    assert status(library, index).ok


def test_a_renamed_file_is_not_read_again(library: Path, index: Path, calls: Calls):
    (library / SEEDS[0]).rename(library / "annat namn.txt")
    report = pipeline.build(library, index)
    assert calls.taken()[0] == 0
    assert (report.indexed, report.removed) == (1, 1)
    engine = pipeline.open_engine(report.generation)
    assert engine.ids() == {"annat namn.txt", *SEEDS[1:]}
    engine.close()


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("parser", (0, 0, 3)),
        ("repair", (0, 3, 0)),
        ("reader.text", (3, 3, 0)),
        ("reader.html", (0, 0, 0)),
        ("articles", (0, 0, 0)),
    ],
)
def test_another_version_redoes_its_own_work_and_what_comes_out_otherwise(
    library: Path,
    index: Path,
    calls: Calls,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    expected: tuple[int, int, int],
):
    changed_stage(monkeypatch, stage)
    assert not status(library, index).ok
    report = pipeline.build(library, index)
    done = calls.taken()
    assert done[0] == expected[0]
    assert done[1] == expected[1]
    assert done[2] == (3 if stage == "reader.text" else expected[2])
    assert report.indexed == 0  # nothing came out otherwise
    assert status(library, index).ok
    assert pipeline.build(library, index).indexed == 0
    assert calls.taken() == (0, 0, 0)


def test_another_version_of_the_engine_reads_nothing_again(
    library: Path, index: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
):
    changed_stage(monkeypatch, "engine")
    report = pipeline.build(library, index)
    assert calls.taken() == (0, 0, 0)
    assert report.indexed == 3


def test_full_starts_over(library: Path, index: Path, calls: Calls):
    report = pipeline.build(library, index, full=True)
    assert calls.taken() == (3, 3, 3)
    assert report.indexed == 3


def test_a_correction_of_a_word_is_for_its_document(library: Path, index: Path, calls: Calls):
    corrections.add(library / SEEDS[1], Correction("och", "samt"))
    report = pipeline.build(library, index)
    assert calls.taken() == (0, 1, 1)
    assert report.indexed == 1
    corrections.undo(library / SEEDS[1], Correction("och", "samt"))
    assert pipeline.build(library, index).indexed == 1


def test_a_correction_that_fits_nowhere_is_told_of_once_and_until_it_goes(
    library: Path, index: Path, calls: Calls
):
    corrections.add(library / SEEDS[1], Correction("finnsinte", "x"))
    (remark,) = pipeline.build(library, index).remarks
    assert remark.path == SEEDS[1]
    assert pipeline.build(library, index).remarks == (remark,)
    corrections.undo(library / SEEDS[1], Correction("finnsinte", "x"))
    assert pipeline.build(library, index).remarks == ()


def test_what_is_removed_leaves_no_text_behind(library: Path, index: Path):
    secret = library / "hemlig.txt"
    secret.write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    pipeline.build(library, index)
    (library / "ny.txt").write_text("Möte i Bjuv den 4 maj 2019 om allt annat", "utf-8")
    pipeline.build(library, index)
    assert held(index, "kvarngrillning")
    secret.unlink()
    report = pipeline.build(library, index)
    assert (report.documents, report.removed) == (4, 1)
    assert found(report, "kvarngrillning") == set()
    assert held(index, "kvarngrillning") == []


def test_what_is_replaced_leaves_no_text_behind(library: Path, index: Path):
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    pipeline.build(library, index)
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om [maskerat]", "utf-8")
    pipeline.build(library, index)
    assert held(index, "kvarngrillning") == []


def test_files_of_the_old_generation_are_never_written_to(library: Path, index: Path):
    old = pipeline.build(library, index).generation
    engine = pipeline.open_engine(old)
    before = {file.name: file.read_bytes() for file in (old.folder / "engine").iterdir()}
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")
    shutil.copy(library / SEEDS[0], library / "z.txt")
    (library / "z.txt").write_text("kvarngrillning " + (library / SEEDS[0]).read_text(), "utf-8")
    pipeline.build(library, index)
    after = {file.name: file.read_bytes() for file in (old.folder / "engine").iterdir()}
    assert after == before
    assert engine.search(Query("kvarngrillning")).total == 0
    engine.close()


def test_many_small_builds_come_to_the_same_as_one(library: Path, index: Path, tmp_path: Path):
    for number in range(12):
        (library / f"{number}.txt").write_text(f"Möte {number} i Bjuv om ärende{number}", "utf-8")
        if number % 4 == 3:
            (library / f"{number - 1}.txt").unlink()
        report = pipeline.build(library, index)
    whole = pipeline.build(library, tmp_path / "anew")
    for text in ("möte", "Bjuv", "ärende3", "ärende2", "ledningsgrupp", '"Möte 5"'):
        small, large = (
            pipeline.open_engine(report.generation),
            pipeline.open_engine(whole.generation),
        )
        one, other = small.search(Query(text)), large.search(Query(text))
        assert one.total == other.total
        assert {hit.id for hit in one.hits} == {hit.id for hit in other.hits}
        small.close()
        large.close()


def test_a_damaged_record_is_made_again(library: Path, index: Path, calls: Calls):
    for file in (index / "derived").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:100])
    shutil.rmtree(generations.current(index).folder)  # type: ignore[union-attr]  # there is one
    report = pipeline.build(library, index)
    assert calls.taken() == (3, 3, 3)
    assert report.documents == 3


def test_an_empty_library_is_not_taken_for_the_truth(library: Path, index: Path):
    pipeline.build(library, index)
    for name in SEEDS:
        (library / name).unlink()
    with pytest.raises(UserError, match="tom"):
        pipeline.build(library, index)
    report = pipeline.build(library, index, full=True)
    assert (report.documents, report.removed) == (0, 3)
    assert status(library, index).ok


def test_a_file_that_could_not_be_opened_is_tried_again(
    library: Path, index: Path, monkeypatch: pytest.MonkeyPatch
):
    (library / "bild.xyz").write_bytes(b"\x89PNG")
    (library / "tom.txt").mkdir()
    (library / "tom.txt").rmdir()
    shutil.copy(library / SEEDS[0], library / "a.txt")
    (library / "a.txt").write_text("Ett möte i Bjuv", "utf-8")

    def unable(*_: object) -> None:
        raise UserError("Filen går inte att öppna.") from OSError(5, "Input/output error")

    with monkeypatch.context() as context:
        context.setattr(read, "read_original", unable)
        assert len(pipeline.build(library, index).failures) == 5
    report = pipeline.build(library, index)
    assert [failure.path for failure in report.failures] == ["bild.xyz"]
    assert report.documents == 4


def test_a_failed_build_keeps_what_it_derived(
    library: Path, index: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
):
    (library / "ny.txt").write_text("Möte i Bjuv den 3 maj 2019 om kvarngrillning", "utf-8")

    def failing(*_: object) -> None:
        raise OperatorError("broken")

    with monkeypatch.context() as context:
        context.setattr(writing, "_check", failing)
        with pytest.raises(OperatorError):
            pipeline.build(library, index)
    assert calls.taken() == (1, 1, 1)
    assert pipeline.build(library, index).indexed == 1
    assert calls.taken() == (0, 0, 0)


def test_what_a_new_document_says_of_its_neighbours_changes_them(library: Path, index: Path):
    def minutes(day: str, more: str = "") -> str:
        return f"Styrgrupp för barn och unga\nMinnesanteckningar {day}\nPlats: Bjuv\n{more}\n"

    (library / "a.txt").write_text(minutes("2019-05-07", "Om kvarngrillning"), "utf-8")
    pipeline.build(library, index)
    announces = minutes("2019-03-05", "Nästa möte: 2019-05-07 kl 9.00")
    (library / "b.txt").write_text(announces, "utf-8")
    report = pipeline.build(library, index)
    assert report.indexed == 2
    engine = pipeline.open_engine(report.generation)
    document = engine.document("a.txt")
    assert document is not None
    assert any("aviserade" in reason for reason in document.minutes.date.reasons)
    engine.close()
    (library / "b.txt").unlink()
    report = pipeline.build(library, index)
    assert (report.indexed, report.removed) == (1, 1)
