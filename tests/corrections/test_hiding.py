"""What a hidden section takes with it out of the facts."""

from __future__ import annotations

from dataclasses import dataclass

from kb.corrections.hiding import MARK, blot_out
from kb.model import (
    STATEMENT_KINDS,
    Action,
    Damage,
    DateFinding,
    Decision,
    Document,
    Minutes,
    Postponed,
    Quality,
    Question,
    Reference,
    RepairedText,
    Section,
    SourceText,
    Span,
)

TEXT = "Läget\nAllt är bra.\nOm Alva\nHon mår bättre.\nÖvrigt\nInget mer.\n"
OPEN, SECRET, LAST = "Allt är bra.", "Hon mår bättre.", "Inget mer."


@dataclass(frozen=True, slots=True)
class LaterMinutes(Minutes):
    """Minutes as they may be one day, with one more list of what stands in the text."""

    wishes: tuple[Reference, ...] = ()


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def section(heading: str, body: str) -> Section:
    return Section(heading, 1, Span(span(heading).start, span(body).end), span(heading))


def document() -> Document:
    said = ((OPEN, 0), (SECRET, 1), (LAST, 2))
    minutes = LaterMinutes(
        title="Möte",
        kind="minnesanteckningar",
        date=DateFinding(None, 1.0),
        sections=(section("Läget", OPEN), section("Om Alva", SECRET), section("Övrigt", LAST)),
        decisions=tuple(Decision(words, span(words), section=at) for words, at in said),
        actions=tuple(Action((), words, span(words), section=at) for words, at in said),
        postponed=tuple(Postponed(words, span(words), section=at) for words, at in said),
        questions=tuple(Question(words, span(words), section=at) for words, at in said),
        references=tuple(Reference(words, span(words), section=at) for words, at in said),
        wishes=tuple(Reference(words, span(words), section=at) for words, at in said),
    )
    source = SourceText.of(TEXT, "möte.txt")
    return Document(RepairedText(source, TEXT, (), Quality(1.0, 0.05, Damage.NONE)), minutes)


def test_nothing_that_stands_in_a_hidden_section_is_left_in_any_list():
    hidden = blot_out(document(), [section("Om Alva", SECRET).span])
    assert SECRET not in hidden.repaired.text
    assert MARK in hidden.repaired.text
    assert "Alva" not in str(hidden.minutes)
    assert SECRET not in str(hidden.minutes)
    for kind in STATEMENT_KINDS.values():
        assert [said.text for said in kind.of(hidden.minutes)] == [OPEN, LAST]
    assert isinstance(hidden.minutes, LaterMinutes)
    assert [said.text for said in hidden.minutes.wishes] == [OPEN, LAST]


def test_what_is_left_keeps_its_section():
    hidden = blot_out(document(), [section("Om Alva", SECRET).span])
    headings = [own.heading for own in hidden.minutes.sections]
    assert headings == ["Läget", "Övrigt"]
    assert [headings[said.section or 0] for said in hidden.minutes.questions] == headings
