"""What a text is made into for the page: every character of it, and nothing of its own."""

from __future__ import annotations

import html as escapes
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings, strategies as st

from kb.model import Span
from kb.web.document.reading import (
    Layers,
    LinkedPlace,
    PageHeading,
    RenderedBlock,
    Repair,
    arrange,
    html,
    raw_html,
)

HOSTILE = (
    "*stjärna* _streck_ `kod` [länk](javascript:alert(1)) ![bild](x) <script>alert(1)</script> "
    "&lt;b&gt; &amp; \" ' # rubrik ~ | @0@ @99@ {: #id } \\* <img src=x onerror=alert(1)>"
)


def blocks_of(
    text: str, layers: Layers | None = None, *headings: PageHeading
) -> list[RenderedBlock]:
    arranged = arrange(layers or Layers(text), headings)
    return [
        RenderedBlock(own, f"s{own.start}", f"/dokument/x?citera=s{own.start}") for own in arranged
    ]


class Words(HTMLParser):
    """Reads what a reader sees of the text itself."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = ""
        self.tags: list[str] = []
        self._aside = 0

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "br":
            self.seen += "\n"
        elif self._aside or dict(attrs).get("class") in {"cite", "anchor"}:
            self._aside += 1

    def handle_endtag(self, tag):
        self._aside -= bool(self._aside)

    def handle_data(self, data):
        if not self._aside:
            self.seen += data


def seen(page: str) -> Words:
    words = Words()
    words.feed(str(page))  # markup would escape what it is joined with
    words.close()
    return words


def test_nothing_of_a_text_is_taken_for_markdown_or_html():
    for text in (HOSTILE, f"- {HOSTILE}", f"Inledning.\n\n1. {HOSTILE}\n2. {HOSTILE}"):
        words = seen(html(blocks_of(text)))
        assert " ".join(HOSTILE.split()) in words.seen
        assert set(words.tags) <= {"p", "ul", "li", "div", "span", "a", "br"}


@pytest.mark.parametrize("start", ["# ", "    ", "> ", "=== ", "```", "| a | b |", "[1]: x", "***"])
def test_a_line_that_begins_as_markdown_is_a_line(start: str):
    words = seen(html(blocks_of(f"Före.\n\n{start}text\n\nEfter.")))
    assert f"{start}text".strip() in words.seen
    assert "h1" not in words.tags
    assert "blockquote" not in words.tags
    assert "pre" not in words.tags


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), max_size=300))
def test_every_character_is_shown(text: str):
    found = blocks_of(text)
    words = seen(html(found))
    # A bullet is a label, which is said apart from its words.
    expected = "".join(own.block.label + own.block.text for own in found)
    assert "".join(words.seen.split()) == "".join(expected.split())


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_the_untouched_text_is_untouched(text: str):
    page = raw_html(Layers(text).runs(0, len(text)))
    assert seen(page).seen == text


def test_headings_points_and_tables_are_what_they_are():
    text = "Läget\n\nEtt stycke.\n\n• ett\n• två\n\n| Namn | Kommun |\n|---|---|\n| Anna | Bjuv |\n"
    page = html(blocks_of(text, None, PageHeading(Span(0, 5), 1, "avsnitt-1", "5")))
    assert re.search(r'<h3 id="avsnitt-1"><span class="number">5</span> Läget<a ', page)
    assert page.count("<ul") == 1
    assert re.search(r'<li id="s\d+"><span class="point-label">•</span><div>ett<a ', page)
    assert 'role="region"' in page
    assert '<th scope="col">Namn</th>' in page
    assert re.search(r"<td>Anna</td>\s*<td>Bjuv</td>", page)


def test_what_lies_over_the_text_is_seen_in_both():
    text = "Mote i Bjuv"
    repair = Repair(1, 'M0te"<i>', "Mote", 0, 0.9, (("Möte", 0.1),))
    layers = Layers(
        text,
        marks=[(Span(7, 11), "böjning av <x>")],
        repairs=[(Span(0, 4), repair)],
        places=[(5, LinkedPlace("beslut-1", "Beslut")), (7, LinkedPlace("fakta-datum", ""))],
    )
    spelled = html(blocks_of(text, layers), spell_out=True)
    assert '<del class="was">M0te"&lt;i&gt;</del>' in spelled
    assert 'title="I originalet: M0te&quot;&lt;i&gt;"' in spelled
    for page in (spelled, html(blocks_of(text, layers)), raw_html(layers.runs(0, len(text)))):
        assert re.search(r'<span class="place" id="beslut-1">Beslut</span> i ', page)
        assert '<span class="spot" id="fakta-datum"></span>' in page
        assert 'title="böjning av &lt;x&gt;"' in escapes.unescape(page).replace("<x>", "&lt;x&gt;")
        assert 'href="#markering-1"' in page
