"""What the five seeds say together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kb.build import generations, pipeline
from kb.knowledge import Filter, KnowledgeBase
from kb.knowledge.answers import AttendanceRow, PersonPage
from kb.model import ACTION, POSTPONED

PARENTS, LEADERS, NETWORK, MANAGERS = (
    "Föräldragruppen", "Gemensam ledningsgrupp", "Nätverksmöte", "Socialchefsnätverket"
)  # fmt: skip
TOLD_2010, STATED_2020 = "003_5e5d61977808aeba.txt", "004_08cf0bc6b16c0240.txt"


@pytest.fixture(scope="module")
def base(seed_index: Path) -> KnowledgeBase:
    """What is known of the seeds, built as every library is."""
    generation = generations.current(seed_index)
    assert generation
    return pipeline.open_knowledge(generation)


def person(base: KnowledgeBase, name: str) -> PersonPage:
    (line,) = [own for own in base.people() if own.name == name]
    found = base.person(line.key)
    assert found
    return found


def test_hoganas_and_its_round_dated_as_stated_with_the_doubt_shown(base: KnowledgeBase):
    found = base.municipality("Höganäs")
    assert found
    (last,) = found.rounds
    assert last.source.path == TOLD_2010
    assert last.source.date == dt.date(2010, 12, 4)
    assert last.source.proposed == dt.date(2020, 12, 4)
    assert last.source.doubtful
    assert "hög belastning gällande barn och unga" in last.quotes[0].text
    assert {own.quote.source.path: own.part for own in found.meetings} == {
        TOLD_2010: "deltog",
        STATED_2020: "deltog",
    }
    assert {"Cathrine Eriksson", "Anita Bengtsson"} <= {own.name for own in found.people}


def test_cathrine_eriksson_presides(base: KnowledgeBase):
    (only,) = person(base, "Cathrine Eriksson").meetings
    assert (only.role, only.quote.source.group) == ("ordförande", MANAGERS)


def test_mikael_lindberg_is_one_person_with_svalov(base: KnowledgeBase):
    found = person(base, "Mikael Lindberg")
    places: dict[str, AttendanceRow] = {own.quote.source.path: own for own in found.meetings}
    assert set(places) == {TOLD_2010, STATED_2020}
    assert "Sval6v" in places[STATED_2020].quote.text
    assert found.place == "Svalöv"


def test_bosse_is_suggested_as_bo_pettersson(base: KnowledgeBase):
    (only,) = person(base, "Bo Pettersson").suggestions
    assert {only.one, only.other} == {f"Bosse ({LEADERS})", "Bo Pettersson (Helsingborg)"}
    assert only.reason == "smeknamn"
    assert only.confidence < 0.8


def test_first_names_of_the_parents_group_are_nobody_of_another_group(base: KnowledgeBase):
    found = person(base, "Anne")
    assert {own.quote.source.group for own in found.meetings} == {PARENTS}
    assert len(found.meetings) == 2


def test_the_parents_group_and_its_meetings(base: KnowledgeBase):
    found = base.group(PARENTS)
    assert found
    assert [own.date for own in found.meetings] == [dt.date(2017, 5, 9), dt.date(2017, 10, 24)]
    coming = {own.date: own for own in found.announced}
    assert {dt.date(2017, 11, 7), dt.date(2017, 11, 21)} <= set(coming)
    assert coming[dt.date(2017, 11, 7)].time == dt.time(10, 30)
    assert not any(own.held for own in found.announced)


def test_announced_meetings_without_minutes_each_with_its_sentence(base: KnowledgeBase):
    missing = {own.date: own for own in base.missing(dt.date(2026, 1, 1))}
    said = {
        dt.date(2017, 2, 13): "Planering av nästa Gemensamma utvecklingsgrupp (13 februari)",
        dt.date(2017, 5, 23): "vid nästa mötestillfälle den 23 maj",
        dt.date(2017, 11, 7): "Vi ses igen den 7 nov kl 10.30",
        dt.date(2017, 11, 21): "möte är 21 nov kl 10.30",
        dt.date(2020, 2, 7): "träff den 7/2",
        dt.date(2021, 2, 26): "26 februari i Helsingborg",
        dt.date(2021, 5, 7): "7 maj i Svalöv",
        dt.date(2021, 9, 24): "24 september i Båstad",
        dt.date(2021, 11, 26): "26 november i Bjuv",
    }
    assert set(missing) == set(said)
    for day, words in said.items():
        assert any(words in quote.text for quote in missing[day].quotes), day
    assert missing[dt.date(2021, 9, 24)].place == "Båstad"


def test_the_proposal_of_anette_edvardsson_is_due_in_january_2021(base: KnowledgeBase):
    found = base.statements(Filter(ACTION.name, person=person(base, "Anette Edvardsson").key))
    (own,) = [own for own in found.statements if "förslag" in own.text]
    assert own.due == dt.date(2021, 1, 31)
    assert own.is_open
    assert own.quote.source.path == TOLD_2010
    assert "Anette Edvardsson" in own.quote.text


def test_points_put_off_stay_open_where_no_later_minutes_are(base: KnowledgeBase):
    found = base.statements(Filter(POSTPONED.name, group=LEADERS, open=True))
    assert {own.heading for own in found.statements} >= {
        "Nationell spridning av Bättre hälsa för unga romer", "CurioCity Mashup"
    }  # fmt: skip


def test_the_meeting_pack_of_the_network(base: KnowledgeBase):
    pack = base.pack(NETWORK)
    assert pack
    assert pack.last
    assert len(pack.rounds) == 9
    assert pack.open[ACTION.name]
    coming = pack.following(dt.date(2021, 3, 1))
    assert coming
    assert coming.date == dt.date(2021, 5, 7)
