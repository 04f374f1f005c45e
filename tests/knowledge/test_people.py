"""One person across spellings, damage and documents."""

from __future__ import annotations

import pytest

from kb.knowledge import DocumentFacts, NameDecisions
from kb.knowledge.names import Likeness, likeness
from kb.knowledge.people import People, join
from tests.knowledge.made_up import from_town, named, said


def joined(*documents: DocumentFacts, decided: NameDecisions | None = None) -> People:
    return join(documents, decided or NameDecisions())


def persons(found: People) -> list[set[str]]:
    return sorted(({own.name for own in person} for person in found.persons), key=min)


def suggested(found: People) -> set[frozenset[str]]:
    return {frozenset((own.one.name, own.other.name)) for own in found.suggestions}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Anna Berg", "anna  berg", Likeness.SAME),
        ("Jessica Alm", "Jessika Alm", Likeness.SPELLING),
        ("Kristina Dahlqvist", "Christina Dahlkvist", Likeness.SPELLING),
        ("Håkan Strömberg", "Hikan Strémberg", Likeness.DAMAGED),
        ("Gustav Sörnäs", "Gustav Sörns", Likeness.DAMAGED),
        ("Annika Weman Widegård", "Annika Widegård", Likeness.SHORTENED),
        ("Anna-Karin Berg", "Anna Berg", Likeness.SHORTENED),
        ("Marie Berg", "Maria Berg", Likeness.NEAR),
        ("Anna Berg", "Karin Berg", None),
        ("Anna", "Anna Berg", None),
        ("Bo Ek", "Bo Åk", None),
    ],
)
def test_names_are_alike_in_ways_that_differ(one, other, expected):
    assert likeness(one, other) is expected
    assert likeness(other, one) is expected


def test_a_name_known_by_its_municipality_is_one_person_in_all_groups():
    found = joined(
        said("a", "Nätverket", from_town("Mikael Lindberg", "Svalöv")),
        said("b", "Socialchefsnätverket", from_town("Mikael Lindberg", "Svalöv")),
    )
    assert len(found.persons) == 1


def test_the_same_name_of_two_municipalities_is_suggested_only():
    found = joined(
        said("a", "Nätverket", from_town("Mikael Lindberg", "Svalöv")),
        said("b", "Nätverket", from_town("Mikael Lindberg", "Bjuv")),
    )
    assert len(found.persons) == 2
    assert len(found.suggestions) == 1


def test_spelling_and_damage_are_joined_within_a_group_with_a_reason():
    found = joined(
        said("a", "Styrelsen", "Jessica Alm", "Håkan Strömberg"),
        said("b", "Styrelsen", "Jessika Alm", "Hikan Strémberg", damaged=True),
    )
    assert persons(found) == [
        {"Hikan Strémberg", "Håkan Strömberg"},
        {"Jessica Alm", "Jessika Alm"},
    ]
    assert all(own.rule.reason and 0.8 <= own.rule.confidence < 1 for own in found.joins)


def test_like_names_of_groups_that_share_nothing_are_not_joined():
    found = joined(said("a", "Styrelsen", "Jessica Alm"), said("b", "Kören", "Jessika Alm"))
    assert len(found.persons) == 2


def test_two_names_in_one_document_are_two_persons():
    found = joined(said("a", "Styrelsen", "Petra Wolff", "Petra Wolf"))
    assert len(found.persons) == 2
    assert not found.suggestions


def test_a_damaged_document_may_have_one_name_in_two_forms():
    found = joined(
        said("a", "Styrelsen", "Gustav Sörnäs", "Gustav Sörns", damaged=True),
        said("b", "Styrelsen", "Gustav Sörnäs"),
    )
    assert len(found.persons) == 1


def test_a_badly_damaged_name_is_joined_only_to_the_one_it_is_like():
    damaged = said("b", "Styrelsen", "Pcr Norbcck", damaged=True)
    found = joined(said("a", "Styrelsen", "Per Norbeck"), damaged)
    assert len(found.persons) == 1
    found = joined(said("a", "Styrelsen", "Per Norbeck", "Pär Norbeck"), damaged)
    assert len(found.persons) == 3


def test_a_common_name_in_groups_of_no_common_people_is_suggested_only():
    found = joined(said("a", "Styrelsen", "Anna Andersson"), said("b", "Kören", "Anna Andersson"))
    assert len(found.persons) == 2
    assert suggested(found) == {frozenset(("Anna Andersson",))}


def test_a_nickname_is_suggested_and_never_joined():
    found = joined(said("a", "Ledningsgruppen", "Bo Pettersson", named("Bosse")))
    assert persons(found) == [{"Bo Pettersson"}]
    (only,) = found.suggestions
    assert {only.one.identity, only.other.identity} == {
        "Bosse (Ledningsgruppen)",
        "Bo Pettersson (Ledningsgruppen)",
    }
    assert only.rule.reason == "smeknamn"


def test_a_first_name_is_the_one_who_bears_it_in_the_same_document():
    found = joined(
        said("a", "Styrelsen", "Erik Mansén", named("Erik")),
        said("b", "Styrelsen", "Erik Mattfolk", named("Erik")),
    )
    assert persons(found) == [{"Erik", "Erik Mansén"}, {"Erik", "Erik Mattfolk"}]


def test_a_first_name_that_two_bear_is_nobody():
    found = joined(said("a", "Styrelsen", "Erik Mansén", "Erik Mattfolk", named("Erik")))
    assert persons(found) == [{"Erik Mansén"}, {"Erik Mattfolk"}]


def test_a_bare_first_name_is_one_within_its_group_and_never_across_groups():
    found = joined(
        said("a", "Föräldragruppen", "Anne"),
        said("b", "Föräldragruppen", "Anne"),
        said("c", "Ledningsgruppen", "Anne Eskilsson"),
        said("d", "Kören", "Anne"),
    )
    assert persons(found) == [{"Anne"}, {"Anne"}, {"Anne Eskilsson"}]
    assert not found.suggestions


def test_editors_join_and_part():
    same = ("Bosse (Ledningsgruppen)", "Bo Pettersson (Ledningsgruppen)")
    found = joined(
        said("a", "Ledningsgruppen", "Bo Pettersson", named("Bosse")),
        decided=NameDecisions(same=(same,)),
    )
    assert persons(found) == [{"Bo Pettersson", "Bosse"}]
    assert not found.suggestions
    apart = ("Jessica Alm (Styrelsen)", "Jessika Alm (Styrelsen)")
    found = joined(
        said("a", "Styrelsen", "Jessica Alm"),
        said("b", "Styrelsen", "Jessika Alm"),
        decided=NameDecisions(apart=(apart,)),
    )
    assert len(found.persons) == 2
    assert not found.suggestions


def test_decisions_about_names_that_are_not_there_are_told():
    found = joined(
        said("a", "Styrelsen", "Jessica Alm"),
        decided=NameDecisions(same=(("Jessica Alm (Styrelsen)", "Nisse (Kören)"),)),
    )
    assert found.unused == ("Jessica Alm (Styrelsen) – Nisse (Kören)",)
    assert len(found.persons) == 1


def test_a_name_in_running_text_alone_is_no_person():
    assert not joined(said("a", "Styrelsen", named("Kalle"))).persons
