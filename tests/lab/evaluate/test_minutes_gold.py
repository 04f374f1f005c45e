"""The gold of minutes fits the files it speaks of, and itself."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from kb.config import Settings
from kb.model import Part, Presence, Role
from kb.read.plain import read_plain

FILES = sorted((Path(__file__).parents[2] / "gold" / "minutes").glob("*.json"))
LISTS = {"people", "municipalities", "sections", "decisions", "actions", "postponed", "meetings"}
VALUES = {"path", "sha256", "scope", "date", "date_span", "group", "time", "end_time", "place"}


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def gold(request):
    return json.loads(request.param.read_bytes()) | {"file": request.param}


@pytest.fixture
def text(gold):
    """Return the text the gold speaks of, if it is here and is the one that was read."""
    corpus = Settings.from_environment().shared / "corpora" / "minutes"
    if not corpus.is_dir():
        pytest.skip("the folder of evaluation data (KB_SHARED) is not here")
    data = (corpus / gold["path"]).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert digest == gold["sha256"], "another file than was read"
    return read_plain(data, gold["path"], digest).text


def spans(gold):
    yield from (gold[key] for key in ("date_span", "group", "place") if gold[key])
    for person in gold["people"]:
        yield from person["name"]
        yield from person.get("also", ())
        yield from [person["title"]] if person["title"] else ()
        yield from person["organisation"] or ()
    yield from (section["heading"] for section in gold["sections"])
    yield from gold["decisions"]
    yield from gold["postponed"]
    for action in gold["actions"]:
        yield from (action["span"], *action["who"])
    yield from (meeting["span"] for meeting in gold["meetings"])


def test_there_is_gold():
    assert FILES


def test_keys_and_values_are_those_of_the_format(gold):
    assert gold.keys() == LISTS | VALUES | {"doubtful", "file"}
    assert gold["file"].name.startswith(gold["path"].split("/")[0] + "__")
    for person in gold["people"]:
        Presence(person["presence"])
        assert person["role"] is None or Role(person["role"])
    for each in gold["municipalities"]:
        Part(each["part"])
    dates = [gold["date"], *(each["date"] for each in gold["meetings"])]
    assert all(dt.date.fromisoformat(date) for date in dates if date)
    times = [gold["time"], gold["end_time"], *(each["time"] for each in gold["meetings"])]
    assert all(dt.time.fromisoformat(time) for time in times if time)


def test_spans_lie_inside_the_scope(gold, text):
    first, last = gold["scope"]
    assert 0 <= first < last <= len(text)
    for start, end in spans(gold):
        assert first <= start < end <= last
        assert text[start:end].strip() == text[start:end]


def test_names_look_like_names(gold, text):
    seen = []
    for person in gold["people"]:
        pieces = [text[start:end] for start, end in person["name"]]
        assert pieces
        assert all("\n" not in piece and piece[0].isalpha() for piece in pieces)
        seen.append(" ".join(pieces))
    assert len(set(seen)) == len(seen), "somebody is listed twice"


def test_sections_follow_and_enclose_one_another(gold):
    open_until = [gold["scope"][1]]
    before = -1
    for section in gold["sections"]:
        start, end = section["heading"]
        assert before < start
        assert section["level"] in {1, 2}
        while start >= open_until[-1]:
            open_until.pop()
        assert end <= section["end"] <= open_until[-1]
        open_until.append(section["end"])
        before = start


def test_doers_stand_in_what_they_do(gold):
    for action in gold["actions"]:
        start, end = action["span"]
        assert all(start <= first and last <= end for first, last in action["who"])
