"""Lists of people, entries, and signatures."""

import pytest

from kb.model import Presence, Role
from kb.parse import parse
from kb.parse.who.entries import read_entry, read_people
from tests.parse.conftest import unrepaired


def people(text):
    return parse(unrepaired(text)).participants


@pytest.mark.parametrize(
    ("entry", "name", "municipality"),
    [
        ("Lena Täringskog,-Båstad", "Lena Täringskog", "Båstad"),
        ("Mikael \nBogarve-Bjuv", "Mikael Bogarve", "Bjuv"),
        ("Sofia Glantz Ängelholm.", "Sofia Glantz", "Ängelholm"),
        ("Mikael Lindberg Sval6v", "Mikael Lindberg", "Svalöv"),
        ("Cathrine Eriksson (ordf.) Hoganis", "Cathrine Eriksson", "Höganäs"),
        ("Anna Ek, Upplands-Bro", "Anna Ek", "Upplands-Bro"),
        ("Anna Ek - Östra Göinge", "Anna Ek", "Östra Göinge"),
        ("Anna Ek, Lunds kommun", "Anna Ek", "Lund"),
        ("Anna Lund", "Anna Lund", None),
        ("Annika Weman-Widegård", "Annika Weman-Widegård", None),
        ('Anna "Isbit" Ek', "Anna Ek", None),
        ("Anna ”Isbit” Ek, Lund", "Anna Ek", "Lund"),
    ],
)
def test_municipality_of_an_entry(entry, name, municipality):
    found = read_entry(entry, 0)
    assert (found.name, found.municipality) == (name, municipality)


def test_entry_knows_its_place():
    found = read_entry("  Ia Jonsson   ", 10)
    assert (found.start, found.end) == (12, 22)


@pytest.mark.parametrize(
    ("entry", "organisation", "title", "role", "presence"),
    [
        ("Bo Pettersson, Ria/G7", "Ria/G7", None, None, None),
        ("Ivan K, Vorta Drom (ej närvarande)", "Vorta Drom", None, None, Presence.ABSENT),
        (
            "Linda Macke Planeringsledare Socialchefsnitverket",
            "Socialchefsnätverket",
            "Planeringsledare",
            None,
            None,
        ),
        ("Dinah Abinger (ordf.)", None, None, Role.CHAIR, None),
        ("Jesper N (controller) §§ 35-36", None, "controller", None, None),
        ("Eva E (S) §§38-39 ersätter Luz E (S)", "S", None, Role.DEPUTY, None),
        ("Jill Holm (-)", None, None, None, None),
    ],
)
def test_what_stands_beside_a_name(entry, organisation, title, role, presence):
    found = read_entry(entry, 0)
    assert (found.organisation, found.title, found.role, found.presence) == (
        organisation,
        title,
        role,
        presence,
    )


@pytest.mark.parametrize("text", ["", " - ", "inga", "Nej", "§ 12", "2020-01-10", "Det är nu sagt"])
def test_no_person(text):
    assert read_entry(text, 0) is None


def test_flowing_list_is_divided_outside_brackets_and_not_at_stray_commas():
    text = "Anna (ordf., sekr.), Lena Täring,-Båstad samt Bo och Cia"
    found = read_people(text, 0)
    assert [each.name for each in found] == ["Anna", "Lena Täring", "Bo", "Cia"]


def test_label_broken_by_extraction_and_first_names():
    found = people("Na rvarande: Barbro, Eva och Anne  \n\nVi hälsar alla välkomna!\n")
    assert [person.name for person in found] == ["Barbro", "Eva", "Anne"]


def test_labels_give_presence():
    text = (
        "Nirvarande socialchefer:\n\nAnna Ek Bjuv\nBo Al Klippan\nOvriga:\n\nCia Ask\n\n"
        "Ej ndrvarande:\n\nDan By Perstorp\n\nAnteckningar\n\nVi talade om mycket.\n"
    )
    assert [(person.name, person.presence) for person in people(text)] == [
        ("Anna Ek", Presence.PRESENT),
        ("Bo Al", Presence.PRESENT),
        ("Cia Ask", Presence.OTHER),
        ("Dan By", Presence.ABSENT),
    ]


def test_people_in_a_column_beside_their_label():
    text = (
        " Plats och tid       Rådhuset, Lund            Paragrafer      §§1-3\n"
        "                     kl. 17:30-19:15\n\n"
        " Beslutande          Anna Ek (S) (ordförande)\n"
        "                     Bo Al (M) §§1-2\n\n"
        " Ej tjänstgörande    Cia Ask (MP)\n"
        " ersättare           Dan By (KD)\n\n"
        " Utses att justera   Bo Al\n\n"
        " Sekreterare\n"
        "                     Eva Fur\n"
    )
    assert [(person.name, person.role, person.presence) for person in people(text)] == [
        ("Anna Ek", Role.CHAIR, Presence.PRESENT),
        ("Bo Al", Role.ADJUSTER, Presence.PRESENT),
        ("Cia Ask", Role.DEPUTY, Presence.OTHER),
        ("Dan By", Role.DEPUTY, Presence.OTHER),
        ("Eva Fur", Role.SECRETARY, Presence.PRESENT),
    ]


def test_somebody_elected_chair_does_not_chair_the_meeting():
    head = "# Protokoll\n\n## Närvarande\n\n- Anna Ek\n- Bo Al\n\n## Val\n\nVi valde.\n\n"
    text = head + "### Ordförande\n* Bo Al\n\n## Övriga frågor\n\nInga.\n" + "\nVi talade.\n" * 20
    assert [person.role for person in people(text)] == [None, None]


@pytest.mark.parametrize(
    "end",
    [
        "/Anna",
        "Vid pennan\n\nAnna Ek",
        "Vid tangenterna/Anna Ek",
        "Hälsningar\n\nAnna",
        "Tack till alla !\n\nHälsningar\n\nAnna",
        "Antecknat av: Anna Ek",
        "Mvh Anna",
    ],
)
def test_whoever_signs_is_secretary(end):
    found = people(f"Närvarande: Anna Ek, Bo Al\n\nVi talade om mycket.\n\n{end}\n")
    assert [(person.name, person.role) for person in found] == [
        ("Anna Ek", Role.SECRETARY),
        ("Bo Al", None),
    ]


def test_signature_of_somebody_not_listed_is_added():
    found = people("Närvarande: Anna Ek, Bo Al\n\nVi talade om mycket.\n\nVid pennan\nCia Ask\n")
    assert [(person.name, person.role) for person in found][-1] == ("Cia Ask", Role.SECRETARY)
