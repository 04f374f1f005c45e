from __future__ import annotations

import datetime as dt

import pytest

from kb.web import formats, phrases


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1234, "1\u202f234"), (12345678, "12\u202f345\u202f678")],
)
def test_numbers_are_grouped_without_a_place_to_break(value, shown):
    assert formats.number(value) == shown


@pytest.mark.parametrize(
    ("total", "shown"), [(0, "Inga träffar"), (1, "1 träff"), (1234, "1\u202f234 träffar")]
)
def test_the_heading_counts_hits(total, shown):
    assert phrases.hits(total) == shown


def test_dates_are_swedish():
    assert formats.long_date(dt.date(2024, 3, 14)) == "14 mars 2024"
    assert formats.weekday_date(dt.date(2017, 10, 24)) == "tisdag 24 oktober 2017"


def test_times_are_swedish():
    assert formats.clock(dt.time(9)) == "kl. 9.00"
    assert formats.clock(dt.time(9, 5), dt.time(12)) == "kl. 9.05–12.00"


@pytest.mark.parametrize(
    ("words", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_words_are_joined_as_in_a_sentence(words, shown):
    assert formats.enumeration(words) == shown


@pytest.mark.parametrize(
    ("size", "shown"), [(12, "12 byte"), (4811, "4,8 kB"), (2_500_000, "2,5 MB")]
)
def test_sizes_have_a_decimal_comma(size, shown):
    assert formats.file_size(size).replace("\u00a0", " ") == shown


def test_of_many_names_some_are_told():
    names = [f"Kommun {number}" for number in range(40)]
    assert formats.abridged(names[:10]) == formats.enumeration(names[:10])
    told = formats.abridged(names, ["Kommun 33"])
    assert told.startswith("Kommun 33, Kommun 0, ")
    assert told.endswith("Kommun 7 och 31 till")
