"""Swedish stands in the templates and in `kb/web/phrases.py`, and nowhere else in the pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb.web
from kb.search.facets import GROUP, MUNICIPALITY
from kb.web import phrases

ROOM = Path(kb.web.__file__).parent
ELSEWHERE = {
    "phrases.py": "here they belong",
    "formats.py": "the words that dates, numbers and times are told in",
    "serve.py": "told on the command line, as the other rooms' errors are",
    "document/reading/lines.py": "a pattern for the bullets of lists",
    "knowledge/exports.py": "a file of Markdown, whose template it is",
    "api/declaring.py": "names a parameter of the API and what is wrong with it",
}
SWEDISH = re.compile("[åäöÅÄÖ]")
SENTENCE = re.compile(r"[A-ZÅÄÖ][a-zåäö]* [a-zåäö]+")


def said(file: Path) -> Iterator[str]:
    """Yield the strings of a module that are no documentation."""
    tree = ast.parse(file.read_text("utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


@pytest.mark.parametrize(
    "name", sorted(str(file.relative_to(ROOM)) for file in ROOM.rglob("*.py")), ids=str
)
def test_no_phrase_stands_elsewhere(name: str):
    if name in ELSEWHERE:
        return
    english = name.startswith("api/")  # the API describes itself in English
    found = [
        words
        for words in said(ROOM / name)
        if SWEDISH.search(words) or (SENTENCE.match(words) and not english)
    ]
    assert found == []


def test_no_phrase_is_said_twice():
    kept: dict[str, str] = {}
    twice = []
    for name, value in vars(phrases).items():
        if name.isupper() and isinstance(value, str):
            if value in kept:
                twice.append((name, kept[value]))
            kept[value] = name
    assert twice == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (phrases.hits(1), "1 träff"),
        (phrases.hits(1234), "1\u202f234 träffar"),
        (phrases.minutes(1), "1 minnesanteckning"),
        (phrases.values(MUNICIPALITY, 1), "1 kommun"),
        (phrases.values(GROUP, 12), "12 grupper"),
        (phrases.emptied(1), "1 dokument är raderat för gott."),
        (phrases.emptied(2), "2 dokument är raderade för gott."),
        (phrases.repairs(1), "1 ord är rättat"),
        (phrases.repairs(17), "17 ord är rättade"),
        (
            phrases.trend_of("våld", 1, 2020, "50 %"),
            "våld: 1 minnesanteckning, störst andel 2020 (50 %).",
        ),
        (phrases.trend_of("våld", 0, 0, ""), "våld: inga träffar."),
    ],
)
def test_one_and_many(text: str, expected: str):
    assert text == expected
