from __future__ import annotations

import pytest

from kb.search.spelling import SpellingIndex
from kb.search.suggest import suggest
from kb.search.vocabulary import CollectionVocabulary
from tests.search.memory import lexicon

WORDS = {
    "familjehem": 9, "familjehemmen": 4, "rekrytering": 5, "rekryteringen": 2, "höganäs": 3,
    "placering": 6, "placeringar": 2, "orosanmälan": 4, "barn": 20, "barnet": 9, "och": 50,
}  # fmt: skip
SPELLING = SpellingIndex(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("familjehm", "familjehem"),
        ("familejhem", "familjehem"),
        ("rekrytring", "rekrytering"),
        ("orosanmälen", "orosanmälan"),
        ("hoganes", "höganäs"),
        ("Hoganes", "Höganäs"),
        ("familjehemsrekrytring", "familjehemsrekrytering"),
    ],
)
def test_a_slip_of_the_fingers_is_mended(typed: str, meant: str):
    assert suggest(typed, [typed], SPELLING, lambda text: True) == meant


def test_only_what_is_missing_is_replaced():
    meant = suggest("barn familjehm", ["familjehm"], SPELLING, lambda text: True)
    assert meant == "barn familjehem"


def test_several_words_are_mended_together():
    meant = suggest(
        "familjehm rekrytring", ["familjehm", "rekrytring"], SPELLING, lambda text: True
    )
    assert meant == "familjehem rekrytering"


def test_a_word_without_likeness_does_not_hide_the_others():
    meant = suggest("xylofon familjehm", ["xylofon", "familjehm"], SPELLING, lambda text: True)
    assert meant == "xylofon familjehem"


def test_the_next_likely_word_is_tried():
    assert (
        suggest("barn", ["barn"], SpellingIndex({"barnn": 9, "barne": 1}), "barne".__eq__)
        == "barne"
    )


def test_nothing_is_suggested_that_finds_nothing():
    assert suggest("familjehm", ["familjehm"], SPELLING, lambda text: False) is None


@pytest.mark.parametrize("typed", ["xyz", "ab", "qqqqqqqqqqq", "", "123"])
def test_nothing_is_suggested_for_what_is_like_nothing(typed: str):
    assert suggest(typed, [typed], SPELLING, lambda text: True) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoganas", ["höganäs"]),
        ("orosanmalan", ["orosanmälan"]),
        ("orosanmälan", []),
        ("barn", []),
        ("höganas", ["höganäs"]),
        ("håganas", []),
    ],
)
def test_dots_are_put_back_but_never_taken_away(typed: str, meant: list[str]):
    assert CollectionVocabulary([lexicon(WORDS)], []).unfold(typed) == meant
