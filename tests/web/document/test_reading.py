from __future__ import annotations

import pytest

from kb.model import Span
from kb.web.document.reading import BlockKind, Layers, LinkedPlace, PageHeading, arrange
from kb.web.document.reading.lines import measure, paragraphs, split_lines

LONG = "Detta är en rad som är så lång att nästa ord inte fick plats på samma rad i"


def shown(text: str) -> list[str]:
    lines = split_lines(text, 0, len(text))
    return [
        "|".join(" ".join(text[line.start : line.end] for line in row) for row in paragraph)
        for paragraph in paragraphs(text, lines, measure(lines))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LONG}\nbladet. Slut.\n", [f"{LONG} bladet. Slut."]),
        (f"{LONG}.\nEn ny mening.", [f"{LONG}. En ny mening."]),
        (f"Kort rad.\nEn till.\n{LONG}\n{LONG}", [f"Kort rad.|En till.|{LONG} {LONG}"]),
        (f"Ett stycke.\n\nEtt till.\n{LONG}", ["Ett stycke.", f"Ett till.|{LONG}"]),
        (f"{LONG}\n\f\noch så fortsätter det.", [f"{LONG} och så fortsätter det."]),
        ("• ett\n• två\n\uf0b7 tre", ["• ett", "• två", "\uf0b7 tre"]),
        ("1. Ett\n2. Två", ["1. Ett", "2. Två"]),
        ("•\nett", ["• ett"]),
        ("", []),
        (" \n\f \n", []),
    ],
)
def test_line_ends_are_kept_only_where_they_are_meant(text, expected):
    assert shown(text) == expected


def test_a_double_spaced_text_is_read_as_one_with_single_spacing():
    wrapped = [LONG, LONG, "slut på stycket.", LONG, LONG, "slut på nästa."]
    assert shown("\n\n".join(wrapped)) == [
        f"{LONG} {LONG} slut på stycket.",
        f"{LONG} {LONG} slut på nästa.",
    ]


def test_runs_give_back_the_text_whatever_lies_over_it():
    text = "Ett ord och ett till"
    layers = Layers(
        text,
        marks=[(Span(4, 7), "samma ord"), (Span(12, 15), "böjning")],
        places=[(4, LinkedPlace("a", "Beslut")), (9, LinkedPlace("b", "Beslut"))],
        pages=[0, 12],
    )
    runs = layers.runs(0, len(text))
    assert "".join(run.text for run in runs) == text
    assert [run.text for run in runs if run.mark] == ["ord", "ett"]
    assert [run.page for run in runs if run.page] == [2]
    assert [place.anchor for run in runs for place in run.places] == ["a", "b"]


def test_a_place_in_the_space_between_lines_is_kept():
    text = "Ett stycke.\n\n\nEtt till."
    blocks = arrange(Layers(text, places=[(12, LinkedPlace("a", "Beslut"))], pages=[0, 13]), [])
    first = blocks[1].lines[0][0]
    assert [place.anchor for place in first.places] == ["a"]
    assert first.page == 2


@pytest.mark.parametrize(
    ("text", "rows"),
    [(f"{LONG}.\nNy sida.", 2), (f"{LONG}\nmed en mening över båda.", 1)],
)
def test_a_new_page_begins_a_paragraph_unless_a_sentence_goes_on(text, rows):
    blocks = arrange(Layers(text, pages=[0, text.index("\n") + 1]), [])
    assert len(blocks) == rows


def test_overlapping_marks_are_drawn_apart():
    layers = Layers("abcdef", marks=[(Span(0, 4), "x"), (Span(2, 6), "y"), (Span(4, 6), "z")])
    assert [(run.text, run.mark and run.mark.kind) for run in layers.runs(0, 6)] == [
        ("abcd", "x"),
        ("ef", "z"),
    ]


def test_headings_take_their_number_and_leave_their_dash():
    text = "Inledning.\n5. Läget: gott\n• Bjuv – högt tryck"
    headings = [
        PageHeading(Span(text.index("Läget"), text.index(":")), 1, "a", "5"),
        PageHeading(Span(text.index("Bjuv"), text.index(" –")), 2, "b"),
    ]
    blocks = arrange(Layers(text), headings)
    told = [(block.kind, "".join(run.text for run in block.lines[0])) for block in blocks]
    assert told == [
        (BlockKind.PARAGRAPH, "Inledning."),
        (BlockKind.HEADING, "Läget"),
        (BlockKind.PARAGRAPH, "gott"),
        (BlockKind.HEADING, "Bjuv"),
        (BlockKind.PARAGRAPH, "högt tryck"),
    ]
