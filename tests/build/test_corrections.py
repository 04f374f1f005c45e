"""From a correction of a word to a search that finds it, and back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kb import corrections
from kb.build import pipeline
from kb.build.status import status
from kb.library import sidecar
from kb.model import ChangeKind, Correction
from kb.search.facets import GROUP, MUNICIPALITY, PERSON, YEAR
from kb.search.query import Query, Sort

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


def test_corrected_facts_are_what_is_searched(library: Path):
    sidecar(library / SCANNED).write_text(
        "[[facts]]\ndate = 2021-02-03 # det riktiga\n"
        '[[facts]]\ngroup = "Chefsnätverket"\n'
        '[[facts]]\nmunicipality = "Lund"\npart = "deltog"\n'
        '[[facts]]\nperson = "Greta Gren"\nadd = true\nmunicipality = "Lund"\n'
        '[[facts]]\nperson = "Ingen Alls"\nremove = true\n',
        "utf-8",
    )
    report = build(library)
    engine = pipeline.open_engine(report.generation)
    try:
        for query in (
            Query().add(YEAR, "2021"),
            Query().add(GROUP, "Chefsnätverket"),
            Query().add(MUNICIPALITY, "Lund"),
            Query().add(PERSON, "Greta Gren"),
            Query("Greta Gren"),
        ):
            assert [hit.id for hit in engine.search(query).hits] == [SCANNED]
        newest = engine.search(Query(sort=Sort.NEWEST)).hits
        assert [hit.id for hit in newest] == [SCANNED, OTHER]
        document = engine.document(SCANNED)
        assert document
        assert document.corrected[0].read == "2020-01-10"
        assert len(document.corrected) == 4
    finally:
        engine.close()
    assert [(remark.path, remark.text) for remark in report.remarks] == [
        (
            SCANNED,
            "Rättningen av personen ”Ingen Alls” passar inte: "
            "personen finns inte bland deltagarna.",
        )
    ]


def test_a_hidden_section_is_not_searched(library: Path, seeds: Path):
    name = "000_08e6b7f91a39fe8b.txt"
    shutil.copy(seeds / name, library / name)
    assert name in found(build(library), "färdsätt buss Stella")
    sidecar(library / name).write_text('[[facts]]\nhide = "Osloresan"\n', "utf-8")
    state = status(library, library.parent / "index")
    assert "Rättningarna av 1 dokument har ändrats" in state.problems[0]
    report = build(library)
    assert report.remarks == ()
    assert found(report, "färdsätt buss Stella") == set()
    assert name in found(report, "Studiebesöket")


def test_a_slip_in_the_file_does_not_show_what_was_hidden(library: Path, seeds: Path):
    name = "000_08e6b7f91a39fe8b.txt"
    shutil.copy(seeds / name, library / name)
    broken = '[[facts]\nhide = "Osloresan"\nby = "anna\n'
    sidecar(library / name).write_text(broken, "utf-8")
    report = build(library)
    assert [remark.path for remark in report.remarks] == [f"{name}.toml"]
    assert found(report, "färdsätt buss Stella") == set()
    assert name in found(report, "Studiebesöket")
    sidecar(library / name).write_text('[[facts]]\nhide = "Osloresan"\nby = 3\n', "utf-8")
    assert found(build(library), "färdsätt buss Stella") == set()
