"""Which announced meetings there are minutes of."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.knowledge import DocumentFacts
from kb.knowledge.coverage import announced
from kb.knowledge.document_facts import AnnouncedMeeting

DAY = dt.date(2019, 3, 19)


def minutes(
    path: str, group: str | None, date: dt.date | None, *coming: str, home: str = ""
) -> DocumentFacts:
    return DocumentFacts(
        path=path, title=path, kind="protokoll", group=group, home=home, date=date,
        proposed=None, doubtful=False, damaged=False,
        announced=tuple(AnnouncedMeeting(DAY, sentence, 0, len(sentence)) for sentence in coming),
    )  # fmt: skip


FIRST = minutes("a", "Styrelsen", dt.date(2019, 3, 5), "Nästa möte är den 19 mars.")


def test_minutes_of_that_day_and_group_are_those_of_the_meeting():
    (one,) = announced([FIRST, minutes("b", "styrelsen", DAY)])
    assert (one.group, one.date, one.held) == ("Styrelsen", DAY, ("b",))


@pytest.mark.parametrize(
    "other", [minutes("b", "Kören", DAY), minutes("b", "Styrelsen", dt.date(2019, 3, 20))]
)
def test_minutes_of_another_group_or_day_are_not(other):
    (one,) = announced([FIRST, other])
    assert one.held == ()
    assert [source.sentence for _, _, source in one.sources] == ["Nästa möte är den 19 mars."]


def test_a_likelier_date_counts_as_well():
    doubted = DocumentFacts(
        path="b", title="b", kind="protokoll", group="Styrelsen", home="",
        date=dt.date(2009, 3, 19), proposed=DAY, doubtful=True, damaged=False,
    )  # fmt: skip
    (one,) = announced([FIRST, doubted])
    assert one.held == ("b",)


def test_the_same_meeting_announced_twice_is_one_with_both_sentences():
    again = minutes("c", "Styrelsen", dt.date(2019, 3, 12), "Vi ses den 19 mars.")
    (one,) = announced([FIRST, again])
    assert [own.path for own, _, _ in one.sources] == ["c", "a"]


def test_boards_of_two_municipalities_are_two():
    first = minutes("a", "Socialnämnden", dt.date(2019, 3, 5), "Nästa möte 19 mars", home="Bjuv")
    other = minutes("b", "Socialnämnden", DAY, home="Svalöv")
    (one,) = announced([first, other])
    assert one.held == ()


def test_a_meeting_of_another_group_is_found_if_the_sentence_names_it():
    first = minutes("a", "Styrelsen", dt.date(2019, 3, 5), "Stämman hålls den 19 mars.")
    (one,) = announced([first, minutes("b", "Divisionsstämman", DAY)])
    assert (one.group, one.held) == ("Divisionsstämman", ("b",))


def test_a_word_that_its_own_group_has_names_no_other():
    first = minutes("a", "Socialnämnden", dt.date(2019, 3, 5), "Nästa nämnd är den 19 mars.")
    (one,) = announced([first, minutes("b", "Byggnämnden", DAY)])
    assert (one.group, one.held) == ("Socialnämnden", ())
