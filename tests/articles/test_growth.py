"""What hostile or careless articles cost: twice the text, at most 2.2 times the work."""

from __future__ import annotations

import pytest

from kb.articles.changes import compare
from kb.articles.rendering import LinkTarget, html
from tests.growth import steps

MOST = 2.2
UNITS = [
    "[", "[[", "]", "[a](", "![", "[a][", "`", "``a`", "*", "**a", "_a ", "<", "<a ", "<!--",
    "> ", "- a\n", "# a\n", "a\n=\n", "[a]: b\n", "[a](<b", "[[a]]", "[[a", "|", "[a [b ",
    "(((", "a|b\n-|-\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_marks_of_markdown_grow_with_the_text(unit: str):
    def convert(length: int) -> int:
        text = unit * (length // len(unit))
        return steps(lambda: html(text, lambda _: LinkTarget("/")))

    convert(100)  # what is made once
    assert convert(4000) <= MOST * convert(2000)


@pytest.mark.parametrize("unit", ["samma rad\n", "a\nb\n", "a b ", "ord\n"])
def test_comparing_versions_grows_with_the_text(unit: str):
    def differ(length: int) -> int:
        old = unit * (length // len(unit))
        return steps(lambda: compare(f"x{old}y{old}", f"{old}z{old}w"))

    assert differ(40_000) <= MOST * differ(20_000)


def test_what_is_meant_still_means_it():
    text = "[a](/b) `kod` <https://example.org> ![x](y)\n\n" + "[" * 300 + "[c](/d)"
    shown = html(text, lambda _: LinkTarget("/"))
    assert '<a href="/b"' in shown
    assert "<code>kod</code>" in shown
    assert shown.count("[") == 300
