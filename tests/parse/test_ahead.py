"""Meetings to come, in the phrases minutes use."""

import pytest

from kb.parse import parse
from tests.parse.conftest import unrepaired

HEAD = "Minnesanteckningar tisdag 19 mars 2019\n\nNärvarande: Anna, Bo\n\n"


def days(text: str) -> list[tuple[str, str | None]]:
    meetings = parse(unrepaired(HEAD + text + "\n")).meetings
    return [(str(m.date), m.time.strftime("%H:%M") if m.time else None) for m in meetings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nästa möte är den 7 nov kl 10.30.", [("2019-11-07", "10:30")]),
        ("Vårt nästa ”ordinarie” möte är 21 maj kl 10.30.", [("2019-05-21", "10:30")]),
        ("Vi ses igen den 7 jan kl 9.", [("2020-01-07", "09:00")]),
        ("## Nästa möte\nTisdag nästa vecka.", [("2019-03-26", None)]),
        ("## Nästa möte\nNästa vecka torsdag.", [("2019-03-28", None)]),
        ("## Nästa möte\n22a eller 23e.", [("2019-03-22", None), ("2019-03-23", None)]),
        ("Vi ska ha stämma 18 april!", [("2019-04-18", None)]),
        ("Nästa möte\n\nSamma tid nästa vecka.", [("2019-03-26", None)]),
        ("\\subsection{Nästa möte}\n\nNästa möte hålls\n2019-04-04", [("2019-04-04", None)]),
        ("Nästa möte\nden 4e april", [("2019-04-04", None)]),
        ("Nästa träff\nOm två veckor.", [("2019-04-02", None)]),
        ("Nästa möte\n4/4 klockan 12.00.", [("2019-04-04", "12:00")]),
        ("Styrelsen har bokat in 31:a 10:00 för nästa möte.", [("2019-03-31", "10:00")]),
        ("Extrastämma ska hållas onsdagen den 15 maj klockan 18:00.", [("2019-05-15", "18:00")]),
        ("5 maj har vi bestämt att stämman ska hållas.", [("2019-05-05", None)]),
        ("Ärendet bordläggs till sammanträdet den 26 mars 2019.", [("2019-03-26", None)]),
        ("Mötestider hösten 2019: 5/9, 3/10 och 7/11.",
         [("2019-09-05", None), ("2019-10-03", None), ("2019-11-07", None)]),
        ("Kommande möten:\n- 5 april kl 9-12\n- 3 maj kl 9-12",
         [("2019-04-05", "09:00"), ("2019-05-03", "09:00")]),
        ("Nästa möte är torsdag 4 april och torsdag 2 maj.",
         [("2019-04-04", None), ("2019-05-02", None)]),
    ],
)  # fmt: skip
def test_meeting_to_come(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kursen hålls den 15 maj.",
        "Vi var på studiebesök den 5 mars 2019.",
        "Föregående möte den 5 februari 2019 gick bra.",
        "Svar ska vara inne senast 30 april.",
        "Vi tar upp det på nästa möte.",
        "Fikat serveras på torsdag.",
        "Frågan från den 5 april tas upp med Bo, nästa möte blir kort.",
    ],
)
def test_no_meeting_to_come(text):
    assert days(text) == []


@pytest.mark.parametrize(
    ("head", "text", "group"),
    [
        ("Gemensam ledningsgrupp", "Planering av nästa Gemensamma utvecklingsgrupp (3 april)",
         "Gemensam utvecklingsgrupp"),
        ("Gemensam ledningsgrupp", "Nästa Gemensamma ledningsgrupp är den 3 april.", None),
        ("Gemensam ledningsgrupp", "Nästa ledningsgrupp är den 3 april.", None),
        ("Socialnämnden", "Tas upp på nästa Socialchefsnätverk den 3 april.",
         "Socialchefsnätverk"),
        ("Socialnämnden", "Nästa nämnd är den 3 april.", None),
        ("Socialnämnden", "Nästa ordinarie möte är den 3 april.", None),
    ],
)  # fmt: skip
def test_whose_meeting_it_is(head, text, group):
    (meeting,) = parse(
        unrepaired(f"{head} 19 mars 2019\n\nNärvarande: Anna, Bo\n\n{text}\n")
    ).meetings
    assert str(meeting.date) == "2019-04-03"
    assert meeting.group == group
