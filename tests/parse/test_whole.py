"""Whole minutes in several layouts, made up, read as a careful secretary would list them."""

from pathlib import Path

import pytest

from kb.model import Part, Presence, Role
from kb.parse import parse
from tests.parse.conftest import unrepaired

MADE_UP = Path(__file__).parent / "made_up"


def read(name):
    return parse(unrepaired((MADE_UP / name).read_text("utf-8"), name))


def roles(minutes):
    return {person.name: person.role for person in minutes.participants if person.role}


def towns(minutes):
    return {each.name: each.part for each in minutes.municipalities}


def decided(minutes):
    return [each.text for each in minutes.decisions]


def undertaken(minutes):
    return [(each.who, str(each.due or "")) for each in minutes.actions]


@pytest.mark.parametrize(
    ("name", "group", "day", "clock", "place", "form"),
    [
        ("ledningsgrupp.txt", "Gemensam ledningsgrupp", "2017-10-24", None, None, None),
        (
            "utvecklingsgrupp.txt",
            "Gemensam utvecklingsgrupp",
            "2017-11-28",
            "09:00",
            "Stadshuset, Helsingborg, och Teams",
            "Teams",
        ),
        (
            "foraldraforening.md",
            "Föräldraföreningen Lönnen",
            "2018-06-02",
            None,
            "Kafferummet, Ekskolan",
            None,
        ),
        ("namnd.txt", "Omsorgsnämnden", "2021-03-17", "13:00", "Kommunhuset, lokal Eken", None),
        (
            "koloniforening.md",
            "Koloniföreningen Solrosen",
            "2022-05-12",
            "18:30",
            "Föreningsstugan",
            None,
        ),
        (
            "samverkansgrupp.txt",
            "Samverkansgruppen för unga vuxna",
            "2023-03-03",
            "09:00",
            "Biblioteket i Kungälv",
            None,
        ),
        (
            "sektion.tex",
            "Sektionen för samhällsplanering",
            "2019-10-08",
            "17:15",
            None,
            None,
        ),
    ],
)
def test_head(name, group, day, clock, place, form):
    minutes = read(name)
    begun = minutes.time and f"{minutes.time:%H:%M}"
    assert (minutes.group, str(minutes.date.stated)) == (group, day)
    assert (begun, minutes.place, minutes.form) == (clock, place, form)


def test_page_head_of_a_committee_makes_a_plain_title():
    title = "VALLVIKS KOMMUN sammanträdesprotokoll Omsorgsnämnden 2021-03-17"
    assert read("namnd.txt").title == title


def test_list_that_wraps_with_people_behind_their_municipality():
    minutes = read("ledningsgrupp.txt")
    assert [(p.name, p.municipality, p.during) for p in minutes.participants] == [
        ("Linda Moberg", None, None),
        ("Mats Björkvall", "Bjuv", None),
        ("Anna Ek", "Båstad", None),
        ("Bertil Holm", None, "§ 1–4"),
        ("Cia Ros", None, None),
        ("Eva Lund", "Klippan", None),
        ("Dan Persson", "Svalöv", None),
    ]
    assert roles(minutes) == {"Linda Moberg": Role.SECRETARY, "Cia Ros": Role.COOPTED}
    assert towns(minutes)["Malmö"] is Part.ABSENT
    assert towns(minutes)["Klippan"] is Part.ATTENDED


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "namnd.txt",
            {
                "Margareta Lindqvist": Role.CHAIR,
                "Tomas Åkesson": Role.ADJUSTER,
                "Ulla-Britt Sandell": Role.DEPUTY,
                "Sanna Wikander": Role.SECRETARY,
            },
        ),
        ("natverk.txt", {"Mona": Role.SECRETARY}),
        ("sektion.tex", {"Jens Palm": Role.SECRETARY}),
        ("samverkansgrupp.txt", {"Tove Ståhl": Role.SECRETARY}),
    ],
)
def test_offices(name, expected):
    assert roles(read(name)) == expected


def test_part_of_the_meeting_in_words():
    last = read("foraldraforening.md").participants[-1]
    assert (last.name, last.during) == ("Jonas", "till och med § 4")


def test_absent_municipalities_in_a_sentence():
    parts = towns(read("samverkansgrupp.txt"))
    assert {name for name, part in parts.items() if part is Part.ABSENT} == {"Orust", "Lilla Edet"}


def test_municipality_that_is_only_compared_with_is_no_host():
    assert towns(read("namnd.txt")) == {"Malmö": Part.MENTIONED}


def test_organisation_behind_a_comma_is_nobody():
    coopted = [p for p in read("utvecklingsgrupp.txt").participants if p.role is Role.COOPTED]
    assert [(p.name, p.organisation) for p in coopted] == [("Per Ask", "FoU Skåne")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "utvecklingsgrupp.txt",
            ["Lägesrapport i kommunerna", "Ängelholm", "Höganäs", "Landskrona"],
        ),
        (
            "samverkansgrupp.txt",
            [
                "Laget runt",
                "Kungälv",
                "Stenungsund",
                "Tjörn",
                "Ungdomsmottagningen",
                "Vårens utbildningsdag",
                "Övrigt",
            ],
        ),
        (
            "namnd.txt",
            [
                "Fastställande av dagordning",
                "Ekonomisk uppföljning per februari",
                "Ansökan om statsbidrag",
                "Informationsärenden",
                "Avslutning",
            ],
        ),
        (
            "natverk.txt",
            [
                "Återkoppling från deltagarna",
                "Alvesta",
                "Ljungby",
                "Älmhult",
                "Umgängesstöd",
                "Nästa gång",
            ],
        ),
    ],
)
def test_sections(name, expected):
    assert [section.heading for section in read(name).sections] == expected


def test_decisions():
    assert decided(read("utvecklingsgrupp.txt")) == [
        "Vi beslutar att mötena läggs andra tisdagen i månaden."
    ]
    assert decided(read("namnd.txt"))[-1].startswith("att bordlägga ärendet")


def test_undertakings():
    assert undertaken(read("natverk.txt")) == [
        (("Ljungby",), ""),
        (("Kjell-Åke",), ""),
        (("Mona", "Rut"), "2016-11-24"),
        (("Inger",), ""),
    ]
    assert undertaken(read("koloniforening.md")) == [(("Leif",), "2022-06-01")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("samverkansgrupp.txt", [("2023-05-05", "Stenungsund")]),
        ("foraldraforening.md", [("2018-08-22", "hos Sara")]),
        ("sektion.tex", [("2019-11-05", "sal B12")]),
        ("natverk.txt", [("2016-11-24", "Alvesta")]),
    ],
)
def test_coming_meetings(name, expected):
    assert [(str(each.date), each.place) for each in read(name).meetings] == expected


def test_other_minutes_are_pointed_to_by_their_day():
    assert "Anteckningarna från 2/3-19" in [r.text for r in read("ledningsgrupp.txt").references]
    said = [r.text for r in read("utvecklingsgrupp.txt").references]
    assert said == ["minnesanteckningar från 14 mars 2017"]


def test_day_of_a_page_and_the_point_below_are_no_reference():
    assert [r.text for r in read("namnd.txt").references] == ["ON 2021/14", "ON 2021/20"]


def test_misread_word_for_those_who_decide():
    head = "Anteckningar från arbetsgruppens möte den 4 december 2020\n\n## Lokal\n"
    minutes = parse(unrepaired(head + "Mo\u0308\u0308tet beslutar att boka en lokal."))
    assert len(decided(minutes)) == 1


def test_everybody_listed_under_present_is():
    assert all(
        person.presence is Presence.PRESENT for person in read("foraldraforening.md").participants
    )


HEAD = "Anteckningar från arbetsgruppens möte den 4 december 2020\n\nNärvarande: Anna, Bo Ek\n\n"


def reread(text):
    return parse(unrepaired(HEAD + text))


def test_list_of_points_on_the_front_page_goes_before_the_points():
    listed = "§ 1\n§ 2\n§ 3\n\nInformation om flytten\nTill handlingarna.\n\nMer om detta.\n\n"
    points = "".join(f"§ {n}\nÄrende {name}\nVi talade.\n\n" for n, name in enumerate("ABC", 1))
    found = [(each.number, each.heading) for each in reread(listed + points).sections]
    assert found == [("§ 1", "Ärende A"), ("§ 2", "Ärende B"), ("§ 3", "Ärende C")]


def test_what_is_proposed_under_words_that_wrap_is_no_decision():
    text = (
        "## Lokaler\n\nFörvaltningen har i en skrivelse den 1 december 2020 lämnat följande "
        "förslag till\nbeslut:\nPlanen antas.\n\n## Övrigt\n\nInget.\n"
    )
    assert reread(text).decisions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Styrelsen väljer att nominera Bo Ek till ordförande.",
        "Till posterna som väljs av stämman hör kassören.",
    ],
)
def test_what_is_only_said_about_choosing_is_no_decision(text):
    assert reread(f"## Val\n\n{text}\n").decisions == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Planen är klar, Anna beställer den.", [("Anna",)]),
        ("Lokalen, Anna bokar den i morgon.", [("Anna",)]),
        ("Beställa klistermärken, detta gör Anna", [("Anna",)]),
        ("Valberedningen ansvarar för att ta fram namn.", []),
        ("Bo Ek ansvarar för fikat.", [("Bo Ek",)]),
    ],
)
def test_who_undertakes(text, who):
    assert [each.who for each in reread(f"## Att göra sen\n\n{text}\n").actions] == who


def test_title_that_tells_the_day_is_not_given_it_again():
    text = (
        "<!--\n.. title: Protokoll från höstmöte 29 november 2018\n.. date: 2018-11-29\n-->\n\n"
        "## Lokaler\n\nVi talade länge om detta och annat.\n"
    )
    assert parse(unrepaired(text)).title == "Protokoll från höstmöte 29 november 2018"
