"""Title, kind, group, fields and the doubt about dates."""

import datetime as dt

import pytest

from kb.parse import parse
from kb.read.plain import read_plain
from kb.repair import repair
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
        (
            "# Mötesprotokoll\n## Kaffe klubb\n### 07 jun 2016",
            "Mötesprotokoll Kaffe klubb 07 jun 2016",
            "Kaffe klubb",
        ),
        (
            "# Mötesprotokoll Vågen kod\n\n## 24 September 2020",
            "Mötesprotokoll Vågen kod 24 September 2020",
            "Vågen kod",
        ),
        (
            "Protokoll för Norra Vågens konstituerande möte 2019-03-02",
            "Protokoll för Norra Vågens konstituerande möte 2019-03-02",
            "Norra Vågen",
        ),
        (
            "Höganäs och Båstads\nRäddningstjänstförbund\nProtokoll\n2026-04-17",
            "Höganäs och Båstads Räddningstjänstförbund Protokoll 2026-04-17",
            "Höganäs och Båstads Räddningstjänstförbund",
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
        ("Anteckningar 2012-03-05\n\nUnder pandemin sågs vi på Zoom.\n", (2022, 3, 5)),
        ("Anteckningar 2017-03-05\n\nEnligt GDPR ska vi gallra.\n", (2019, 3, 5)),
        ("Anteckningar tisdag 24 oktober 2018\n\nVi talade om mycket.\n", (2017, 10, 24)),
        (
            "Socialnämnden\nProtokoll\n2015-06-16\n\n§ 1 Ärendenummer SN-2025-00942\n",
            (2025, 6, 16),
        ),
        (
            "Anteckningar 2025-12-10\n\nTjänsteskrivelse den 28 november 2026.\n",
            (2026, 12, 10),
        ),
        (
            "Anteckningar 2018-12-10\n\nFöregående protokoll från 2019-11-18 godkändes.\n"
            "Kursen hålls 2020-01-15.\n",
            (2019, 12, 10),
        ),
        (
            "Anteckningar 2029-03-05\n\nUnder 2018 ökade antalet. Bokslut 2018 visades.\n"
            "Mål för 2019 är klara.\n",
            (2019, 3, 5),
        ),
        (
            "Protokoll 2019-03-05\n\nVi talade om mycket.\n"
            "Protokollet justerades den 12 mars 2018.\n",
            (2018, 3, 5),
        ),
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
        "Anteckningar 2018-12-10\n\nVision 2030, mål 2030 och Agenda 2030.\n",
        "Anteckningar 2018-12-10\n\nÄrende KS 2017/455. Svar senast den 15 februari 2020.\n",
        "Protokoll 2019-03-05\n\nProtokollet justerades den 12 mars 2019.\n",
        "Anteckningar 2009-11-05\n\nVi vaccinerar mot pandemin.\n",
        "Anteckningar 2017-11-06\n\nVi förbereder oss för GDPR.\n",
    ],
)
def test_sound_date_is_not_flagged(text):
    assert read(text).date.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "path", "date"),
    [
        ("\\documentclass{möte}\n\\title{Möte 4}\n\\date{2022-04-07}\n", "a.tex", (2022, 4, 7)),
        (
            '#import "mall.typ": *\n'
            "#show: x.with(date: datetime(year: 2025, month: 04, day: 25))\n",
            "a.typ",
            (2025, 4, 25),
        ),
        ("---\ntitle: Möte\ndate: 2019-03-02\n---\n\nVi talade.\n", "a.md", (2019, 3, 2)),
        (
            "§ 1 Val av justerare\n\nBo väljs.\n\nSammanträdesdatum: 2024-11-27\n",
            "a.txt",
            (2024, 11, 27),
        ),
        ("Vårmöte 2024\ntorsdagen den 7:de mars klockan 19:35\n", "a.txt", (2024, 3, 7)),
        ("Styrelsemöte tisdag 5 mars\n\nVi talade.\n", "protokoll-2019/mars.txt", (2019, 3, 5)),
        (
            "Härmed kallas du.\nProtokoll fört vid föreningens höstmöte 2013-11-28.\n",
            "a.txt",
            (2013, 11, 28),
        ),
        ("Vi talade om mycket.\n", "ks-2024-02-28.txt", (2024, 2, 28)),
        ("Vi talade om mycket.\n", "styrelsemote_160525.pdf.txt", (2016, 5, 25)),
        ("tisdagen den 5 mars 2019\n\nVi talade.\n", "a.txt", (2019, 3, 5)),
        ("# Möte 2019-03-05\n\n## Mässan\nDatum: 2019-05-20\n", "a.txt", (2019, 3, 5)),
    ],
)
def test_stated_date_wherever_it_stands(text, path, date):
    assert read(text, path).date.stated == dt.date(*date)


def test_month_by_itself_is_proposed_as_its_first_day():
    finding = read("Minnesanteckningar mars 2019\n\nVi talade.\n").date
    assert (finding.stated, finding.proposed) == (None, dt.date(2019, 3, 1))


@pytest.mark.parametrize(
    ("path", "flagged"),
    [
        ("mote_2017-03-05.txt", True),  # the same day of another year
        ("mote_2018-03-01.txt", True),  # no file is named for a day before the meeting
        ("mote_2018-03-12.txt", False),  # that may be the day it was filed
        ("mote_2018-03-05.txt", False),
    ],
)
def test_file_named_for_another_day(path, flagged):
    finding = read("Anteckningar 2018-03-05\n\nVi talade.\n", path).date
    assert (finding.proposed is not None) == flagged


@pytest.mark.parametrize(
    ("text", "path", "group"),
    [
        ("\\documentclass{m}\n\\author{Styrelsen}\n\\date{2022-04-07}\n", "a.tex", "Styrelsen"),
        ("Styrelsemöte 4\n2022-04-07\n", "a.txt", "Styrelsen"),
        ("§ 1\nSocialnämnden godkänner.\n§ 2\nSocialnämnden beslutar att avslå.\n", "a.txt",
         "Socialnämnden"),
        ("Kallelse.\nProtokoll fört vid Vågens höstmöte 2013-11-28.\n", "a.txt", "Vågen"),
        ("Vi talade om mycket.\n", "arbetsgruppen_2019-03-02.txt", "Arbetsgruppen"),
        ("Vi talade om mycket.\n", "anteckningar.txt", None),
    ],
)  # fmt: skip
def test_group_where_the_title_names_none(text, path, group):
    assert read(text, path).group == group


def test_hours_and_place_where_no_field_states_them():
    minutes = read(
        "Protokoll fört vid Vågens vårmöte den 7 mars 2019 i sal V21.\n\n## Mötets öppnande\n"
        "Bo förklarade mötet öppnat klockan 19.40.\n\n## Mötet avslutas\n20:12\n"
    )
    assert (minutes.time, minutes.end_time) == (dt.time(19, 40), dt.time(20, 12))
    assert minutes.place == "sal V21"


def test_formal_minutes_are_a_protokoll():
    assert read("§ 1 Val av justerare\n\nBo väljs.\n").kind == "Protokoll"
    assert read("Vi talade om mycket.\n").kind == "Minnesanteckningar"


def test_group_by_the_head_of_most_pages_goes_before_who_acts():
    page = "{} (3)\n\nKommunfullmäktige\n\nProtokoll (nr 1)\nSammanträdesdatum: 2024-02-29\n\n{}"
    acts = "Nämnden för funktionsstöd beslutar. Exploateringsnämnden tillstyrker förslaget.\n"
    pages = [page.format(n, acts + "Exploateringsnämnden får i uppdrag.\n") for n in (1, 2, 3)]
    document = read_plain("\f".join(pages).encode(), "kf.txt", "")
    assert parse(repair(document)).group == "Kommunfullmäktige"
