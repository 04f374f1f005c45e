"""Corrections of facts in sidecars: written by hand or by the page, never lost."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from kb import corrections
from kb.corrections import facts
from kb.errors import UserError
from kb.library import Library, sidecar
from kb.model import Correction, Fact, FactCorrection

NOW = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)
BY_HAND = """\
# Rättat efter samtal med sekreteraren

[[facts]]
date = 2020-12-04   # det stod 2010

[[words]]
original = "Sval6v"
corrected = "Svalöv" # en kommun

# Vilka de är
[[facts]]
person = "Hikan Strémberg"
name = "Håkan Strömberg"
municipality = "landskrona kommun"
role = "Ordförande"
organisation = ""

[[facts]]
hide = "Övrigt"
by = "eva"
"""


@pytest.fixture
def original(tmp_path: Path) -> Path:
    file = tmp_path / "möte.txt"
    file.write_text("text", "utf-8")
    return file


def said(fact: Fact, value: str, start: int | None = None, **details: str) -> FactCorrection:
    return FactCorrection(fact, value, details, start=start, by="anna", at=NOW)


def one(text: str) -> FactCorrection:
    return facts.decode(tomllib.loads(text))


def test_what_people_write_by_hand_is_read(original: Path):
    sidecar(original).write_text(BY_HAND, "utf-8")
    found = corrections.load(original)
    assert found.problems == ()
    assert found.corrections == (Correction("Sval6v", "Svalöv"),)
    assert found.facts == (
        FactCorrection(Fact.DATE, "2020-12-04"),
        FactCorrection(
            Fact.PERSON,
            "Hikan Strémberg",
            {
                "name": "Håkan Strömberg",
                "role": "ordförande",
                "municipality": "Landskrona",
                "organisation": "",
            },
        ),
        FactCorrection(Fact.HIDDEN, "Övrigt", by="eva"),
    )
    gathered = corrections.gather(Library(original.parent))
    assert gathered.facts == {"möte.txt": found.facts}


def test_what_is_added_is_read_back(original: Path):
    made = (
        said(Fact.TITLE, 'Ett "namn" \\ med ”tecken”'),
        said(Fact.DATE, "2020-12-04"),
        said(Fact.GROUP, ""),
        said(Fact.KIND, "Protokoll"),
        said(Fact.MUNICIPALITY, "Bjuv", part="handlar om"),
        FactCorrection(Fact.MUNICIPALITY, "Malmö", remove=True, by="anna", at=NOW),
        said(Fact.PERSON, "Anna", 3, title="Chef", municipality="Bjuv"),
        said(Fact.PERSON, "Anna", 9, presence="gäst"),
        FactCorrection(Fact.PERSON, "Eva", add=True, by="anna", at=NOW),
        FactCorrection(Fact.PERSON, "Ellen", remove=True, start=7, by="anna", at=NOW),
        said(Fact.HIDDEN, "Övrigt", 0),
    )
    for fact in made:
        corrections.add_fact(original, fact)
    assert corrections.load(original) == corrections.Sidecar(facts=made)
    assert tomllib.loads(sidecar(original).read_text("utf-8"))["facts"][1]["date"] == dt.date(
        2020, 12, 4
    )


def test_comments_and_order_survive_a_round_trip(original: Path):
    target = sidecar(original)
    target.write_text(BY_HAND, "utf-8")
    corrections.add_fact(original, said(Fact.GROUP, "Nätverket"))
    corrections.add(original, Correction("Hoganis", "Höganäs", by="anna"))
    for line in BY_HAND.splitlines():
        assert line in target.read_text("utf-8")
    assert len(corrections.load(original).facts) == 4
    corrections.undo_fact(original, said(Fact.GROUP, ""))
    corrections.undo(original, Correction("Hoganis", ""))
    assert tomllib.loads(target.read_text("utf-8")) == tomllib.loads(BY_HAND)
    assert "# det stod 2010" in target.read_text("utf-8")


def test_there_is_one_correction_of_a_thing(original: Path):
    corrections.add_fact(original, said(Fact.DATE, "2020-12-03"))
    corrections.add_fact(original, said(Fact.PERSON, "Anna", 3, name="Hanna"))
    corrections.add_fact(original, said(Fact.DATE, "2020-12-04"))
    corrections.add_fact(original, said(Fact.PERSON, "Anna", 3, name="Anne"))
    corrections.add_fact(original, said(Fact.PERSON, "Anna", 9, name="Janna"))
    held = corrections.load(original).facts
    assert [fact.value for fact in held] == ["2020-12-04", "Anna", "Anna"]
    assert [fact.details.get("name") for fact in held] == [None, "Anne", "Janna"]


def test_undoing_the_last_leaves_nothing_behind(original: Path):
    corrections.add_fact(original, said(Fact.DATE, "2020-12-04"))
    corrections.undo_fact(original, said(Fact.DATE, ""))
    assert not sidecar(original).exists()
    with pytest.raises(UserError, match="ingen sådan rättning"):
        corrections.undo_fact(original, said(Fact.DATE, ""))


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("", "den ska ha ett av ”title”, ”date”"),
        ("date = 2020-12-04\ngroup = 'x'", "inte flera"),
        ("date = 'i går'", "ett datum som 2020-12-04"),
        ("date = 2020-12-04T09:00:00", "ett datum som 2020-12-04"),
        ("date = 2020", "ett datum som 2020-12-04"),
        ("title = ''", "”title” är tom"),
        ("title = 1", "”title” ska vara text inom citattecken"),
        ('title = "a\\u0000b"', "osynliga styrtecken"),
        (f"title = '{'x' * 301}'", "högst 300 tecken"),
        ("group = 'x'\npart = 'deltog'", "”part” hör inte till en rättning av ”group”"),
        ("municipality = 'Bjuf'\npart = 'deltog'", "”Bjuf” är ingen svensk kommun"),
        ("municipality = 'Bjuv'", "antingen ”part” eller ”remove = true”"),
        ("municipality = 'Bjuv'\npart = 'kom'", "deltog, frånvarande, värd, handlar om eller"),
        ("municipality = 'Bjuv'\nremove = 'ja'", "”remove” ska vara true eller false"),
        ("person = 'Eva'", "vad som ska ändras"),
        ("person = 'Eva'\nname = ''", "”name” är tom"),
        ("person = 'Eva'\nrole = 'kung'", "ordförande, sekreterare"),
        ("person = 'Eva'\nmunicipality = 'Oslo'", "”Oslo” är ingen svensk kommun"),
        ("person = 'Eva'\nadd = true\nremove = true", "antingen ”add” eller ”remove”"),
        ("hide = 'Övrigt'\nstart = -1", "”start” ska vara ett heltal"),
        ("hide = 'Övrigt'\nby = 3", "”by” ska vara text"),
        ("date = 2020-12-04\nat = 'i går'", "”at” ska vara en tid"),
    ],
)
def test_a_bad_entry_is_told_of_and_does_not_cost_the_others(
    original: Path, entry: str, problem: str
):
    with pytest.raises(ValueError, match=problem):
        one(entry)
    good = "[[facts]]\ngroup = 'Nätverket'\n"
    sidecar(original).write_text(f"[[facts]]\n{entry}\n{good}", "utf-8")
    found = corrections.load(original)
    # What somebody has hidden stays hidden, whatever else is wrong with the entry.
    hidden = (FactCorrection(Fact.HIDDEN, "Övrigt"),) if entry.startswith("hide = 'Ö") else ()
    assert found.facts == (FactCorrection(Fact.GROUP, "Nätverket"), *hidden)
    assert len(found.problems) == 1
    assert found.problems[0].startswith("Faktarättning 1 går inte att använda: ")


def test_a_table_where_a_list_is_wanted_costs_only_itself(original: Path):
    sidecar(original).write_text(
        "[facts]\ndate = 2020-12-04\n[[words]]\noriginal = 'a'\ncorrected = 'b'\n", "utf-8"
    )
    found = corrections.load(original)
    assert found.corrections == (Correction("a", "b"),)
    assert found.problems == (
        "Rättningarna går inte att läsa: ”facts” ska vara en lista: [[facts]].",
    )


def test_a_person_may_have_a_title_and_a_municipality():
    fact = one("person = 'Eva'\ntitle = 'Chef'\nmunicipality = 'Bjuv'")
    assert (fact.fact, fact.details) == (Fact.PERSON, {"title": "Chef", "municipality": "Bjuv"})
