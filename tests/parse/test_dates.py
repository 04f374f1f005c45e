"""Dates and times as minutes write them."""

import datetime as dt

import pytest

from kb.parse.when.clocks import find_clocks
from kb.parse.when.dates import find_dates, find_months


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
        ("2019-3-2", (2019, 3, 2)),
        ("2019-03.02", (2019, 3, 2)),
        ("2O19-o3-02", (2019, 3, 2)),
        ("2019 - 03 - 02", (2019, 3, 2)),
        ("2019 03 02", (2019, 3, 2)),
        ("2019-03-02–03", (2019, 3, 2)),
        ("20190302", (2019, 3, 2)),
        ("Protokoll 190302", (2019, 3, 2)),
        ("19-03-02", (2019, 3, 2)),
        ("02.03.2019", (2019, 3, 2)),
        ("2-3-2019", (2019, 3, 2)),
        ("2/3/2019", (2019, 3, 2)),
        ("2/III 2019", (2019, 3, 2)),
        ("2.III.2019", (2019, 3, 2)),
        ("den 7:de mars 2024", (2024, 3, 7)),
        ("l7 maj 2O19", (2019, 5, 17)),
        ("den andra mars 2019", (2019, 3, 2)),
        ("tjugofjärde oktober år 2017", (2017, 10, 24)),
        ("2 mars -19", (2019, 3, 2)),
        ("2 mars ’19", (2019, 3, 2)),
        ("2:a mars, 2019", (2019, 3, 2)),
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
        ("3–5 juni", 3, 6),
        ("Styrelsemöte nr 4, 12 mars", 12, 3),
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
        "konto 190302-4431",
        "190302 kr",
        "version 2.3",
        "mars 2019",
        "",
    ],
)
def test_no_date(text):
    assert find_dates(text) == []


def test_year_is_worked_out_from_a_day_before():
    (found,) = find_dates("den 7/2")
    assert found.after(dt.date(2019, 12, 1)) == dt.date(2020, 2, 7)
    assert found.after(dt.date(2020, 2, 7)) == dt.date(2020, 2, 7)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5, 12 och 19 mars 2019", [(2019, 3, 5), (2019, 3, 12), (2019, 3, 19)]),
        ("30 mars – 1 april 2019", [(2019, 3, 30), (2019, 4, 1)]),
        ("29 december - 2 januari 2020", [(2019, 12, 29), (2020, 1, 2)]),
        ("4/2-19, 4/3-19", [(2019, 2, 4), (2019, 3, 4)]),
    ],
)
def test_several_dates(text, days):
    assert [str(each.date) for each in find_dates(text)] == [str(dt.date(*day)) for day in days]


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("tis 28 nov", 1),
        ("torsdagen, den 7 mars", 3),
        ("2019-03-02 (lördag)", 5),
        ("hans son 5 maj", None),
        ("när man 28 november", None),
    ],
)
def test_weekday_before_or_after(text, weekday):
    (found,) = find_dates(text)
    assert found.weekday == weekday


def test_month_by_itself():
    assert [each[1:] for each in find_months("Minnesanteckningar mars 2019")] == [(2019, 3)]


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
        ("kl. 18.30 - ca 20", (18, 30), (20, 0)),
        ("klockan 9 till 11.45", (9, 0), (11, 45)),
    ],
)
def test_clock(text, time, until):
    (found,) = find_clocks(text, 0, len(text))
    assert found.time == dt.time(*time)
    assert found.until == (dt.time(*until) if until else None)


@pytest.mark.parametrize("text", ["2o.15", "2O.15", "20.l5", "kl 2o.15", "kl l5.00", "kl. i2.30"])
def test_a_misread_hour_is_a_time_or_none_and_never_an_error(text: str):
    for clock in find_clocks(text, 0, len(text), bare=True):
        assert clock.time.hour in (12, 15, 20)
