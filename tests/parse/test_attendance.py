"""Attendance in the many forms minutes give it; every name is made up."""

import pytest

from kb.model import Part, Presence, Role
from kb.parse import parse
from kb.parse.who.during import find_part
from kb.parse.who.names import join_broken_word, spelled
from tests.parse.conftest import unrepaired

BODY = "\n\nVi talade om mycket och länge.\n\nMötet avslutas.\n"
LATEX = (
    "\\documentclass{article}\n\\begin{document}\n%s\n\\section{Öppnande}\nText.\n\\end{document}"
)
TYPST = '#import "mall.typ": *\n#show: mall\n\n%s\n\n= Öppnande\nText.\n'


def minutes(text):
    return parse(unrepaired(text))


def parts(text):
    """Return who took part and how: "Anna Ek", "Anna Ek ordförande", "Anna Ek ej närvarande"."""
    said = []
    for person in minutes(text).participants:
        words = [person.name]
        if person.presence is not Presence.PRESENT:
            words.append(person.presence.value)
        if person.role:
            words.append(person.role.value)
        said.append(" ".join(words))
    return said


@pytest.mark.parametrize(
    "text",
    [
        TYPST % "#deltagare(styrelsen: true, [Anna Ek], [Ja], [Bo Al], [Nej])",
        TYPST % "#deltagere(\n  styrelsen: true,\n  [Anna Ek], [Ja],\n  [Bo Al], [Nej, sjuk],\n)",
        TYPST
        % (
            "#table(columns: 2,\n  [*Namn*], [*Närvarande*],\n  [Anna Ek], [Ja],\n"
            "  [Bo Al], [Nej],\n)"
        ),
        LATEX % "\\närvarande{Anna Ek}\n\\frånvarande{Bo Al}\n",
        LATEX
        % (
            "\\begin{tabular}{ll}\nNamn & Närvarande \\\\ \\hline\n"
            "Anna Ek & Ja \\\\\nBo Al & Nej \\\\\n\\end{tabular}"
        ),
        LATEX
        % (
            "\\begin{närvarande}\n\\medlem{Anna Ek}{Ja}\n"
            "\\medlem{\\emph{Vakant}}{}\n\\medlem{Bo Al}{Nej}\n\\end{närvarande}"
        ),
        "# Protokoll\n\n| Namn | Närvarande |\n|---|---|\n| Anna Ek | x |\n"
        "| Bo Al |  |\n\n## Öppnande\nText.\n",
        "# Protokoll\n\n| Närvarande | Frånvarande |\n|---|---|\n"
        "| Anna Ek | Bo Al |\n\n## Öppnande\nText.\n",
        "Namn\tFunktion\tNärvarande\nAnna Ek\tLedamot\tJa\nBo Al\tLedamot\tNej\n" + BODY,
        "Närvarande var Anna Ek. Frånvarande: Bo Al.\n" + BODY,
        "Anna Ek var närvarande. Bo Al hade anmält förhinder.\n" + BODY,
        "Närv: Anna Ek\nFrånv: Bo Al\n" + BODY,
        "På mötet deltog: Anna Ek. Anmält förhinder: Bo Al\n" + BODY,
        "Kallade: Anna Ek, Bo Al\nNärvarande: Anna Ek\n" + BODY,
    ],
)
def test_one_present_and_one_absent(text):
    assert sorted(parts(text)) == ["Anna Ek", "Bo Al ej närvarande"]


@pytest.mark.parametrize(
    "text",
    [
        LATEX % "\\section*{Närvarande}\nAnna Ek\\\\\nBo Al\\\\\nCia Fur\n",
        "Följande personer befanns närvarande med rösträtt:\nAnna Ek, Bo Al, Cia Fur.\n" + BODY,
        "Närvarande medlemmar med rösträtt var: Anna Ek, Bo\nAl, Cia Fur.\n" + BODY,
        "Anna Ek, Bo Al samt Cia Fur är närvarande medlemmar med rösträtt.\n" + BODY,
        "Deltagare från skolan och socialtjänsten: Anna Ek, Bo Al, Cia Fur\n" + BODY,
        "## Röstlängd och närvaro\n\nAnna Ek, Bo Al, Cia Fur\n\n"
        "## Val av styrelse\nDan By valdes.\n",
        "Närvarande\n1. Anna Ek\n2. Bo Al\n3. Cia Fur\n\n1. Mötet öppnas\nText.\n2. Val\nText.\n",
        "Anteckningar\n\nAnna Ek, Bo Al, Cia Fur\n" + BODY,
    ],
)
def test_three_present(text):
    assert parts(text) == ["Anna Ek", "Bo Al", "Cia Fur"]


def test_comma_forgotten_between_two_people():
    assert parts("Närvarande: Anna Ek Bo Fors, Cia Fur\n" + BODY) == [
        "Anna Ek",
        "Bo Fors",
        "Cia Fur",
    ]


def test_nicknames_count_where_a_list_has_them_and_are_joined_to_their_names():
    text = (
        "## Val av mötesordförande\n\nAnna Ek (annek) föreslogs och valdes.\n\n"
        "## Röstlängd\n\nFöljande personer befanns närvarande: annek, bosse, ciaf, Dan By.\n\n"
        "Från punkt 9 dessutom: evaf.\n\n## Val av styrelse\n\nMötet valde Gun Holm.\n"
    )
    assert parts(text) == ["Anna Ek ordförande", "bosse", "ciaf", "Dan By", "evaf"]
    assert minutes(text).participants[-1].during == "Från punkt 9"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mötet beslutar att välja Bo Al till mötessekreterare.", Role.SECRETARY),
        ("Bo Al väljs in som protokolljusterare.", Role.ADJUSTER),
        ("Till att jämte ordföranden justera protokollet utsågs Bo Al.", Role.ADJUSTER),
        ("Till ordförande för mötet valdes Bo Al.", Role.CHAIR),
        ("Cia Fur föreslår Bo Al till mötesordförande, och mötet väljer Bo.", Role.CHAIR),
        ("Bo valdes till ordförande i valberedningen.", None),
        ("Mötet valde Bo Al till vice mötesordförande.", None),
        ("På förslag av ordföranden Bo Al bordläggs ärendet.", Role.CHAIR),
        ("Kommunstyrelsens ordförande Bo Al besvarar frågan.", None),
    ],
)
def test_offices_of_the_meeting(text, role):
    found = minutes(f"Närvarande: Anna Ek, Bo Al\n\n## Formalia\n\n{text}\n{BODY}").participants
    assert [(person.name, person.role) for person in found][:2] == [
        ("Anna Ek", None),
        ("Bo Al", role),
    ]


def test_point_about_an_office_elects_whom_it_names():
    text = (
        "2. Val av mötesfunktionärer\n   a. Mötesordförande\n"
        "      Mötet väljer Anna Ek\n   b. Justerare\n"
        "      Mötet nominerar och väljer Bo Al och Cia Fur\n"
    )
    assert parts(f"1. Mötets öppnande\n   Text.\n\n{text}\n3. Rapport\n   Text.\n") == [
        "Anna Ek ordförande",
        "Bo Al justerare",
        "Cia Fur justerare",
    ]


def test_whom_the_meeting_elects_takes_the_office_of_the_board():
    text = "Närvarande: Anna Ek (sekreterare), Bo Al\n\n## Val av mötessekreterare\nBo Al valdes.\n"
    first, second = minutes(text + BODY).participants
    assert (first.role, first.title, second.role) == (None, "sekreterare", Role.SECRETARY)


@pytest.mark.parametrize(
    "end",
    [
        "Vid protokollet\n\n\nBo Al\n\n\nJusteras\n\n\nAnna Ek\t\tCia Fur\nOrdförande\tJusterare\n",
        "Anna Ek, mötesordförande\n--\nBo Al, mötessekreterare\n--\nJusterat, Cia Fur\n",
        "Vid protokollet, Bo Al.\n\nOrdförande: Anna Ek\n\nJusteras av Cia Fur\n",
        "Sekreterare\n\n.......,......……\nBo Al\n\nOrdförande\n\n....,.......\nAnna Ek\n\n"
        "Justerande\n\n,..........\nCia Fur\n",
        "______________      ______________      ______________\n"
        "Anna Ek             Bo Al               Cia Fur\n"
        "Mötesordförande     Mötessekreterare    Justeringsperson\n",
    ],
)
def test_signatures(end):
    text = f"Närvarande: Anna Ek, Bo Al, Cia Fur\n{BODY}\n{end}"
    assert parts(text) == ["Anna Ek ordförande", "Bo Al sekreterare", "Cia Fur justerare"]


def test_front_page_of_a_committee():
    text = (
        "Beslutande ledamöter\nAnna Ek (S), ordförande\nBo Al (M), 2:e vice ordförande §§ 12-15\n"
        "Cia Fur (C) tjänstgörande ersättare för Dan By (L)\n\nEj tjänstgörande ersättare\n"
        "Eva Fur (SD) (t.o.m. kl 16.00)\n\nÖvriga närvarande\nGun Holm (punkt A, socialchef)\n"
        "Ida Jung, nämndsekreterare\n\nUtses att justera\nBo Al\n\nUnderskrifter\n"
        "Sekreterare ......................... Paragrafer 12-15\nIda Jung\n\n"
        "Ordförande ..........................\nAnna Ek\n"
    )
    assert parts(text + BODY) == [
        "Anna Ek ordförande",
        "Bo Al justerare",
        "Cia Fur ersättare",
        "Eva Fur övrig ersättare",
        "Gun Holm övrig",
        "Ida Jung övrig sekreterare",
    ]
    during = [person.during for person in minutes(text + BODY).participants]
    assert during == [None, "§§ 12-15", None, "t.o.m. kl 16.00", "punkt A", None]


def test_list_goes_on_over_a_page():
    pad = " " * 20
    text = (
        f"Övriga deltagare    Anna Ek (controller)\n{pad}Bo Al (ekonom)\n\n"
        f"  Justerandes sign      Utdragsbestyrkande\n\f{pad}2\n{pad}Protokoll\n\n"
        f"{pad}Cia Fur (jurist)\n\nUtses att justera   Dan By\n"
    )
    assert parts(text + BODY)[:3] == ["Anna Ek övrig", "Bo Al övrig", "Cia Fur övrig"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Deltagare: Anna Ek (Lund), Bo Al – Bjuv kommun, Cia Fur/Klippan", "Lund Bjuv Klippan"),
        ("Vid mötet deltog Anna Ek från Lund, Bo Al från Bjuv samt Cia Fur, Klippan.",
         "Lund Bjuv Klippan"),
        ("Deltagare:\nLund: Anna Ek, Bo Al\nBjuv: Cia Fur\nKlippan: Dan By", "Lund Bjuv Klippan"),
        ("Närvarande:\nAnna Ek, socialchef Åstorp\nBo Al, Bjuvs kommun, enhetschef", "Åstorp Bjuv"),
        ("Deltagande kommuner: Lund, Bjuv, Klippan", "Lund Bjuv Klippan"),
        ("## Närvarande\n\n| Namn | Kommun |\n|---|---|\n| Anna Ek | Lund |\n| Bo Al | Bjuv |",
         "Lund Bjuv"),
    ],
)  # fmt: skip
def test_municipalities_that_took_part(text, wanted):
    found = minutes(text + BODY).municipalities
    assert [each.name for each in found if each.part is Part.ATTENDED] == wanted.split()


def test_municipalities_listed_without_people():
    text = (
        "Närvarande:\nLund\tAnna Ek\nBjuv\tCia Fur\nKlippan\tförhinder\n\nFrånvarande: Perstorp\n"
    )
    found = {each.name: each.part for each in minutes(text + BODY).municipalities}
    assert (found["Lund"], found["Klippan"], found["Perstorp"]) == (
        Part.ATTENDED,
        Part.ABSENT,
        Part.ABSENT,
    )
    assert parts(text + BODY) == ["Anna Ek", "Cia Fur"]


@pytest.mark.parametrize(
    "text",
    [
        "Närvarande: Skatteverket, Bolagsverket, Trafikverket\n" + BODY,
        "Frånvarande: Ingen\nGäster: Inga\n" + BODY,
        "Förslag till deltagare på kursen: det blir dyrt, långt och svårt.\n" + BODY,
        "## Val av styrelse\n\nMötet valde:\n\n    Ordförande: Anna Ek\n"
        "    Ledamöter: Bo Al, Cia Fur\n",
    ],
)
def test_nobody(text):
    assert parts(text) == []


@pytest.mark.parametrize(
    "text",
    ["Hon läste vid Lunds universitet.", "Planen gäller Munkedal 4.", "Vi ses på Uppsala slott."],
)
def test_what_only_bears_a_towns_name(text):
    assert minutes(text).municipalities == ()


@pytest.mark.parametrize(
    "head",
    [
        "Bjuv och Klippans\nMiljöförbund\nProtokoll\n2024-04-17\n",
        "  Bjuvs, Åstorps och Klippans kommuners räddningstjänstförbund\n\nProtokoll 2024-04-17\n",
    ],
)
def test_body_of_several_municipalities_concerns_each(head):
    text = head + "\n§ 1 Budget\n\nBjuvs kommun och Klippans kommun betalar lika.\n"
    found = {each.name: each.part for each in minutes(text).municipalities}
    assert (found["Bjuv"], found["Klippan"]) == (Part.SUBJECT, Part.SUBJECT)
    assert Part.HOST not in found.values()


def test_body_of_several_municipalities_that_is_only_spoken_of_concerns_none():
    text = "Protokoll 2024-04-17\n\nVi talade om Bjuv och Klippans miljöförbund.\n"
    assert {each.part for each in minutes(text).municipalities} == {Part.MENTIONED}


def test_dateline_of_the_day_tells_the_host():
    text = "Protokoll 2013-09-30\n\nVi talade om Flen.\n\nLinköping den 30 september 2013\n"
    assert minutes(text).municipalities[0].name == "Linköping"
    assert minutes(text).municipalities[0].part is Part.HOST


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("(§§ 12-15)", "§§ 12-15"),
        ("§ 1–4", "§ 1–4"),
        ("t.o.m. kl. 16.00", "t.o.m. kl. 16.00"),
        ("anlände efter punkt 4.1", "anlände efter punkt 4.1"),
        ("punkt C, D, trafikplanerare", "punkt C, D"),
        ("socialchef", None),
    ],
)
def test_part_of_the_meeting(words, part):
    assert find_part(words)[0] == part


def test_names_broken_or_mended_wrongly():
    assert join_broken_word("A", "ngberg") == "Ängberg"
    assert join_broken_word("Ö", "vrebö") == "Övrebö"
    assert join_broken_word("Ansö", "kan") is None
    assert spelled("Robin Slivva", "Robin Sliwa") == "Robin Sliwa"
    assert spelled("Edvard Thörnrös", "Edvard Thö rnrös") == "Edvard Thörnrös"
    assert spelled("Håkan Strömberg", "Hikan Strémberg") == "Håkan Strömberg"
