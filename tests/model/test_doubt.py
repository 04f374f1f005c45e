"""What is doubtful: one threshold for each kind of fact, asked of the fact itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import is_dataclass, replace

import pytest

from kb import model
from kb.model import (
    Action,
    DateFinding,
    Decision,
    Meeting,
    MunicipalityPart,
    Part,
    Participant,
    Postponed,
    Presence,
    Question,
    Reference,
    Section,
    Span,
    Voice,
    doubt,
)

HERE = Span(0, 4)
DAY = dt.date(2020, 12, 4)
FACTS = (
    (Participant("Anna Berg", "Anna Berg", HERE, Presence.PRESENT), doubt.PARTICIPANT),
    (MunicipalityPart("Bjuv", Part.HOST, (HERE,)), doubt.MUNICIPALITY),
    (Section("Val", 1, HERE, HERE), doubt.SECTION),
    (DateFinding(DAY, 1.0), doubt.DATE),
    (Decision("Att anta.", HERE), doubt.STATEMENT),
    (Action(("Anna",), "ringer", HERE), doubt.STATEMENT),
    (Postponed("Valet.", HERE), doubt.STATEMENT),
    (Question("När?", HERE), doubt.STATEMENT),
    (Meeting(DAY, HERE), doubt.MEETING),
    (Reference("Bilaga 1", HERE), doubt.REFERENCE),
    (Voice("Bjuv", "Bjuv har det bra.", HERE), doubt.STATEMENT),
)


@pytest.mark.parametrize(("fact", "threshold"), FACTS, ids=lambda fact: type(fact).__name__)
def test_a_fact_is_doubtful_below_the_threshold_of_its_kind(fact, threshold):
    assert not replace(fact, confidence=threshold).is_doubtful
    assert replace(fact, confidence=threshold - 0.01).is_doubtful


def test_every_fact_with_a_confidence_has_a_threshold():
    facts = {
        each
        for name in model.__all__
        if is_dataclass(each := getattr(model, name)) and "confidence" in each.__dataclass_fields__
    }
    assert facts == {type(fact) for fact, _ in FACTS}
    assert all(issubclass(fact, doubt.Doubt) for fact in facts)


def test_a_date_is_doubtful_when_a_likelier_one_is_known_but_not_when_none_is_stated():
    assert DateFinding(DAY, 1.0, proposed=DAY.replace(year=2010)).is_doubtful
    assert DateFinding(None, 0.0, proposed=DAY).is_doubtful
    assert not DateFinding(None, 0.0).is_doubtful
