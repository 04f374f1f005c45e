"""What the minutes of one group say of each other's dates."""

import datetime as dt

import pytest

from kb.model import DateFinding
from kb.parse import SeriesInput, parse, weigh_neighbours, with_neighbours
from tests.parse.conftest import unrepaired


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def kept(path: str, stated: str | None, *announced: str, group: str = "Styrelsen") -> SeriesInput:
    finding = DateFinding(day(stated) if stated else None, 0.95 if stated else 0.0, ("Skäl.",))
    return SeriesInput(path, group, finding, tuple(map(day, announced)))


MONTHLY = [kept(f"{n}.txt", f"2019-0{n}-05") for n in range(1, 8)]


def test_nothing_is_said_of_sound_dates():
    assert weigh_neighbours(MONTHLY) == {}


def test_announced_meeting_is_trusted_more():
    found = weigh_neighbours([kept("a", "2019-03-05", "2019-04-02"), kept("b", "2019-04-02")])
    assert list(found) == ["b"]
    assert found["b"].date.confidence == 0.97
    assert found["b"].date.reasons[-1] == "Mötet den 5 mars 2019 aviserade 2 april 2019."
    assert found["b"].date.proposed is None


@pytest.mark.parametrize(
    ("stated", "proposed"),
    [
        ("2029-04-02", "2019-04-02"),  # another year
        ("2019-02-04", "2019-04-02"),  # day and month turned
        ("2019-05-02", None),  # moved, perhaps
        ("2019-04-09", None),
    ],
)
def test_slip_in_an_announced_day(stated, proposed):
    library = [kept("a", "2018-12-03", "2019-04-02"), kept("b", stated)]
    date = weigh_neighbours(library)["b"].date if proposed else None
    assert (date and str(date.proposed)) == proposed
    assert date is None or date.confidence < 0.5
    assert proposed or weigh_neighbours(library) == {}


def test_year_in_which_the_group_never_met():
    found = weigh_neighbours([*MONTHLY, kept("x", "2009-08-06")])
    assert found["x"].date.proposed == day("2019-08-06")
    assert found["x"].date.confidence < 0.5
    assert "2019" in found["x"].date.reasons[1]


def test_a_gap_between_meetings_tells_nothing():
    assert weigh_neighbours([*MONTHLY, kept("x", "2014-08-06"), kept("y", "2011-01-05")]) == {}


def test_two_minutes_of_one_day_of_which_one_file_is_named_for_another():
    library = [kept("mote_160607.txt", "2016-06-07"), kept("mote_160715.txt", "2016-06-07")]
    found = weigh_neighbours(library)
    assert list(found) == ["mote_160715.txt"]
    assert found["mote_160715.txt"].date.proposed == day("2016-07-15")


def test_undated_minutes_are_of_the_day_announced_that_none_are_of():
    library = [kept("a", "2019-03-05", "2019-04-02"), kept("b", None)]
    date = weigh_neighbours(library)["b"].date
    assert (date.stated, date.proposed) == (None, day("2019-04-02"))


def test_groups_are_kept_apart():
    library = [
        kept("a", "2019-03-05", "2019-04-02", group="Gemensam ledningsgrupp"),
        kept("b", "2019-04-02", group="Gemensam utvecklingsgrupp"),
        kept("c", "2019-04-02", group="Ledningsgruppen"),
    ]
    assert weigh_neighbours(library) == {}


@pytest.mark.parametrize(
    ("names", "usual"),
    [
        (["Vågen kod", "Vågen kod", "Vågen Kod"], "Vågen kod"),
        (["Datorföreningen Vågen", "Vågen"], "Datorföreningen Vågen"),
    ],
)
def test_one_group_under_its_usual_name(names, usual):
    library = [kept(f"{n}", f"2019-0{n}-05", group=g) for n, g in enumerate(names, 1)]
    found = weigh_neighbours(library)
    assert {found[o.path].group if o.path in found else o.group for o in library} == {usual}


def test_a_name_two_associations_share_is_left_alone():
    names = ["Datorföreningen Vågen", "Båtklubben Vågen", "Vågen"]
    library = [kept(f"{n}", f"2019-0{n}-05", group=g) for n, g in enumerate(names, 1)]
    assert weigh_neighbours(library) == {}


def test_minutes_are_changed_in_group_date_and_title_only():
    minutes = parse(unrepaired("Vågen Kod\n2019-02-05\n", "b.txt"))
    library = [kept(str(n), f"2019-0{n + 2}-05", group="Vågen kod") for n in (1, 2)]
    mine = kept("b.txt", "2019-02-05", group="Vågen Kod")
    weighed = weigh_neighbours([*library, mine])["b.txt"]
    changed = with_neighbours(minutes, weighed)
    assert changed.group == "Vågen kod"
    assert changed.date == weighed.date
    assert with_neighbours(minutes, None) is minutes
