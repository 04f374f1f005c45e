"""The gold of unseen bodies is well-formed: read as JSON, with nothing of the parser's."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "gold" / "unseen"
FILES = sorted(FOLDER.glob("*/*.json"))
WRITTEN = [file for file in FILES if file.parent.name == "written"]
REAL = [file for file in FILES if file.parent.name == "real"]

KEYS = {
    "path", "sha256", "length", "scope", "date", "date_span", "group", "time", "end_time", "place",
    "people", "municipalities", "sections", "decisions", "actions", "postponed", "meetings",
    "voices", "doubtful",
}  # fmt: skip
PRESENCE = {"närvarande", "ej närvarande", "gäst", "övrig"}
ROLES = {None, "ordförande", "sekreterare", "justerare", "adjungerad", "ersättare"}
PARTS = {"värd", "deltog", "handlar om", "frånvarande", "nämns"}
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

Json = dict[str, Any]
Place = tuple[int, int]


def _name(file: Path) -> str:
    return file.stem


def _read(file: Path) -> Json:
    gold: Json = json.loads(file.read_text(encoding="utf-8"))
    return gold


def _body(file: Path) -> str:
    return file.stem.partition("__")[0]


def _split() -> list[dict[str, str]]:
    lines = (FOLDER / "split.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def _places(gold: Json) -> Iterator[Place]:
    """Every span of a file."""
    for key in ("date_span", "group", "place"):
        if gold[key] is not None:
            yield gold[key]
    for person in gold["people"]:
        yield from person["name"]
        yield from person.get("also", [])
        yield from person["organisation"] or []
        if person["title"] is not None:
            yield person["title"]
    for section in gold["sections"]:
        yield section["heading"]
    yield from gold["decisions"]
    yield from gold["postponed"]
    for action in gold["actions"]:
        yield action["span"]
        yield from action["who"]
    for entry in (*gold["meetings"], *gold["voices"]):
        yield entry["span"]


def _dates(gold: Json) -> Iterator[str]:
    if gold["date"] is not None:
        yield gold["date"]
    yield from (meeting["date"] for meeting in gold["meetings"])
    yield from (action["due"] for action in gold["actions"] if action["due"] is not None)


def test_split_names_every_body_once() -> None:
    rows = _split()
    assert len(rows) == len({row["body"] for row in rows})
    assert {(row["body"], row["kind"]) for row in rows} == {
        (_body(file), file.parent.name) for file in FILES
    }


def test_split_is_into_halves() -> None:
    """As many bodies of either kind in either half, but for one in five."""
    assert len(REAL) >= 10
    for kind in ("real", "written"):
        halves = [row["half"] for row in _split() if row["kind"] == kind]
        assert set(halves) == {"open", "closed"}
        assert 0.4 <= halves.count("open") / len(halves) <= 0.6


def test_bodies_are_in_no_other_gold() -> None:
    others = {_body(file) for file in (FOLDER.parent / "minutes").glob("*.json")}
    assert others
    assert not others & {_body(file) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_keys_and_values(file: Path) -> None:
    gold = _read(file)
    assert gold.keys() - {"source"} == KEYS
    assert gold["path"] == f"{file.stem}.txt"
    assert re.fullmatch(r"[0-9a-f]{64}", gold["sha256"])
    assert (gold["date"] is None) == (gold["date_span"] is None)
    for person in gold["people"]:
        assert person["name"]
        assert person["presence"] in PRESENCE
        assert person["role"] in ROLES
    for section in gold["sections"]:
        assert section["level"] in (1, 2)
        assert section["kind"] in ("punkt", "dagordning", "bilaga")
    assert all(action["who"] for action in gold["actions"])
    assert all(isinstance(doubt, str) and doubt for doubt in gold["doubtful"])


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_dates_and_times(file: Path) -> None:
    gold = _read(file)
    for date in _dates(gold):
        assert dt.date.fromisoformat(date).isoformat() == date
    for meeting in gold["meetings"]:
        assert gold["date"] is None or meeting["date"] > gold["date"]
    times = [gold["time"], gold["end_time"], *(meeting["time"] for meeting in gold["meetings"])]
    assert all(time is None or TIME.fullmatch(time) for time in times)
    assert len({meeting["date"] for meeting in gold["meetings"]}) == len(gold["meetings"])


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_municipalities_are_told_once_and_cover_all_others_named(file: Path) -> None:
    gold = _read(file)
    parts = {each["name"]: each["part"] for each in gold["municipalities"]}
    assert len(parts) == len(gold["municipalities"])
    assert set(parts.values()) <= PARTS
    said = {each["municipality"] for each in (*gold["sections"], *gold["voices"])} - {None}
    assert said <= parts.keys()
    for person in gold["people"]:
        if person["municipality"] is not None:
            there = person["presence"] != "ej närvarande"
            assert parts[person["municipality"]] in (
                ("värd", "deltog") if there else ("frånvarande", "värd", "deltog")
            )


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_spans_are_inside_the_text(file: Path) -> None:
    gold = _read(file)
    assert gold["scope"] == [0, gold["length"]]
    for start, end in _places(gold):
        assert 0 <= start < end <= gold["length"]
    for action in gold["actions"]:
        first, last = action["span"]
        assert all(first <= start and end <= last for start, end in action["who"])
    for key in ("decisions", "postponed"):
        assert all(one[1] <= other[0] for one, other in pairwise(gold[key]))
    names = sorted(place for person in gold["people"] for place in person["name"])
    assert all(one[1] <= other[0] for one, other in pairwise(names))


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_sections_are_nested(file: Path) -> None:
    gold = _read(file)
    assert not gold["sections"] or gold["sections"][0]["level"] == 1
    open_end = gold["length"]
    for section in gold["sections"]:
        assert section["heading"][1] <= section["end"] <= gold["length"]
        if section["level"] == 1:
            open_end = section["end"]
        assert section["end"] <= open_end
    for one, other in pairwise(gold["sections"]):
        assert one["heading"][1] <= other["heading"][0]
        if one["level"] >= other["level"]:
            assert one["end"] <= other["heading"][0]


@pytest.mark.parametrize("file", WRITTEN, ids=_name)
def test_written_texts_fit_their_gold(file: Path) -> None:
    gold = _read(file)
    data = file.with_suffix(".txt").read_bytes()
    text = data.decode()
    assert hashlib.sha256(data).hexdigest() == gold["sha256"]
    assert "\r" not in text
    assert len(text) == gold["length"]
    for start, end in _places(gold):
        quote = text[start:end]
        assert quote == quote.strip()
        assert re.search(r"\w", quote)
    for section in gold["sections"]:
        assert not text[: section["end"]][-1:].isspace()


def test_every_written_text_has_gold() -> None:
    texts = {file.stem for file in (FOLDER / "written").glob("*.txt")}
    assert texts == {file.stem for file in WRITTEN}


@pytest.mark.parametrize("file", REAL, ids=_name)
def test_real_ones_are_pointers_only(file: Path) -> None:
    source = _read(file)["source"]
    assert source["whole"] in ("yes", "opening")
    assert source.keys() - {"whole"} in ({"url", "query"}, {"repo", "file", "commit"})
    assert all(source.values())


def test_no_text_of_real_minutes_is_kept() -> None:
    assert [file for file in (FOLDER / "real").iterdir() if file.suffix != ".json"] == []
