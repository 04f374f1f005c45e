"""What sentences are about: the headings and points they stand under."""

from __future__ import annotations

from kb.knowledge import facts_of
from kb.knowledge.sentences import Sentence
from tests.knowledge.made_up import document

HEAD = "Protokoll styrelsen 2019-03-05\n\nNärvarande: Anna Berg, Bo Ek\n\n"


def sentence(text: str, wanted: str) -> Sentence:
    found = facts_of(document(HEAD + text)).sentences
    return next(own for own in found if wanted in own.text)


def test_a_sentence_is_about_the_heading_it_stands_under():
    assert "tröja" in sentence("## Tröjor\n\nPriset är högt.\n", "Priset").topic


def test_a_standing_heading_tells_nothing():
    assert sentence("## Övriga frågor\n\nPriset är högt.\n", "Priset").topic == ()


def test_parts_of_a_point_are_about_the_point():
    text = "## Tröjor\n\nDyra.\n\n## Förslag till beslut\n\nVi köper dem ändå i dag.\n"
    assert "tröja" in sentence(text, "köper").topic


def test_a_point_of_a_list_is_about_those_it_stands_below():
    text = "## Punkter\n\n- Julstuga\n  - Opera\n    - Vill ha en plan\n- Lokalen\n"
    points = sentence(text, "plan").points
    assert {"julstuga", "opera"} <= set(points)
    assert sentence(text, "Lokalen").points == ()


def test_markup_and_addresses_are_no_words():
    text = "## Tröjor\n\n\\item Se https://example.org/lampor för priset.\n"
    found = sentence(text, "priset")
    assert not {"item", "lampa", "example"} & set(found.keys)
