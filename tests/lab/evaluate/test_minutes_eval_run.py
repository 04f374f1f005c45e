"""`kb eval parse` from end to end over made-up minutes, and the gold the project holds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kb.config import Settings
from kb.errors import UserError
from kb.lab.evaluate import minutes, unseen
from kb.lab.evaluate.minutes_gold import load
from kb.model import Part, Presence, Role
from tests.lab.evaluate.minutes_made_up import lay_out

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "tests" / "gold"
OPEN, BLIND = "a/moten.txt", "stacken/mote3.txt"


@pytest.fixture
def laid(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of evaluation data and of gold."""
    held, corpus = lay_out(tmp_path, OPEN, BLIND)
    (corpus / "MANIFEST.tsv").write_text(f"path\tdate\tdate_source\n{OPEN}\t2019-05-21\tfilename\n")
    shared = tmp_path / "shared"
    ocr = shared / "corpora" / "ocr"
    (ocr / "train").mkdir(parents=True)
    for reading in ("eng", "gar"):
        pairs = [[["möte"], ["mote"]], [["lampa"], ["lampa"]]]
        (ocr / "train" / f"a.{reading}.align.json").write_text(json.dumps(pairs))
    (ocr / "pdfdamage.train.jsonl").write_text(json.dumps({"clean": "må", "damaged": "ma "}))
    (ocr / "tesseract_word_confusions.tsv").write_text("variant\tgt\tocr\tcount\n")
    shutil.copytree(ROOT / "seeds", shared / "seeds")
    shutil.copytree(ROOT / "tests" / "golden", tmp_path / "golden")
    shutil.copytree(GOLD / "unseen", held.parent / "unseen")
    return shared, held.parent


def test_every_figure_is_printed_and_a_missed_floor_fails(
    laid: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
):
    assert minutes.run(*laid) == 1  # Höör is nowhere in the text
    printed = capsys.readouterr().out
    for figure in minutes.FIGURES:
        assert printed.count(f"\n{figure.name}  ") >= 2  # of whole and of damaged texts
    written, real = printed.split("\nOsedda organ, ")[1:]
    for unseen_figure in unseen.FIGURES:
        assert f"\n{unseen_figure.name}  " in written
    assert "inga texter" in real
    assert "Frön exakt lästa                                    100,00 %" in printed
    assert "exakt namn" in printed
    assert "Motsägelser märkta" in printed
    (part,) = [line for line in printed.splitlines() if line.startswith("Kommun")][:1]
    assert part.endswith("≥ 97,00 %  UNDER GOLVET")


def test_errors_are_told_of_the_open_half_only(
    laid: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
):
    assert minutes.run(*laid, errors="municipality") == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"- municipality {OPEN} – Höör: nämns" in lines
    closed = [gold.path for gold in unseen.load(GOLD / "unseen", None)[0] if gold.blind]
    assert closed
    for kind in ("", "damaged", "doubt"):
        minutes.run(*laid, errors=kind)
        told = capsys.readouterr().out
        assert not any(path in told for path in (BLIND, *closed))


def test_an_unknown_kind_of_error_names_those_there_are(laid: tuple[Path, Path]):
    with pytest.raises(UserError, match="date, person"):
        minutes.run(*laid, errors="fel")


def test_missing_seeds_are_told_of(laid: tuple[Path, Path]):
    shutil.rmtree(laid[1].parent / "golden")
    with pytest.raises(UserError, match="golden"):
        minutes.run(*laid)


VALUES = {*Presence, *Role, *Part}


@pytest.mark.parametrize("file", sorted((GOLD / "minutes").glob("*.json")), ids=lambda f: f.stem)
def test_gold_tells_of_people_by_place_only(file: Path):
    for person in json.loads(file.read_text("utf-8"))["people"]:
        said = {key: value for key, value in person.items() if isinstance(value, str)}
        assert set(said) <= {"presence", "role", "municipality"}
        assert said["presence"] in VALUES
        assert said.get("role") in VALUES | {None}


def test_gold_fits_the_corpus():
    corpus = Settings.from_environment().shared / "corpora" / "minutes"
    if not corpus.is_dir():
        pytest.skip("the folder of evaluation data is not here")
    documents = load(GOLD / "minutes", corpus)
    assert len({each.path for each in documents}) == len(documents)
    for each in documents:
        for person in each.people:
            assert any(c.isalpha() for c in person.name), each.path
            assert person.name == person.name.strip(" ,.;:-–()*#"), (each.path, person.span)
