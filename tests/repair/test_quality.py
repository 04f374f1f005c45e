import pytest

from kb.model import Damage, Span
from kb.repair.quality import estimate, estimate_pages, is_stripped
from tests.repair.sources import seed


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_clean_minutes_are_left_alone(lexicon, number):
    found = estimate(seed(number).text, lexicon)
    assert found.damage is Damage.NONE
    assert 0.03 < found.swedish_letters < 0.07
    assert found.known_words > 0.95


def test_minutes_read_without_swedish_are_told_by_their_letters(lexicon):
    found = estimate(seed("004").text, lexicon)
    assert found.damage is Damage.NO_SWEDISH
    assert found.swedish_letters == 0
    assert found.known_words < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Närvarande: Barbro, Eva, Carina, Tina, Annika, Cecilia och Anne",
        "The parties agreed that the work for the coming year should start as soon as possible.",
        "Anna Lind, Eva Berg, Karin Holm, Maria Bergman, Peter Lund",
        "2020-01-10 09:00 12:00 14:30",
        "",
    ],
)
def test_nothing_is_wrong_with(lexicon, text):
    assert estimate(text, lexicon).damage is Damage.NONE


def test_hardly_a_word_left(lexicon):
    page = (
        "och att av med Vlk4 frgrxx nitvrkt £6 dcnx gngx vrzq att txz frmz vlk3 fgrrz som ntvrkt "
        "sk4 rbtzz fran pa hqzx lkwe"
    )
    assert estimate(page, lexicon).damage is Damage.SEVERE


@pytest.mark.parametrize("word", ["for", "ar", "fran", "halsa", "fragorna", "ordforande"])
def test_words_that_lost_their_dots(lexicon, word):
    assert is_stripped(word, lexicon)


@pytest.mark.parametrize("word", ["man", "vara", "hora", "att", "socialtjänsten", "kommun"])
def test_words_that_stand_without_dots(lexicon, word):
    assert not is_stripped(word, lexicon)


def test_a_short_page_goes_by_the_whole_text(lexicon):
    text = seed("004").text
    cut = text.index("Vid tangenterna")
    pages = estimate_pages(text, (Span(0, cut), Span(cut, len(text))), lexicon)
    assert [page.damage for page in pages] == [Damage.NO_SWEDISH, Damage.NO_SWEDISH]
