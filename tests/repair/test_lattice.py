import pytest

from kb.repair.changes import apply
from kb.repair.lattice import repair_lines
from tests.repair.sources import seed


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        (
            "Anteckningar fra n fö ra ldragruppens mö te den 24 öktöber 2017 ",
            "Anteckningar från föräldragruppens möte den 24 oktober 2017 ",
        ),
        ("Na rvarande: Barbrö öch Cecilia", "Närvarande: Barbro och Cecilia"),
        ("ungdömsverksamhet gentemöt fö ra ldrar", "ungdomsverksamhet gentemot föräldrar"),
        ("Ba sta la get i kömmunerna fö rba ttras", "Bästa läget i kommunerna förbättras"),
    ],
)
def test_broken_lines_become_whole(lexicon, damaged, whole):
    assert apply(damaged, repair_lines(damaged, lexicon)).casefold() == whole.casefold()


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_whole_lines_stay(lexicon, number):
    assert repair_lines(seed(number).text, lexicon) == ()


def test_only_the_broken_line_is_touched(lexicon):
    text = seed("000").text
    heading = text.index("Närvarande:")
    assert all(change.span.end < heading for change in repair_lines(text, lexicon))


def test_a_margin_keeps_small_words_apart(lexicon):
    text = "De ska ta emot alla som vill ha en plats i Malmö stad och Nacka kommun."
    assert repair_lines(text, lexicon) == ()
