"""Words of closed lists, found although their letters were misread."""

import pytest

from kb.swedish.closed_list import distance, vocabulary
from kb.swedish.municipalities import (
    by_address,
    by_damaged_name,
    by_name,
    municipalities,
)
from kb.swedish.skeleton import skeleton


@pytest.mark.parametrize(
    ("read", "truth"),
    [
        ("Hoganis", "Höganäs"),
        ("Sval6v", "Svalöv"),
        ("ndrvarande", "närvarande"),
        ("jaimforelser", "jämförelser"),
        ("£6r", "för"),
        ("öktöber", "oktober"),
        ("fö ra ldragruppens", "föräldragruppens"),
        ("k1", "kl"),
    ],
)
def test_damaged_and_true_words_share_a_loose_skeleton(read, truth):
    assert skeleton(read, loose=True) == skeleton(truth, loose=True)
    assert distance(truth, read) < 1


def test_other_letters_cost_more_than_confusions():
    assert distance("höra", "hora") < distance("höra", "höja")
    assert distance("höra", "höra") == 0


def test_vocabulary_prefers_what_is_closest():
    words = vocabulary(["råd", "rad"])
    assert words.like("rad") == "rad"
    assert words.like("råd") == "råd"
    assert words.like("rid") == "råd"
    assert words.like("rosor") is None
    assert words.like("") is None


def test_there_are_290_municipalities():
    assert len({each.name for each in municipalities()}) == 290
    assert len({each.code for each in municipalities()}) == 290


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Helsingborgs", "Helsingborg"),
        ("Höganäs", "Höganäs"),
        ("Lilla Edet", "Lilla Edet"),
        ("Dals-Ed", "Dals-Ed"),
    ],
)
def test_names_and_genitives(word, name):
    assert by_name(word).name == name


def test_what_is_no_municipality():
    assert by_name("Oslo") is None
    assert by_name("klippan") is None
    assert by_damaged_name("Köpenhamn") is None


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Astorp", "Åstorp"),
        ("Orkelljunga", "Örkelljunga"),
        ("Bastad", "Båstad"),
        ("Angelholm", "Ängelholm"),
        ("Ornskéldsvik", "Örnsköldsvik"),
        ("Höga nä s", "Höganäs"),
    ],
)
def test_damaged_names(word, name):
    assert by_damaged_name(word).name == name


def test_web_addresses():
    assert by_address("oppnasoc.helsingborg.se").name == "Helsingborg"
    assert by_address("www.bastad.se").name == "Båstad"
    assert by_address("helsingborg.example.com") is None
