import pytest

from kb.repair.changes import apply
from kb.repair.decode import default_decoder
from kb.repair.words import WordPlace


def mended(text, corrections=None):
    return apply(text, default_decoder().decode(text, corrections or {}))


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("Fokus £6r nitverket denna ging", "Fokus för nätverket denna gång"),
        ("Hikan Strémberg Landskrona", "Håkan Strömberg Landskrona"),
        ("Madeleine Moberg, Sval6v", "Madeleine Moberg, Svalöv"),
        ("det blev atta temaomriden", "det blev åtta temaområden"),
        ("alla kommunfullmiktigeledaméter", "alla kommunfullmäktigeledamöter"),
        ("Sammanträdet bérjade k1. 9", "Sammanträdet började kl. 9"),
        ("Linda Macke, Socialchefsnitverket", "Linda Macke, Socialchefsnätverket"),
        ("NARVARANDE OCH OVRIGA", "NÄRVARANDE OCH ÖVRIGA"),
        ("| detta ingar att ta fram en plan", "I detta ingår att ta fram en plan"),
        ("det var fOr sent", "det var för sent"),
    ],
)
def test_damaged_words_are_mended(damaged, whole):
    assert mended(damaged) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Cathrine Eriksson (ordf.) Helsingborg",
        "workshop, bikupa, laget runt etc.",
        "Se https://oppnasoc.helsingborg.se/utveckling/ den 1 maj",
        "punkt 1 och 2 i bilaga 1 till protokollet",
        "diarienummer A2025/00884",
        "SiS och LSS samt ABC123",
    ],
)
def test_right_words_stay(text):
    assert mended(text) == text


def test_the_neighbours_settle_years():
    assert mended("Budgeten for nasta ar ar anstrangd") == "Budgeten för nästa år är ansträngd"


def test_real_words_keep_what_they_may_be_as_alternatives():
    (change,) = default_decoder().decode("flera huvudman anser")
    assert change.repaired in {"huvudman", "huvudmän"}
    assert {change.repaired, *(a.text for a in change.alternatives)} >= {"huvudman", "huvudmän"}
    assert 0 < change.probability < 1


def test_no_more_than_three_alternatives_and_none_unlikely():
    text = "Halla Hall Lag Man Sag Val Fal Har"
    for change in default_decoder().decode(text):
        assert len(change.alternatives) <= 3
        assert all(reading.probability >= 0.005 for reading in change.alternatives)
        total = change.probability + sum(a.probability for a in change.alternatives)
        assert total <= 1.0001


def test_a_correction_settles_the_same_damage_everywhere():
    text = "Bengt Xqzérn och Xqzérn"
    assert mended(text, {"Xqzérn": "Axzörn"}) == "Bengt Axzörn och Axzörn"


def test_a_capital_may_be_a_misread_small_letter():
    texts = [option.text for option in default_decoder().options("Gkade", WordPlace.INSIDE)]
    assert texts[0] == "ökade"
