from __future__ import annotations

import pytest

from kb.swedish.identity_numbers import find_identity_numbers, mask

WRITTEN = [
    "811218-9876", "19811218-9876", "8112189876", "198112189876", "811218+9876",
    "811218\u20119876", "811218\u22129876", "811218\u20139876", "811218-\u00ad9876",
    "811218\u200b-9876", "8112\u200b18-98\u00ad76", "1981-12-18-9876", "811218.9876",
    "811218/9876", "811218-98 76", "811218  9876", "811218 - 9876", "81 12 18-9876",
    "81.12.18-9876", "811218-\n9876", "811218\u00a09876", "８１１２１８-９８７６",
    "8l12l8-9876", "811218 -9876", "811278-9873",
]  # fmt: skip
MISTYPED = ["811218-9877", "19811218-9877", "811278-9870", "811218–9877"]
NONE = [
    "042-10 50 00", "0431-44 50 00", "556677-8899", "2021-12-18 kl. 09.30", "dnr 2021/1234",
    "SN 2023-112", "1 000 000", "070-123 45 67", "2021-12-18", "§ 121 och 122", "10.00-12.00",
    "1234-5678", "konto 8112-1898 76", "2019-2020", "8112189877", "Sida 12 av 811218",
    "KS 2024-00123-1", "Bg 123-4567", "sidorna 811218-98765", "2023-06-14\n\n2023-06-16",
]  # fmt: skip


@pytest.mark.parametrize("number", WRITTEN + MISTYPED)
@pytest.mark.parametrize("frame", ["{}", "Barnet ({}) placeras.", "Anna,{}, och Bo", "pnr{}"])
def test_a_number_is_found_and_masked_however_it_is_written(number: str, frame: str):
    text = frame.format(number)
    (span,) = find_identity_numbers(text)
    assert span.slice(text) == number
    hidden = mask(text)
    assert not any(letter.isdigit() for letter in hidden)
    assert len(hidden) == len(text)
    assert find_identity_numbers(hidden) == ()


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_are_none(text: str):
    assert find_identity_numbers(text) == ()


@pytest.mark.parametrize(
    "word", ["personnummer", "Pnr:", "född", "samordningsnummer ", "Personnr."]
)
@pytest.mark.parametrize("number", ["8112189877", "198112189877", "811299 9877"])
def test_a_word_before_it_says_what_a_number_is(word: str, number: str):
    assert len(find_identity_numbers(f"{word} {number}")) == 1


def test_places_are_those_of_the_text_also_behind_invisible_signs():
    text = "Å\u00adtta \u200bbarn: 811218-9876, 811218\u20119876."
    assert [span.slice(text) for span in find_identity_numbers(text)] == [
        "811218-9876",
        "811218\u20119876",
    ]


def test_long_texts_of_digits_take_no_longer_than_they_must():
    assert find_identity_numbers("1" * 200_000) == ()
    assert find_identity_numbers("personnummer " * 20_000) == ()
