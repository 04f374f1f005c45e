"""What people say, laid over what the parser found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kb import corrections
from kb.corrections.hiding import MARK
from kb.errors import UserError
from kb.model import (
    Change,
    ChangeKind,
    Damage,
    DateFinding,
    Decision,
    Document,
    Fact,
    FactCorrection,
    Minutes,
    MunicipalityPart,
    OffsetMap,
    Part,
    Participant,
    Postponed,
    Presence,
    Quality,
    Question,
    RepairedText,
    Role,
    Section,
    SourceText,
    Span,
)

TEXT = """Nirvarande: Hikan, Anna, Anna
1 Inledning
Vi bérjade i Bjuv.
2 Kansligt
Hemligt beslut om Malmo.
2.1 Mer
Svalöv.
3 Övrigt
Slut i Svalöv.
"""


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def upto(start: str, end: str) -> Span:
    return Span(TEXT.index(start), TEXT.index(end) if end else len(TEXT))


def person(name: str, words: str, nth: int = 0, **facts) -> Participant:
    return Participant(name, words, span(words, nth), Presence.PRESENT, **facts)


def document() -> Document:
    changes = tuple(
        Change(span(a), a, b, 0.9, ChangeKind.WORD)
        for a, b in (
            ("Nirvarande", "Närvarande"),
            ("bérjade", "började"),
            ("Kansligt", "Känsligt"),
            ("Malmo", "Malmö"),
        )
    )
    text = TEXT
    for change in reversed(changes):
        text = text[: change.span.start] + change.repaired + text[change.span.end :]
    minutes = Minutes(
        title="Nätverket 2010-12-04",
        kind="Minnesanteckningar",
        date=DateFinding(dt.date(2010, 12, 4), 0.2, ("osäkert",), dt.date(2020, 12, 4)),
        group="Nätverket",
        municipalities=(
            MunicipalityPart("Bjuv", Part.MENTIONED, (span("Bjuv"),)),
            MunicipalityPart("Malmö", Part.SUBJECT, (span("Malmo"),)),
            MunicipalityPart("Svalöv", Part.SUBJECT, (span("Svalöv"), span("Svalöv", 1))),
        ),
        participants=(
            person("Hikan", "Hikan", confidence=0.2),
            person("Anna", "Anna"),
            person("Anna", "Anna", 1, municipality="Bjuv"),
        ),
        sections=(
            Section("Inledning", 1, upto("1 Inl", "2 Kan"), span("Inledning"), "1"),
            Section("Känsligt", 1, upto("2 Kan", "3 Övr"), span("Kansligt"), "2"),
            Section("Mer", 2, upto("2.1", "3 Övr"), span("Mer"), "2.1"),
            Section("Övrigt", 1, upto("3 Övr", ""), span("Övrigt"), "3"),
        ),
        decisions=(
            Decision("Hemligt beslut om Malmö.", span("Hemligt beslut om Malmo."), section=1),
        ),
        postponed=(Postponed("Slut i Svalöv.", span("Slut i Svalöv."), section=3),),
        questions=(Question("Hemligt om Malmö?", span("om Malmo"), section=1),),
    )
    source = SourceText.of(TEXT, "möte.txt")
    return Document(RepairedText(source, text, changes, Quality(0.9, 0, Damage.SEVERE)), minutes)


def apply(*facts: FactCorrection) -> Document:
    made, problems = corrections.apply(document(), facts)
    assert problems == ()
    return made


def said(fact: Fact, value: str, start: int | None = None, **details: str) -> FactCorrection:
    return FactCorrection(fact, value, details, start=start, by="anna")


def test_nothing_said_changes_nothing():
    assert apply() == document()


def test_plain_facts_are_replaced_and_what_was_read_is_kept():
    facts = (
        said(Fact.TITLE, "Nätverksmöte"),
        said(Fact.DATE, "2020-12-04"),
        said(Fact.GROUP, ""),
        said(Fact.KIND, "Protokoll"),
    )
    made = apply(*facts)
    minutes = made.minutes
    assert (minutes.title, minutes.group, minutes.kind) == ("Nätverksmöte", None, "Protokoll")
    assert minutes.date == DateFinding(dt.date(2020, 12, 4), 1.0)
    assert [(one.correction, one.read) for one in made.corrected] == list(
        zip(
            facts,
            ("Nätverket 2010-12-04", "2010-12-04", "Nätverket", "Minnesanteckningar"),
            strict=True,
        )
    )


def test_a_title_made_of_the_facts_follows_them():
    assert apply(said(Fact.DATE, "2020-12-04")).minutes.title == "Nätverket 2020-12-04"
    assert apply(said(Fact.GROUP, "")).minutes.title == "Minnesanteckningar 2010-12-04"
    assert apply(said(Fact.DATE, "")).minutes.title == "Nätverket"
    own = document()
    own = replace(own, minutes=replace(own.minutes, title="Eget namn"))
    made, _ = corrections.apply(own, [said(Fact.DATE, "2020-12-04")])
    assert made.minutes.title == "Eget namn"


def test_municipalities_are_added_changed_and_taken_away():
    made = apply(
        said(Fact.MUNICIPALITY, "Bjuv", part="deltog"),
        said(Fact.MUNICIPALITY, "Eslöv", part="värd"),
        FactCorrection(Fact.MUNICIPALITY, "Malmö", remove=True),
    )
    assert {own.name: own.part for own in made.minutes.municipalities} == {
        "Svalöv": Part.SUBJECT,
        "Bjuv": Part.ATTENDED,
        "Eslöv": Part.HOST,
    }
    assert [one.read for one in made.corrected] == ["nämns", None, "handlar om"]
    bjuv = next(own for own in made.minutes.municipalities if own.name == "Bjuv")
    assert bjuv.spans == (span("Bjuv"),)


def test_persons_are_changed():
    made = apply(
        said(Fact.PERSON, "Hikan", name="Håkan", role="ordförande", municipality="Bjuv"),
        said(Fact.PERSON, "Anna", span("Anna", 1).start, municipality="", presence="gäst"),
    )
    chair, anna, guest = made.minutes.participants
    assert (chair.name, chair.stated, chair.role, chair.confidence) == (
        "Håkan", "Hikan", Role.CHAIR, 1.0,
    )  # fmt: skip
    assert anna == document().minutes.participants[1]
    assert (guest.municipality, guest.presence) == (None, Presence.GUEST)
    assert [one.read for one in made.corrected] == ["Hikan", "Anna, Bjuv"]


def test_persons_are_added_and_taken_away():
    made = apply(
        FactCorrection(Fact.PERSON, "Eva", {"role": "sekreterare"}, add=True),
        FactCorrection(Fact.PERSON, "Anna", remove=True),
    )
    assert [own.name for own in made.minutes.participants] == ["Hikan", "Eva"]
    assert made.minutes.participants[1].role is Role.SECRETARY
    assert [one.read for one in made.corrected] == [None, "Anna"]


def test_a_person_added_who_is_read_after_all_stands_there_once():
    made = apply(FactCorrection(Fact.PERSON, "hikan", {"title": "Chef"}, add=True))
    hikan = made.minutes.participants[0]
    assert (hikan.name, hikan.title) == ("Hikan", "Chef")
    assert len(made.minutes.participants) == 3


def test_a_person_whose_name_is_read_right_by_now_is_still_meant():
    made = apply(said(Fact.PERSON, "H1kan", name="Hikan", title="Chef"))
    assert made.minutes.participants[0].title == "Chef"


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        (said(Fact.PERSON, "Eva", name="Eve"), "personen finns inte bland deltagarna"),
        (FactCorrection(Fact.PERSON, "Eva", remove=True), "Rättningen av personen ”Eva” passar"),
        (FactCorrection(Fact.MUNICIPALITY, "Lund", remove=True), "kommunen nämns inte"),
        (said(Fact.HIDDEN, "Budget"), "inget avsnitt med den rubriken"),
    ],
)
def test_what_does_not_fit_is_told_and_the_rest_is_done(fact: FactCorrection, problem: str):
    made, problems = corrections.apply(document(), [fact, said(Fact.GROUP, "Gruppen")])
    assert made.minutes.group == "Gruppen"
    assert len(made.corrected) == 1
    assert len(problems) == 1
    assert problem in problems[0]


def test_a_hidden_section_is_nowhere_any_longer():
    made = apply(said(Fact.HIDDEN, "Känsligt"))
    source, repaired = made.source.text, made.repaired.text
    for text in (source, repaired, str(made.minutes), str(made.repaired.changes)):
        for word in ("Hemligt", "Kansligt", "Känsligt", "Malmo", "Malmö", "Mer"):
            assert word not in text
    assert MARK in source
    assert MARK in repaired
    assert [own.heading for own in made.minutes.sections] == ["Inledning", "Övrigt"]
    assert [own.name for own in made.minutes.municipalities] == ["Bjuv", "Svalöv"]
    assert made.minutes.date.reasons == ("Skälen visas inte, eftersom ett avsnitt är dolt.",)
    assert made.minutes.date.proposed == dt.date(2020, 12, 4)
    assert made.corrected[0].spans == (upto("2 Kan", "3 Övr"),)


def test_all_else_stays_in_its_place():
    made = apply(said(Fact.HIDDEN, "Kansligt"))
    assert len(made.source.text) == len(TEXT)
    assert made.minutes.sections[1].span.slice(made.source.text) == "3 Övrigt\nSlut i Svalöv.\n"
    offsets = OffsetMap(made.repaired.changes)
    for words in ("Hikan", "i Bjuv", "Slut i Svalöv"):
        own = span(words)
        assert own.slice(made.source.text) == words
        assert offsets.to_repaired(own.start, own.end).slice(made.repaired.text) == words
    assert "började" in made.repaired.text


def test_what_is_said_after_a_hidden_section_keeps_its_own_section():
    minutes = apply(said(Fact.HIDDEN, "Känsligt")).minutes
    (postponed,) = minutes.postponed
    assert postponed.section is not None
    assert minutes.sections[postponed.section].heading == "Övrigt"


def test_a_place_says_which_section_is_hidden_and_no_other_one():
    at = corrections.sections_called(document(), "Känsligt")[0].heading_span.start
    made = apply(said(Fact.HIDDEN, "Känsligt", at))
    assert made.minutes == apply(said(Fact.HIDDEN, "Känsligt")).minutes
    moved = said(Fact.HIDDEN, "Känsligt", at + 1)
    _, problems = corrections.apply(document(), [moved])
    assert "på det stället" in problems[0]
    lost = said(Fact.HIDDEN, "Budget")
    assert corrections.unfit_hidings(document(), [moved, lost, said(Fact.HIDDEN, "Mer")]) == (
        moved,
        lost,
    )
    assert corrections.unfit_hidings(made, [said(Fact.HIDDEN, "Känsligt", at)]) == ()


@pytest.mark.parametrize("heading", ["2 Känsligt", "2 kansligt", "KÄNSLIGT"])
def test_a_section_is_known_by_its_number_too(heading: str):
    assert apply(said(Fact.HIDDEN, heading)).minutes == apply(said(Fact.HIDDEN, "Känsligt")).minutes


def test_hiding_a_part_and_the_whole_is_hiding_the_whole():
    made = apply(said(Fact.HIDDEN, "Mer"), said(Fact.HIDDEN, "Känsligt"))
    assert made.repaired.text == apply(said(Fact.HIDDEN, "Känsligt")).repaired.text
    assert len(made.corrected) == 2


def test_a_stretch_does_not_cut_a_repair_in_two():
    own = document()
    at = TEXT.index("\n2 Kan")
    joined = Change(Span(at - 1, at + 2), ".\n2", ". 2", 1.0, ChangeKind.LAYOUT)
    changes = tuple(sorted((*own.repaired.changes, joined), key=lambda change: change.span))
    text = own.repaired.text.replace(".\n2 K", ". 2 K")
    own = replace(own, repaired=replace(own.repaired, text=text, changes=changes))
    made, _ = corrections.apply(own, [said(Fact.HIDDEN, "Känsligt")])
    assert len(made.source.text) == len(TEXT)
    assert f"i Bjuv{MARK}" in made.repaired.text


def test_what_is_said_later_is_laid_over_what_is_there():
    first = apply(
        said(Fact.DATE, "2020-12-03"),
        said(Fact.PERSON, "Hikan", name="Håkan"),
        said(Fact.HIDDEN, "Mer"),
    )
    later = (
        said(Fact.DATE, "2020-12-04"),
        said(Fact.PERSON, "Hikan", name="Hakon"),
        said(Fact.HIDDEN, "Mer"),
        said(Fact.HIDDEN, "Övrigt"),
    )
    made, problems = corrections.apply(first, later)
    assert problems == ()
    assert made.minutes.date.stated == dt.date(2020, 12, 4)
    assert made.minutes.participants[0].name == "Hakon"
    assert [(one.correction, one.read) for one in made.corrected] == list(
        zip(later, ("2010-12-04", "Hikan", None, None), strict=True)
    )
    assert made.source.text.count(MARK) == 2


def test_what_a_form_says_is_checked():
    made = corrections.checked_fact({"person": "Hikan", "name": " Håkan \n"}, document())
    assert made.details == {"name": "Håkan"}
    with pytest.raises(UserError, match="gick inte att spara: ”Bjuf” är ingen svensk kommun"):
        corrections.checked_fact({"municipality": "Bjuf", "part": "deltog"}, document())
    with pytest.raises(UserError, match="personen finns inte bland deltagarna"):
        corrections.checked_fact({"person": "Eva", "remove": True}, document())
