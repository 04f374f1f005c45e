"""`kb eval knowledge` from end to end over made-up minutes, and the gold the project holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.config import Settings
from kb.errors import UserError
from kb.lab.evaluate import knowledge
from kb.lab.evaluate.knowledge_gold import blind, load, overlap

GOLD = Path(__file__).parents[2] / "gold"
OPEN, LATER = "a/moten.txt", "a/senare.txt"
TEXTS = {
    OPEN: """\
Protokoll styrelsen 2019-03-05

Närvarande: Anna Berg, Jessica Alm

## Tröjor

Anna kontaktar Marknadsbyrån om priset.

## Nya stadgar

Punkten bordläggs till nästa möte.

## Nästa möte

Nästa möte är den 19 mars 2019.
""",
    LATER: """\
Protokoll styrelsen 2019-03-19

Närvarande: Anna Berg, Jessika Alm

## Tröjor

Marknadsbyrån har skickat en offert.

## Nya stadgar

Mötet antar stadgarna.
""",
}


def at(path: str, quote: str) -> dict[str, Any]:
    start = TEXTS[path].index(quote)
    return {"path": path, "span": [start, start + len(quote)]}


def name(path: str, quote: str) -> dict[str, Any]:
    return {"path": path, "places": [at(path, quote)["span"]]}


LISTS: dict[str, list[dict[str, Any]]] = {
    "people": [
        {"one": name(OPEN, "Jessica Alm"), "other": name(LATER, "Jessika Alm"), "same": True},
        {"one": name(OPEN, "Anna Berg"), "other": name(LATER, "Jessika Alm"), "same": False},
    ],
    "undertakings": [
        at(OPEN, "Anna kontaktar Marknadsbyrån")
        | {"later": [at(LATER, "Marknadsbyrån har skickat en offert.")]}
    ],
    "postponed": [at(OPEN, "Punkten bordläggs") | {"later": [at(LATER, "Nya stadgar")]}],
    "announced": [at(OPEN, "19 mars 2019") | {"date": "2019-03-19", "held": LATER}],
}

Change = Callable[[dict[str, list[dict[str, Any]]]], None]


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[..., tuple[Path, Path, Path]]:
    """Write texts and gold; return the folders of evaluation data, gold and seeds."""

    def write(change: Change | None = None) -> tuple[Path, Path, Path]:
        shared, gold, seeds = (tmp_path / own for own in ("shared", "gold", "seeds"))
        ocr = shared / "corpora" / "ocr"
        for folder in (shared / "corpora" / "minutes" / "a", ocr / "train", gold / "knowledge",
                       seeds):  # fmt: skip
            folder.mkdir(parents=True)
        for path, text in TEXTS.items():
            (shared / "corpora" / "minutes" / path).write_text(text)
        (seeds / "frö.txt").write_text("Protokoll kören 2018-01-02\n\nNärvarande: Bo Ek\n")
        for reading in ("eng", "gar"):
            pairs = [[["möte"], ["mote"]], [["lampa"], ["lampa"]]]
            (ocr / "train" / f"a.{reading}.align.json").write_text(json.dumps(pairs))
        (ocr / "pdfdamage.train.jsonl").write_text(json.dumps({"clean": "må", "damaged": "ma "}))
        (ocr / "tesseract_word_confusions.tsv").write_text("variant\tgt\tocr\tcount\n")
        lists = json.loads(json.dumps(LISTS))
        if change:
            change(lists)
        files = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in TEXTS.items()}
        for kind, items in lists.items():
            content = json.dumps({"files": files, "items": items})
            (gold / "knowledge" / f"{kind}.json").write_text(content)
        return shared, gold, seeds

    return write


def test_all_figures_are_printed_and_hold(lay_out, capsys):
    assert knowledge.run(*lay_out()) == 0
    printed = capsys.readouterr().out
    for figure in (knowledge.PRECISION, knowledge.RECALL, *knowledge.FOLLOWED):
        (line,) = [own for own in printed.splitlines() if own.startswith(f"{figure.name}  ")]
        assert "100,00 %" in line
        assert "≥" in line


def _other_minutes(lists: dict[str, list[dict[str, Any]]]) -> None:
    lists["announced"][0]["held"] = None


def _not_the_same(lists: dict[str, list[dict[str, Any]]]) -> None:
    lists["people"][0]["same"] = False


def _never_mentioned(lists: dict[str, list[dict[str, Any]]]) -> None:
    lists["undertakings"][0]["later"] = []


def _still_open(lists: dict[str, list[dict[str, Any]]]) -> None:
    lists["postponed"][0]["later"] = []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_other_minutes, "announced"),
        (_not_the_same, "person"),
        (_never_mentioned, "shown"),
        (_still_open, "postponed"),
    ],
)
def test_what_is_wrong_misses_its_floor_and_is_listed(lay_out, capsys, change, kind):
    folders = lay_out(change)
    assert knowledge.run(*folders) == 1
    assert "UNDER GOLVET" in capsys.readouterr().out
    assert knowledge.run(*folders, errors=kind) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line[2:].startswith(kind) for line in lines)


def test_an_unknown_kind_of_error_names_those_there_are(lay_out):
    with pytest.raises(UserError, match="person, shown"):
        knowledge.run(*lay_out(), errors="fel")


def test_a_file_that_has_changed_is_told_of(lay_out):
    folders = lay_out()
    (folders[0] / "corpora" / "minutes" / OPEN).write_text("Något annat")
    with pytest.raises(UserError, match="är inte den fil"):
        knowledge.run(*folders)


def test_missing_gold_is_told_of(lay_out):
    folders = lay_out()
    (folders[1] / "knowledge" / "people.json").unlink()
    with pytest.raises(UserError, match=r"people\.json"):
        knowledge.run(*folders)


def test_spans_have_characters_in_common():
    assert overlap((0, 5), (3, 9)) == 2
    assert overlap((0, 5), (5, 9)) == 0


def test_gold_fits_the_corpus_and_is_of_the_promised_size():
    shared = Settings.from_environment().shared
    if not (shared / "corpora" / "minutes").is_dir():
        pytest.skip("the folder of evaluation data is not here")
    gold = load(GOLD / "knowledge", shared / "corpora" / "minutes", GOLD.parents[1] / "seeds")
    for items, least in (
        (gold.people, 150), (gold.undertakings, 40), (gold.postponed, 40), (gold.announced, 30),
    ):  # fmt: skip
        assert len(items) >= least
        assert 0 < sum(map(blind, items)) < len(items)
    for pair in gold.people:
        for own in (pair.one, pair.other):
            # A name is broken over lines here and there, in Typst with a backslash.
            parts = (gold.texts[own.path].text[a:b].replace("\\", " ") for a, b in own.places)
            assert len({" ".join(part.split()) for part in parts}) == 1


@pytest.mark.parametrize("file", sorted((GOLD / "knowledge").glob("*.json")), ids=lambda f: f.stem)
def test_gold_holds_places_and_dates_only(file: Path):
    held = json.loads(file.read_text("utf-8"))

    def words(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [word for key, own in value.items() if key != "date" for word in words(own)]
        if isinstance(value, list):
            return [word for own in value for word in words(own)]
        return [value] if isinstance(value, str) else []

    assert set(words(held["items"])) <= set(held["files"])
