"""What says the same is shown once, and every file in the folder is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from kb.build import pipeline
from kb.build.doubts import words_digest
from kb.build.status import FileTally, status
from kb.search.query import Query

TEXT = "Minnesanteckningar\nMöte i Klippan den 3 mars 2021\nGruppen beslutar om familjehem."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.md").write_text(TEXT, "utf-8")
    document = Document()
    for line in TEXT.upper().splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "c.docx"))
    (folder / "d.txt").write_text(TEXT.replace("2021", "2022"), "utf-8")
    (folder / "e.pdf").write_bytes(b"ingen pdf")
    (folder / "f.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    return folder


def test_the_same_bytes_and_the_same_words_are_one(library: Path, tmp_path: Path):
    report = pipeline.build(library, tmp_path / "index")
    assert report.duplicates == {"b.md": "a.txt", "c.docx": "a.txt"}
    engine = pipeline.open_engine(report.generation)
    assert {hit.id for hit in engine.search(Query("familjehem")).hits} == {"a.txt", "d.txt"}
    engine.close()


def test_the_numbers_add_up(library: Path, tmp_path: Path):
    index = tmp_path / "index"
    assert status(library, index).tally == FileTally(new=6)
    pipeline.build(library, index)
    state = status(library, index)
    assert state.ok
    assert state.tally == FileTally(searchable=2, duplicates=2, failed=2)
    (library / "g.txt").write_text("Nytt", "utf-8")
    (library / "d.txt").unlink()
    state = status(library, index)
    assert state.tally == FileTally(searchable=1, duplicates=2, failed=2, new=1)
    assert state.tally.total == state.originals == sum(1 for _ in library.iterdir())
    assert (state.new, state.gone) == (("g.txt",), 1)


def test_when_the_first_goes_the_next_takes_its_place(library: Path, tmp_path: Path):
    pipeline.build(library, tmp_path / "index")
    (library / "a.txt").unlink()
    report = pipeline.build(library, tmp_path / "index")
    assert report.duplicates == {"c.docx": "b.md"}


def test_corrections_of_a_duplicate_are_told_of(library: Path, tmp_path: Path):
    (library / "b.md.toml").write_text('[[words]]\noriginal = "Möte"\ncorrected = "Mötet"\n')
    report = pipeline.build(library, tmp_path / "index")
    assert [(own.path, "säger detsamma" in own.text) for own in report.remarks] == [("b.md", True)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ett  möte.\n", "ett MÖTE", True),
        ("Möte 2021", "Möte 2022", False),
        ("a b", "ab", False),
    ],
)
def test_words_alone_decide(one: str, other: str, same: bool):
    assert (words_digest(one) == words_digest(other)) is same


def test_no_words_are_no_duplicate():
    assert words_digest(" …\n") == ""
