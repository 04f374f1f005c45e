"""What became of undertakings and postponed points."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.knowledge import Filter
from kb.knowledge.answers import Stated
from kb.model import ACTION, POSTPONED, StatementKind
from tests.knowledge.made_up import known

HEAD = "Protokoll styrelsen {day}\n\nNärvarande: Anna Berg, Bo Ek, Eva Lund\n\n"


def stated(folder: Path, kind: StatementKind, *meetings: tuple[str, str]) -> list[Stated]:
    """Return the statements of some meetings of one group, (day, text)."""
    texts = {f"{day}.txt": HEAD.format(day=day) + text for day, text in meetings}
    found = known(folder / "kb", texts).statements(Filter(kind.name)).statements
    return sorted(found, key=lambda own: (own.quote.source.path, own.quote.start))


def later(own: Stated) -> list[tuple[str, str]]:
    return [(quote.source.path, quote.text) for quote in own.later]


PROMISE = "## Tröjor\n\nAnna kontaktar Marknadsbyrån om priset.\n"


def test_a_later_sentence_that_speaks_of_an_undertaking_is_shown(tmp_path: Path):
    (own,) = stated(
        tmp_path, ACTION,
        ("2019-03-05", PROMISE),
        ("2019-03-19", "## Ekonomi\n\nMarknadsbyrån har skickat en offert.\n\nKassan är god.\n"),
    )  # fmt: skip
    assert later(own) == [("2019-03-19.txt", "Marknadsbyrån har skickat en offert.")]
    assert not own.is_open


def test_what_is_done_says_nothing_and_nor_do_the_names_of_those_who_met(tmp_path: Path):
    (own, *_) = stated(
        tmp_path, ACTION,
        ("2019-03-05", PROMISE),
        ("2019-03-19", "## Lokal\n\nAnna Berg hade kontakt med hyresvärden.\n"),
    )  # fmt: skip
    assert own.is_open


def test_a_point_of_a_list_that_comes_back_is_a_mention(tmp_path: Path):
    (own,) = stated(
        tmp_path, ACTION,
        ("2019-03-05", "## Punkter\n\n- Äggjakten\n  - @Anna fixar den\n- Lokalen är varm\n"),
        ("2019-03-19", "## Punkter\n\n- Äggjakten\n  - Gick bra\n- Lokalen är kall\n"),
    )  # fmt: skip
    assert later(own) == [("2019-03-19.txt", "Äggjakten")]


def test_what_stands_under_a_heading_is_shown_and_not_the_heading(tmp_path: Path):
    (own,) = stated(
        tmp_path, ACTION,
        ("2019-03-05", PROMISE),
        ("2019-03-19", "## Marknadsbyrån\n\nDe har skickat en offert.\n"),
    )  # fmt: skip
    assert later(own) == [("2019-03-19.txt", "De har skickat en offert.")]


OFTEN = "## Lokal\n\nBasen är varm.\n\n## Tävling\n\nDen blev rolig.\n"


@pytest.mark.parametrize(("words", "is_open"), [("", True), (" om det här", False)])
def test_an_undertaking_that_points_back_is_about_its_heading(tmp_path: Path, words, is_open):
    first, *rest = (f"2019-{month:02}-05" for month in range(1, 7))
    (own,) = stated(
        tmp_path, ACTION,
        (first, f"## Tävling\n\nAnna kontaktar rektorn{words}.\n"), *((day, OFTEN) for day in rest),
    )  # fmt: skip
    assert own.is_open is is_open


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("- Logotyp klar\n- Kassan är god\n", False),
        ("- Föreläsning\n  - Logotyp klar\n- Kassan är god\n", True),
    ],
)
def test_a_short_sentence_names_a_matter_unless_under_a_point(tmp_path: Path, text, is_open):
    days = ("2019-03-19", "2019-04-02", "2019-04-16")
    (own,) = stated(
        tmp_path, ACTION,
        ("2019-03-05", "## Tröjor\n\nAnna skickar logotypen.\n"),
        *((day, f"## Punkter\n\n{text}") for day in days),
    )  # fmt: skip
    assert own.is_open is is_open


def test_another_group_and_another_year_are_not_looked_through(tmp_path: Path):
    texts = {
        "a.txt": HEAD.format(day="2019-03-05") + PROMISE,
        "b.txt": "Protokoll kören 2019-03-19\n\n## Tröjor\n\nMarknadsbyrån är dyr.\n",
        "c.txt": HEAD.format(day="2021-03-02") + "## Tröjor\n\nMarknadsbyrån är dyr.\n",
    }
    (own,) = known(tmp_path / "kb", texts).statements(Filter(ACTION.name)).statements
    assert own.is_open


PUT_OFF = "## Nya stadgar\n\nPunkten bordläggs till nästa möte.\n"


def test_a_postponed_point_is_open_until_its_heading_comes_back(tmp_path: Path):
    others = "## Lokalen\n\nDen är kall.\n"
    (own,) = stated(
        tmp_path, POSTPONED,
        ("2019-03-05", PUT_OFF), ("2019-03-19", others),
    )  # fmt: skip
    assert own.is_open
    (own,) = stated(
        tmp_path / "..", POSTPONED,
        ("2019-03-05", PUT_OFF), ("2019-03-19", others),
        ("2019-04-02", "## Nya stadgar\n\nMötet antar stadgarna.\n"),
    )  # fmt: skip
    assert [path for path, _ in later(own)] == ["2019-04-02.txt"]


def case(number: str, what: str, result: str) -> str:
    return f"§ 7 Ärendenummer {number}\n{what}\nBeslut\n\n{result}\n\n"


def test_a_case_is_taken_up_by_its_number_whatever_it_is_called(tmp_path: Path):
    put_off = "Ärendet bordläggs till sammanträdet den 19 mars 2019."
    (own,) = stated(
        tmp_path, POSTPONED,
        ("2019-03-05", case("SLK-2019-00123", "Bidrag till föreningar", put_off)),
        ("2019-03-19", case("SLK-2019-00124", "Bidrag till föreningar", "Antecknas.")
         + case("SLK-2019-00123", "Stöd för ideella", "Förslaget antas.").replace("§ 7", "§ 8")),
    )  # fmt: skip
    ((path, sentence),) = later(own)
    assert path == "2019-03-19.txt"
    assert "Stöd för ideella" in sentence


def test_a_case_of_another_number_is_another_case(tmp_path: Path):
    put_off = "Ärendet bordläggs till sammanträdet den 19 mars 2019."
    (own,) = stated(
        tmp_path, POSTPONED,
        ("2019-03-05", case("SLK-2019-00123", "Bidrag till föreningar", put_off)),
        ("2019-03-19", case("SLK-2019-00124", "Bidrag till föreningar", "Antecknas.")),
    )  # fmt: skip
    assert own.is_open
