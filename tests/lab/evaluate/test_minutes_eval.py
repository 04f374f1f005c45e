"""What `kb eval parse` counts as right, on made-up minutes."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import UserError
from kb.lab.evaluate.minutes_compare import MinutesKind, Verdict, compare, overlap, same_name
from kb.lab.evaluate.minutes_errors import lines
from kb.lab.evaluate.minutes_gold import MinutesGold, is_blind, load
from kb.lab.evaluate.minutes_table import (
    Counts,
    MinutesFigure,
    Read,
    f1,
    heading,
    precision,
    recall,
)
from kb.model import (
    Action,
    DateFinding,
    Decision,
    Meeting,
    Minutes,
    MunicipalityPart,
    Part,
    Participant,
    Postponed,
    Presence,
    Role,
    Section,
    Span,
    Voice,
)
from tests.lab.evaluate.minutes_made_up import TEXT, lay_out

OPEN, BLIND = "a/moten.txt", "stacken/mote3.txt"


@pytest.fixture
def gold(tmp_path: Path) -> MinutesGold:
    return load(*lay_out(tmp_path, OPEN))[0]


def span(quote: str) -> Span:
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


def person(name: str, first: str, role: Role | None = None) -> Participant:
    return Participant(name, name, span(first), Presence.PRESENT, role=role)


def minutes() -> Minutes:
    """What a careful reader would have read."""
    budget, other = span("1. Budget").start, span("2. Övrigt").start
    return Minutes(
        "",
        "",
        DateFinding(dt.date(2019, 5, 21), 0.95),
        group="Styrelsen",
        place="Rönnen",
        municipalities=(MunicipalityPart("Höör", Part.MENTIONED, (Span(0, 1),)),),
        participants=(
            person("Anna Berg", "Anna Berg", Role.CHAIR),
            person("Bo Ek", "Bo\nEk"),
            person("Eva Lund Ström", "Eva"),
        ),
        sections=(
            Section("Budget", 1, Span(budget, other), span("1. Budget")),
            Section("Övrigt", 1, Span(other, len(TEXT)), span("Övrigt")),
        ),
        decisions=(Decision("", span("Styrelsen beslutar att köpa en ny lampa")),),
        actions=(Action(("Bo Ek",), "", span("Bo Ek ringer till hyresvärden")),),
        postponed=(Postponed("", span("Hyran tas upp vid nästa möte.")),),
        meetings=(Meeting(dt.date(2019, 6, 4), span("4 juni"), dt.time(17, 30)),),
        voices=(Voice("Höör", "", span("Hyran tas upp vid nästa möte.")),),
    )


def wrong(gold: MinutesGold, found: Minutes) -> set[tuple[MinutesKind, Verdict]]:
    return {
        (each.kind, each.verdict)
        for each in compare(gold, found)
        if each.verdict is not Verdict.RIGHT
    }


def test_gold_is_resolved_within_its_scope(gold: MinutesGold):
    assert gold.text == TEXT
    assert [p.name for p in gold.people] == ["Anna Berg", "Bo Ek", "Eva Lund-Ström"]
    assert [s.span.slice(TEXT) for s in gold.sections] == ["Budget", "Övrigt"]
    assert gold.group == ("styrelsens", span("styrelsens"))
    assert gold.source.path == OPEN


def test_gold_and_corpus_must_be_there_and_fit(tmp_path: Path):
    held, corpus = lay_out(tmp_path, OPEN)
    with pytest.raises(UserError, match="saknar facit"):
        load(corpus, corpus)
    with pytest.raises(UserError, match="finns inte"):
        load(held, tmp_path / "none")
    with pytest.raises(UserError, match="finns inte"):
        load(held, held)
    (corpus / OPEN).write_text("Något annat.")
    with pytest.raises(UserError, match="är inte den fil"):
        load(held, corpus)


def test_a_place_outside_the_scope_is_told_of(tmp_path: Path):
    held, corpus = lay_out(tmp_path, OPEN)
    file = held / "0.json"
    broken = json.loads(file.read_text("utf-8")) | {"decisions": [[0, 3]]}
    file.write_text(json.dumps(broken), "utf-8")
    with pytest.raises(UserError, match="utanför"):
        load(held, corpus)


def test_what_a_careful_reader_reads_is_all_right(gold: MinutesGold):
    outcomes = list(compare(gold, minutes()))
    assert {each.verdict for each in outcomes} == {Verdict.RIGHT}
    assert Counter(each.kind for each in outcomes) == {
        **dict.fromkeys(set(MinutesKind) - {MinutesKind.TIME}, 1),
        **{
            MinutesKind.PERSON: 3,
            MinutesKind.PRESENCE: 3,
            MinutesKind.SECTION: 2,
            MinutesKind.END: 2,
        },
    }


def test_nothing_read_misses_everything_that_is_there(gold: MinutesGold):
    nothing = Minutes("", "", DateFinding(None, 0.0))
    assert wrong(gold, nothing) == {
        (kind, Verdict.MISSED)
        for kind in set(MinutesKind) - {MinutesKind.TIME, MinutesKind.PRESENCE, MinutesKind.END}
    }


def test_each_mistake_is_told_by_its_kind(gold: MinutesGold):
    read = minutes()
    anna, bo, eva = read.participants
    budget, other = read.sections
    both = {Verdict.MISSED, Verdict.FALSE}
    for mistake, expected in (
        (
            {"participants": (replace(anna, role=None), bo, eva)},
            {(MinutesKind.PRESENCE, Verdict.MISSED)},
        ),
        ({"participants": (anna, bo, eva, eva)}, {(MinutesKind.PERSON, Verdict.FALSE)}),
        (
            {"participants": (anna, replace(bo, name="Bo"), eva)},
            {(MinutesKind.PERSON, v) for v in both},
        ),
        ({"time": dt.time(17)}, {(MinutesKind.TIME, Verdict.FALSE)}),
        ({"group": "Nämnden"}, {(MinutesKind.GROUP, v) for v in both}),
        ({"sections": (budget,)}, {(MinutesKind.SECTION, Verdict.MISSED)}),
        (
            {"sections": (replace(budget, span=Span(budget.span.start, len(TEXT))), other)},
            {(MinutesKind.END, Verdict.MISSED)},
        ),
        (
            {"decisions": (Decision("", span("köpa en ny lampa")),)},  # too little of it
            {(MinutesKind.DECISION, v) for v in both},
        ),
        (
            {"meetings": (replace(read.meetings[0], time=None),)},
            {(MinutesKind.MEETING, v) for v in both},
        ),
    ):
        assert wrong(gold, replace(read, **mistake)) == expected, mistake


def test_a_meeting_without_a_time_in_the_gold_may_be_read_with_one(gold: MinutesGold):
    untimed = replace(gold, meetings=(replace(gold.meetings[0], time=None),))
    assert wrong(untimed, minutes()) == set()


def test_names_are_the_same_but_for_space_case_and_punctuation():
    assert same_name("Lund-Ström", "LUND STRÖM.")
    assert not same_name("Ström", "Strom")


def test_overlap_is_intersection_over_union():
    assert overlap(Span(0, 10), Span(5, 10)) == 0.5
    assert overlap(Span(0, 5), Span(5, 10)) == 0.0


def test_shares_are_those_of_the_counts():
    counts = Counts(right=6, missed=2, false=4)
    assert precision(counts) == 0.6
    assert recall(counts) == 0.75
    assert f1(counts) == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))
    assert math.isnan(f1(Counts(0, 0, 0)))


def test_a_figure_shows_both_halves_and_holds_its_floor_over_all(tmp_path: Path):
    assert not is_blind(OPEN)
    assert is_blind(BLIND)
    documents = {each.path: each for each in load(*lay_out(tmp_path, OPEN, BLIND))}
    whole, nothing = minutes(), Minutes("", "", DateFinding(None, 0.0))
    reads = [
        Read(documents[OPEN], tuple(compare(documents[OPEN], whole))),
        Read(documents[BLIND], tuple(compare(documents[BLIND], nothing))),
    ]
    row = MinutesFigure("Beslut", MinutesKind.DECISION, recall, 0.6).row(reads)
    assert (row.parts, row.value, row.fails) == ((1.0, 0.0), 0.5, True)
    assert "UNDER GOLVET" in str(row)
    assert heading("Hela", reads).split() == [
        "Hela", "öppna", "blinda", "alla", "Dokument", "1", "1", "2",
    ]  # fmt: skip


def test_nothing_to_measure_holds_no_floor(gold: MinutesGold):
    bare = replace(gold, meetings=())
    read = Read(bare, tuple(compare(bare, replace(minutes(), meetings=()))))
    assert MinutesFigure("Möten", MinutesKind.MEETING, f1, 0.9).row([read]).fails
    assert "–" in str(MinutesFigure("Möten", MinutesKind.MEETING, f1).row([read]))


def test_errors_are_listed_with_place_and_words(gold: MinutesGold):
    found = replace(minutes(), decisions=())
    (line,) = lines(gold, list(compare(gold, found)), set(MinutesKind))
    place = span("Styrelsen beslutar att köpa en ny lampa.")
    assert line == (
        f"- decision     {OPEN} {place.start}:{place.end} Styrelsen beslutar att köpa en ny lampa."
    )
