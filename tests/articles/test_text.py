"""Articles as text: links, HTML that is safe, what differs, what is found of them."""

from __future__ import annotations

import pytest

from kb.articles import KIND, is_article, understand
from kb.articles.changes import Turn, compare
from kb.articles.links import Link, Target, links, mentions
from kb.articles.rendering import LinkTarget, html
from kb.model import SourceText


def resolve(link: Link) -> LinkTarget:
    if link.kind is Target.SEARCH:
        found = (("/dokument/a", "Nätverksmöte", "2020-12-04"),)
        return LinkTarget(f"/sok?q={link.name}", "1 träff", found=found)
    return LinkTarget(f"/till/{link.name}", missing=link.name == "Saknas")


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("[[Familjehem]]", Link(None, "Familjehem", "Familjehem")),
        ("[[ Familjehem | hemmen ]]", Link(None, "Familjehem", "hemmen")),
        ("[[sök: familjehem rekrytering]]",
         Link(Target.SEARCH, "familjehem rekrytering", "familjehem rekrytering")),
        ("[[Kommun:Höganäs]]", Link(Target.MUNICIPALITY, "Höganäs", "Höganäs")),
        ("[[Möte: om barn]]", Link(None, "Möte: om barn", "Möte: om barn")),
    ],
)  # fmt: skip
def test_links_are_read(written: str, link: Link):
    assert list(links(f"Se {written} här.")) == [link]


@pytest.mark.parametrize("text", ["`[[kod]]`", "```\n[[kod]]\n```", "[[]]", "[[ ]]", "[[a\nb]]"])
def test_code_and_broken_links_are_none(text: str):
    assert not list(links(text))


def test_an_article_mentions_what_it_links_to():
    text = "[[höganäs]] och [[person: Anna Ek]]"
    assert mentions(text, {Target.MUNICIPALITY}, ["Höganäs"])
    assert not mentions(text, {Target.GROUP}, ["Anna Ek"])


def test_a_search_that_stands_alone_lists_what_it_finds():
    assert '<section class="live">' in html("[[sök: barn]]", resolve)
    inline = html("Vi har [[sök: barn]] i dag.", resolve)
    assert "<li>" not in inline
    assert "(1 träff)" in inline


def test_the_title_is_left_to_the_page_and_later_ones_are_demoted():
    made = html("# Titel\n\n## Del\n\n# Till\n", resolve)
    assert "Titel" not in made
    assert "<h1" not in made
    assert '<h2 id="del-till">' in made


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "[[<script>alert(1)</script>]]",
        '[[x|"><svg onload=alert(1)>]]',
        '<a href="//x" style="color:red" onclick="f()">x</a>',
        "<iframe src=x></iframe><style>*{}</style>",
    ],
)
def test_nothing_active_comes_through(text: str):
    made = html(text, resolve).lower()
    assert not any(bad in made for bad in ("<script", "javascript:", "<img", "<svg", "<iframe"))
    assert not any(bad in made for bad in ("<style", " style=", '<a href="//x" onclick'))


@pytest.mark.parametrize("text", [">" * 5000, "[" * 2000, "*" * 5000, "- " * 2000, "[[" * 1000])
def test_what_is_nested_too_deep_is_shown_all_the_same(text: str):
    html(text, resolve)


def test_what_differs_is_told_by_line_and_word():
    lines = compare("a\nb ett\nc", "a\nb två\nc\nd")
    assert [line.turn for line in lines] == [
        Turn.SAME, Turn.GONE, Turn.NEW, Turn.SAME, Turn.NEW,
    ]  # fmt: skip
    assert [piece.text for piece in lines[1].pieces if piece.turn is Turn.GONE] == ["ett"]


def test_long_unchanged_stretches_are_skipped():
    text = "\n".join(map(str, range(50)))
    lines = compare(text, text + "\nny")
    assert lines[0].turn is Turn.SKIPPED
    assert int(lines[0].pieces[0].text) + len(lines) - 2 == 50


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("kunskap/a.md", True), ("kunskap/a.MD", True), ("a.md", False), ("kunskap/x/a.md", False),
     ("kunskap/a.txt", False)],
)  # fmt: skip
def test_articles_lie_in_a_folder_of_their_own(path: str, is_one: bool):
    assert is_article(path) is is_one


def test_an_article_has_sections_but_no_meeting():
    text = "# Familjehem\n\nDen 4 december 2020.\n\n## Rekrytering\n\nText.\n\n## Vård\n\nMer.\n"
    repaired, minutes = understand(SourceText.of(text, "kunskap/x.md"))
    assert repaired.text == text.replace("## ", "").replace("# ", "")
    assert (minutes.title, minutes.kind, minutes.date.stated) == ("Familjehem", KIND, None)
    assert [s.heading for s in minutes.sections] == ["Familjehem", "Rekrytering", "Vård"]
    assert minutes.sections[1].span.slice(text) == "## Rekrytering\n\nText.\n\n"


def test_what_is_searched_is_what_is_read():
    text = "# Vård\n\n**Se** [[sök: barn|här]] och `kod`.\n- ett\n"
    repaired, _ = understand(SourceText.of(text, "kunskap/x.md"))
    assert repaired.text == "Vård\n\nSe här och kod.\nett\n"
    for change in repaired.changes:
        assert change.span.slice(text) == change.original
