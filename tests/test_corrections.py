"""From a correction of a word to a search that finds it, and back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kb import corrections, pipeline
from kb.library import sidecar
from kb.model import ChangeKind, Correction
from kb.search.query import Query
from kb.status import status

SCANNED = "004_08cf0bc6b16c0240.txt"
OTHER = "annan/skannad.txt"
NOW = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def library(tmp_path: Path, seeds: Path) -> Path:
    """A library of two scanned documents."""
    folder = tmp_path / "library"
    (folder / "annan").mkdir(parents=True)
    shutil.copy(seeds / SCANNED, folder / SCANNED)
    # Were it the same to the word, it would be a duplicate.
    (folder / OTHER).write_text((seeds / SCANNED).read_text("utf-8") + "\nSlut.\n", "utf-8")
    return folder


def build(library: Path) -> pipeline.BuildReport:
    return pipeline.build(library, library.parent / "index")


def found(report: pipeline.BuildReport, words: str) -> set[str]:
    engine = pipeline.open_engine(report.generation)
    try:
        return {hit.id for hit in engine.search(Query(words)).hits}
    finally:
        engine.close()


def by_hand(report: pipeline.BuildReport, path: str) -> list[tuple[str, str, float]]:
    engine = pipeline.open_engine(report.generation)
    try:
        document = engine.document(path)
        assert document
        return [
            (c.original, c.repaired, c.probability)
            for c in document.repaired.changes
            if c.kind is ChangeKind.CORRECTION
        ]
    finally:
        engine.close()


def test_a_correction_is_found_here_and_at_the_same_damage_elsewhere(library: Path):
    corrections.add(library / SCANNED, Correction("Hoganis", "Vitemölla", by="anna", at=NOW))
    report = build(library)
    assert found(report, "Vitemölla") == {SCANNED, OTHER}
    assert by_hand(report, SCANNED) == [("Hoganis", "Vitemölla", 1.0)]
    assert by_hand(report, OTHER) == [("Hoganis", "Vitemölla", 0.99)]
    assert (report.documents, report.failures, report.remarks) == (2, (), ())


def test_disagreement_keeps_a_correction_at_home(library: Path):
    corrections.add(library / SCANNED, Correction("Hoganis", "Vitemölla"))
    third = (library / SCANNED).read_text("utf-8") + "\nTredje.\n"
    (library / "tredje.txt").write_text(third, "utf-8")
    corrections.add(library / "tredje.txt", Correction("Hoganis", "Brantevik"))
    report = build(library)
    assert found(report, "Vitemölla") == {SCANNED}
    assert found(report, "Brantevik") == {"tredje.txt"}
    assert by_hand(report, OTHER) == []


def test_an_index_older_than_a_correction_is_outdated(library: Path):
    index = library.parent / "index"
    build(library)
    assert status(library, index).ok
    corrections.add(library / SCANNED, Correction("Hoganis", "Vitemölla"))
    state = status(library, index)
    assert state.problems == ("Rättningarna av 1 dokument har ändrats sedan indexet byggdes.",)
    assert state.command == f"kb build {library} --index {index}"
    assert state.originals == 2
    build(library)
    assert status(library, index).ok
    corrections.undo(library / SCANNED, Correction("Hoganis", ""))
    assert not status(library, index).ok
    report = build(library)
    assert status(library, index).ok
    assert found(report, "Vitemölla") == set()


def test_what_cannot_be_used_is_told_of_by_build_and_status(library: Path):
    sidecar(library / SCANNED).write_text(
        '[[words]]\noriginal = "Hoganis"\ncorrected = "Vitemölla"\n'
        '[[words]]\noriginal = "står inte där"\ncorrected = "x"\n[[words]]\noriginal = 5\n',
        "utf-8",
    )
    sidecar(library / OTHER).write_text("[[words", "utf-8")
    sidecar(library / "borta.txt").write_text("", "utf-8")
    report = build(library)
    assert report.documents == 2
    assert found(report, "Vitemölla") == {SCANNED, OTHER}
    told = {(remark.path, remark.text.split(" ")[0]) for remark in report.remarks}
    assert told == {
        (f"{SCANNED}.toml", "Rättning"),
        (SCANNED, "Rättningen"),
        (f"{OTHER}.toml", "Rättningarna"),
        ("borta.txt.toml", "Originalet"),
    }
    state = status(library, library.parent / "index")
    assert state.ok
    assert state.remarks == report.remarks


def test_a_corrected_file_that_cannot_be_read_does_not_stay_outdated(library: Path):
    (library / "bild.xyz").write_bytes(b"\x89PNG")
    corrections.add(library / "bild.xyz", Correction("a", "b"))
    build(library)
    assert status(library, library.parent / "index").ok
