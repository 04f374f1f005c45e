"""Planting wrong dates where something tells, and counting doubt."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kb.lab.evaluate.date_doubt import Dated, corpus, doubted, flagged, rows
from kb.lab.evaluate.date_plants import (
    Evidence,
    days_in,
    evidence,
    plants,
    restated,
    with_sentence,
    with_weekday,
)
from kb.lab.evaluate.minutes_gold import GoldMeeting, MinutesGold
from kb.model import DateFinding, Span

TRUE = dt.date(2019, 5, 7)


def gold(text: str, said: str, path: str = "a/protokoll.txt", date: dt.date = TRUE) -> MinutesGold:
    start = text.index(said)
    empty = (frozenset(), (), (), (), (), ())
    return MinutesGold(
        path, text, date, Span(start, start + len(said)), None, None, None, (), *empty
    )


@pytest.mark.parametrize(
    ("said", "wrong", "restatement"),
    [
        ("2019-05-07", "2020-05-07", "2020-05-07"),
        ("20190507", "2019-07-05", "20190705"),
        ("19-05-07", "2009-05-07", "09-05-07"),
        ("7 maj 2019", "2019-07-05", "5 juli 2019"),
        ("tisdag den 7:e Maj 2019", "2018-05-07", "tisdag den 7:e Maj 2018"),
        ("7 maj", "2019-09-07", "7 september"),
        ("7 maj", "2018-05-07", None),  # the year is not stated
        ("i maj", "2019-09-07", None),
    ],
)
def test_a_date_is_restated_in_its_own_form(said: str, wrong: str, restatement: str | None):
    text = restated(gold(f"Möte {said}\nHej.\n", said), dt.date.fromisoformat(wrong))
    assert text == (restatement and f"Möte {restatement}\nHej.\n")


def test_days_are_found_in_names_of_files_and_in_words():
    assert days_in("mote 190507") == [TRUE]
    assert days_in("den 7 maj 2019 eller 7 maj") == [TRUE]
    assert days_in("kl 10.30 2019-13-01") == []


def test_evidence_is_what_tells_against_the_wrong_date():
    plain = gold("Möte 2019-05-07\nHej.\n", "2019-05-07")
    later = dt.date(2020, 5, 7)
    assert evidence(plain, later) == set()
    named = gold("Möte tisdag 2019-05-07\nHej.\n", "2019-05-07")
    assert evidence(named, later) == {Evidence.WEEKDAY}
    assert evidence(named, dt.date(2013, 5, 7)) == set()  # that too was a Tuesday
    signed = gold("Möte 2019-05-07\nJusterat 2019-05-07\n", "2019-05-07")
    assert evidence(signed, later) == {Evidence.DATES}
    near = "Möte 2019-05-07\nMellan 2019-04-02, 2019-05-01 och 2019-06-30.\n"
    assert evidence(gold(near, "2019-05-07"), later) == {Evidence.DATES}


def test_a_next_meeting_tells_only_with_its_year():
    text = "Möte 2019-05-07\nNästa möte 2019-06-04\nNästa möte 4 juni\n"
    for said, expected in (("2019-06-04", {Evidence.NEXT}), ("4 juni", set())):
        start = text.index(said)
        coming = GoldMeeting(dt.date(2019, 6, 4), None, Span(start, start + len(said)))
        document = replace(gold(text, "2019-05-07"), meetings=(coming,))
        assert evidence(document, dt.date(2020, 5, 7)) == expected


def test_a_weekday_is_planted_where_swedish_has_it():
    wrong = dt.date(2018, 5, 7)
    assert with_weekday(gold("Möte den 7 maj 2019\n", "7 maj 2019"), wrong) == (
        "Möte tisdag den 7 maj 2018\n"
    )
    assert with_weekday(gold("Möte 2019-05-07\n", "2019-05-07"), wrong) == (
        "Möte tisdag 2018-05-07\n"
    )
    assert with_weekday(gold("Möte tisdag 2019-05-07\n", "2019-05-07"), wrong) is None


def test_a_sentence_is_planted_as_a_paragraph():
    assert with_sentence("Möte\nHej. Då.\nSlut\n", "Ny.") == "Möte\nHej. Då.\n\nNy.\n\nSlut\n"
    assert with_sentence("Möte", "Ny.") == "Möte\n\nNy.\n"


def test_each_plant_states_the_wrong_date_and_hides_the_name_unless_it_tells():
    documents = [
        gold("Möte 2019-05-07\nHej.\n", "2019-05-07", f"a/mote_190507_{n}.md") for n in range(12)
    ]
    found = list(plants(documents))
    assert found == list(plants(documents))
    kinds = {kind for plant in found for kind in plant.evidence}
    assert kinds == set(Evidence) - {Evidence.DATES}
    for plant in found:
        assert ("190507" in plant.path) == (plant.evidence == {Evidence.FILE})
        assert plant.wrong.isoformat() in plant.text
        assert plant.wrong != TRUE or plant.evidence == {Evidence.ANACHRONISM}


def test_nothing_is_planted_where_no_date_is_stated():
    bare = MinutesGold(
        path="a.md",
        text="Hej.",
        date=TRUE,
        date_span=None,
        group=None,
        time=None,
        place=None,
        people=(),
        municipalities=frozenset(),
        sections=(),
        decisions=(),
        actions=(),
        postponed=(),
        meetings=(),
    )
    assert list(plants([bare])) == []


def test_a_weekday_against_the_date_is_doubted_and_a_right_one_is_not():
    document = gold("Minnesanteckningar tisdag 2019-05-07\nHej.\n", "2019-05-07")
    told = [plant for plant in plants([document]) if Evidence.WEEKDAY in plant.evidence]
    assert told
    assert all(doubted(plant) for plant in told)


def test_doubt_is_a_proposal_or_a_confidence_too_low_for_a_facet():
    assert flagged(DateFinding(TRUE, 0.9, ("x",), dt.date(2020, 5, 7)))
    assert flagged(DateFinding(TRUE, 0.3, ("x",)))
    assert not flagged(DateFinding(TRUE, 0.3))
    assert not flagged(DateFinding(TRUE, 0.81, ("x",)))
    assert not flagged(DateFinding(None, 0.0, ("Inget datum.",)))


def test_doubt_of_a_date_known_to_be_misread_is_not_false():
    doubt = DateFinding(TRUE, 0.3, ("x",))
    assert Dated("a", TRUE, doubt).falsely_flagged
    assert Dated("a", None, doubt).falsely_flagged
    assert not Dated("a", dt.date(2018, 5, 7), doubt).falsely_flagged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder laid out as the corpus: two sure dates, one that the manifest does not vouch for."""
    for name in ("a.md", "b.tex", "c.md"):
        (tmp_path / name).write_text("# Protokoll tisdag 2019-05-07\n\nHej.\n", "utf-8")
    (tmp_path / "MANIFEST.tsv").write_text(
        "path\tdate\tdate_source\n"
        "a.md\t2019-05-07\tfilename\n"
        "b.tex\t2019-05-08\tmetadata\n"
        "c.md\t2019-05-07\tpublication date in header\n"
    )
    return tmp_path


def test_the_whole_corpus_is_dated_beside_its_manifest(folder: Path):
    found = corpus(folder, [])
    assert [(each.path, each.true and each.true.day, each.right) for each in found] == [
        ("a.md", 7, True), ("b.tex", 8, False), ("c.md", None, False),
    ]  # fmt: skip


def test_gold_goes_before_the_manifest(folder: Path):
    text = (folder / "b.tex").read_text("utf-8")
    document = gold(text, "2019-05-07", "b.tex")
    by_name = {row.name: row for row in rows(folder, [document])}
    assert by_name["Datum rätt, alla 2 med känt datum"].value == 1.0
    assert by_name["Falska tvivel, 3 filer"].value == 0.0
    planted = next(row for name, row in by_name.items() if name.startswith("Motsägelser"))
    assert planted.floor == 0.95
