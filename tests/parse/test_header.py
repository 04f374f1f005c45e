"""Title, kind, group, fields and the doubt about dates."""

import datetime as dt

import pytest

from kb.parse import parse
from tests.parse.conftest import unrepaired


def read(text, path="prov.txt"):
    return parse(unrepaired(text, path))


@pytest.mark.parametrize(
    ("head", "title", "group"),
    [
        (
            "Anteckningar fra n fö ra ldragruppens mö te den 24 öktöber 2017",
            "Anteckningar från föräldragruppens möte den 24 oktober 2017",
            "Föräldragruppen",
        ),
        (
            "Gemensam ledningsgrupp 23 januari 2017",
            "Gemensam ledningsgrupp 23 januari 2017",
            "Gemensam ledningsgrupp",
        ),
        (
            "Minnesanteckningar nätverksmöte \n(teams) 2010-12-04",
            "Minnesanteckningar nätverksmöte (teams) 2010-12-04",
            "Nätverksmöte",
        ),
        (
            "Vård- och omsorgsnämnden\nProtokoll\n\n2026-06-16",
            "Vård- och omsorgsnämnden Protokoll 2026-06-16",
            "Vård- och omsorgsnämnden",
        ),
        (
            "Kommunstyrelsens\narbetsutskott\nProtokoll\n2026-05-20",
            "Kommunstyrelsens arbetsutskott Protokoll 2026-05-20",
            "Kommunstyrelsens arbetsutskott",
        ),
        (
            "Protokoll fört vid Datorföreningen Stackens höstmöte 14 november 2024",
            "Protokoll fört vid Datorföreningen Stackens höstmöte 14 november 2024",
            "Datorföreningen Stacken",
        ),
    ],
)
def test_title_and_group(head, title, group):
    minutes = read(f"{head}\n\nNärvarande: Anna, Bo\n\nVi talade om mycket.\n")
    assert (minutes.title, minutes.group) == (title, group)


def test_title_is_made_of_group_and_date_where_there_is_none():
    minutes = read(
        " Datum och tid: 2020-01-10 k1. 9-12\nPlats och lokal: Helsingborg, Bredgatan 19\n\n"
        "Ovriga:\n\nLinda Macke Planeringsledare Socialchefsnitverket\n"
    )
    assert minutes.title == "Socialchefsnätverket 2020-01-10"
    assert minutes.place == "Helsingborg, Bredgatan 19"
    assert (minutes.time, minutes.end_time) == (dt.time(9), dt.time(12))


def test_sure_date():
    finding = read("Gemensam ledningsgrupp 23 januari 2017\n").date
    assert finding.stated == dt.date(2017, 1, 23)
    assert finding.confidence > 0.9
    assert finding.proposed is None


def test_no_date():
    finding = read("Vi talade om mycket.\n").date
    assert (finding.stated, finding.confidence) == (None, 0.0)


def test_date_in_the_file_name_is_used_when_the_text_has_none():
    finding = read("Vi talade om mycket.\n", "arbetsgrupp_2019-03-02.txt").date
    assert finding.stated == dt.date(2019, 3, 2)
    assert finding.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Anteckningar 2010-12-04\n\nNästa möte är den 26 februari 2021.\n", (2020, 12, 4)),
        ("Anteckningar 2012-03-05\n\nPå grund av covid-19 ses vi inte.\n", (2022, 3, 5)),
        ("Anteckningar tisdag 24 oktober 2018\n\nVi talade om mycket.\n", (2017, 10, 24)),
    ],
)
def test_contradicted_date_is_flagged_and_a_likelier_one_proposed(text, proposed):
    finding = read(text).date
    assert finding.confidence < 0.5
    assert finding.proposed == dt.date(*proposed)
    assert len(finding.reasons) > 1


@pytest.mark.parametrize(
    "text",
    [
        "Anteckningar 2020-12-04\n\nPå grund av covid-19 ses vi på Teams.\n",
        "Anteckningar 2020-12-04\n\nNästa möte är den 26 februari 2021.\n",
        "Anteckningar 2012-03-05\n\nFyra olika teams har bildats.\n",
        "Anteckningar tisdag 24 oktober 2017\n\nVi talade om mycket.\n",
    ],
)
def test_sound_date_is_not_flagged(text):
    assert read(text).date.confidence > 0.9
