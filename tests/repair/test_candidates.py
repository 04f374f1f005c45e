import pytest

from kb.repair.candidates import Finder
from kb.repair.channel import Misreading, NoisyChannel
from kb.repair.letters import Letters
from kb.repair.lexicon import WordCosts
from kb.repair.parts import Parts


@pytest.fixture(scope="module")
def finder():
    costs = {"nätverk": 10.0, "nätverket": 9.0, "möte": 8.0, "social": 11.0, "tema": 10.0}
    parts = Parts(heads={"social": 5.0, "tema": 6.0, "mötes": 6.0}, tails={"nätverk": 5.0})
    rules = [
        Misreading("ä", "a", 0.3),
        Misreading("ä", "i", 2.0),
        Misreading("ö", "é", 1.0),
        Misreading("t", "", 6.0),
    ]
    letters = Letters(["anna", "lind", "bok", "rad", *costs])
    return Finder(WordCosts(costs, {"håkan": 8.0}), parts, NoisyChannel(rules), letters)


def test_the_cheapest_word_comes_first(finder):
    best = finder.find("nitverket")[0]
    assert (best.text, best.prior, best.channel) == ("nätverket", 9.0, 2.0)
    assert best.cost == 11.0


def test_compounds_restart_inside_the_word(finder):
    assert finder.find("temanitverk")[0].text == "temanätverk"
    assert finder.find("métessocialnatverk")[0].text == "mötessocialnätverk"


def test_a_letter_may_have_been_lost(finder):
    assert "nätverk" in {candidate.text for candidate in finder.find("naverk")}


def test_what_no_word_explains_stays_as_it_is(finder):
    best = finder.find("qwrzx")[0]
    assert (best.text, best.known) == ("qwrzx", False)


def test_names_are_only_asked_for_where_a_capital_stood(finder):
    assert not any(candidate.name for candidate in finder.find("hakan"))
    best = finder.find("håkan", name=True)[0]
    assert (best.text, best.name) == ("håkan", True)
