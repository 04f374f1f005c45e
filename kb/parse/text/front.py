r"""Front matter: metadata above the text, of a site generator, LaTeX or Typst.

"<!-- .. date: 2024-11-14 -->", "--- date: … ---", "\date{2022-04-07}", "\textbf{Tid:} 11:00",
"date: datetime(year: 2025, month: 4, day: 25)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.parse.text.phrases import PACKAGE
from kb.parse.when.dates import DateMention, exists, find_dates
from kb.swedish.tables import rows

_REACH = 4000
"""Characters from the top that are searched for front matter."""

_BLOCK = re.compile(r"\s*(?:<!--(?P<comment>.*?)-->|---\n(?P<yaml>.*?)\n---\s)", re.DOTALL)
_LINE = re.compile(
    r"^[ \t]*(?:\.\.[ \t]*)?(?P<key>\w+):[ \t]*(?P<value>\S.*?)[ \t]*$", re.MULTILINE
)
_PROGRAM = re.compile(
    r"\\documentclass|\\begin\{document\}|^#(?:import|show|set|let)\b", re.MULTILINE
)
_SET = re.compile(
    r"\\textbf\{(?P<key2>\w+):?\}:?[ \t]*(?P<value2>[^\n\\]+)"
    r"|\\(?P<key>\w+)\{(?P<value>[^{}\n]*)\}"
    r"|\b(?P<key3>\w+)(?::| =)[ \t]*(?:\"(?P<value3>[^\"\n]*)\"|(?P<value4>datetime\([^)]*\)))"
)
_DATETIME = re.compile(r"datetime\(\s*year:\s*(\d+),\s*month:\s*(\d+),\s*day:\s*(\d+)")


@dataclass(frozen=True, slots=True)
class FrontMatterField:
    """A value of the front matter and its place."""

    value: str
    start: int
    end: int


def read_front(text: str) -> dict[str, FrontMatterField]:
    """Return the first value of each kind ("title", "date", "group", "place", "time")."""
    found: dict[str, FrontMatterField] = {}
    for key, field in _pairs(text):
        kind = _kinds().get(key.casefold())
        if kind and field.value.strip():
            found.setdefault(kind, field)
    return found


def front_date(text: str, field: FrontMatterField) -> DateMention | None:
    """Return the date that a field states."""
    if made := _DATETIME.match(field.value):
        year, month, day = map(int, made.groups())
        if exists(year, month, day):
            return DateMention(field.start, field.end, day, month, year)
        return None
    for each in find_dates(text[field.start : field.end]):
        start, end = field.start + each.start, field.start + each.end
        return DateMention(
            start=start,
            end=end,
            day=each.day,
            month=each.month,
            year=each.year,
            weekday=each.weekday,
        )
    return None


def _pairs(text: str) -> Iterator[tuple[str, FrontMatterField]]:
    top = text[:_REACH]
    if block := _BLOCK.match(top):
        for match in _LINE.finditer(top, block.start(), block.end()):
            yield match["key"], FrontMatterField(match["value"], *match.span("value"))
    if _PROGRAM.search(top):
        for match in _SET.finditer(top):
            for key, value in (("key", "value"), ("key2", "value2"), ("key3", "value3")):
                at = "value4" if match["value4"] and key == "key3" else value
                if match[key] and match[at]:
                    yield match[key], FrontMatterField(match[at], *match.span(at))


@cache
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in rows(PACKAGE, "front.tsv")}
