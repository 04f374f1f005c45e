"""Dates and times as minutes write them."""

import datetime as dt

import pytest

from kb.parse.dates import find_clocks, find_dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("möte den 24 oktober 2017", (2017, 10, 24)),
        ("mö te den 24 öktöber 2017", (2017, 10, 24)),
        ("2020-01-10 k1. 9-12", (2020, 1, 10)),
        ("torsdagen den 23:e februari 2023", (2023, 2, 23)),
        ("den 3:e december 2009", (2009, 12, 3)),
        ("2/3-19", (2019, 3, 2)),
        ("7/2 2020", (2020, 2, 7)),
        ("15 nov. 2018", (2018, 11, 15)),
        ("den 2 no vember 2018", (2018, 11, 2)),
        ("2-3 juni 2017", (2017, 6, 2)),
        ("20171024", (2017, 10, 24)),
        ("18 August 2020", (2020, 8, 18)),
    ],
)
def test_date_with_year(text, date):
    (found,) = find_dates(text)
    assert found.date == dt.date(*date)


@pytest.mark.parametrize(
    ("text", "day", "month"),
    [
        ("Vi ses igen den 7 nov kl 10.30", 7, 11),
        ("Till ndsta traff den 7/2 kommer", 7, 2),
        ("(13 februari)", 13, 2),
    ],
)
def test_date_without_year(text, day, month):
    (found,) = find_dates(text)
    assert (found.day, found.month, found.year) == (day, month, None)


@pytest.mark.parametrize(
    "text",
    [
        "30 minuter",
        "32%",
        "ca 30 min",
        "§ 12",
        "12-18 år",
        "31 februari 2020",
        "2 maja",
        "5/13",
        "",
    ],
)
def test_no_date(text):
    assert find_dates(text) == []


def test_year_is_worked_out_from_a_day_before():
    (found,) = find_dates("den 7/2")
    assert found.after(dt.date(2019, 12, 1)) == dt.date(2020, 2, 7)
    assert found.after(dt.date(2020, 2, 7)) == dt.date(2020, 2, 7)


def test_weekday_is_taken_along():
    (found,) = find_dates("välkomna till Oslo tisdag 28 nov")
    assert found.weekday == 1


@pytest.mark.parametrize(
    ("text", "time", "until"),
    [
        ("kl 10.30", (10, 30), None),
        ("k1. 9-12", (9, 0), (12, 0)),
        ("klockan 19.30", (19, 30), None),
        ("Tiden är 12.30-15.00 inkl. lunch", (12, 30), (15, 0)),
        ("kl. 14:00-16:20", (14, 0), (16, 20)),
    ],
)
def test_clock(text, time, until):
    (found,) = find_clocks(text, 0, len(text))
    assert found.time == dt.time(*time)
    assert found.until == (dt.time(*until) if until else None)
