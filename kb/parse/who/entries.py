"""One entry of a list, a signature or a sentence: who it is, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.parse.who.facts import PersonEntry
from kb.parse.who.gather import gather
from kb.parse.who.rows import read_row

_CELLS = re.compile(r"\s{2,}|\s*\t\s*|\s*\|\s*")
_STRAY = " \t\n,.;:-–—*•_|~"
_BREAK = re.compile(r"\s*\n\s*")
_LONGEST = 200
"""Characters of an entry, at most."""

CALLED = re.compile(r"(?<=\w)\s+[\"“”„»«](?P<name>[^\W\d_][^\W_]*)[\"“”»«](?=\s+[A-ZÅÄÖ])")
"""What somebody is called, between the names: `Ida "Isbit" Berg`."""


def read_entry(text: str, start: int, *, nicknames: bool = False) -> PersonEntry | None:
    """Return the one person that `text`, which begins at `start`, names; None if not one."""
    found = read_people(text, start, nicknames=nicknames)
    return found[0] if len(found) == 1 else None


def read_people(text: str, start: int, *, nicknames: bool = False) -> list[PersonEntry]:
    """Return the people that `text`, which begins at `start`, names."""
    if len(text) > _LONGEST:
        return []
    return gather([read_row(_BREAK.sub(_level, text), start=start)], nicknames=nicknames).entries


def _level(match: re.Match[str]) -> str:
    """Return a line break as one space that divides nothing, its places kept."""
    return " " + "\u00ad" * (len(match.group()) - 1)


def cells(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the cells of a row that hold anything, and where each begins."""
    at = 0
    for match in [*_CELLS.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip(_STRAY):
            yield text[at:end], start + at
        at = match.end() if match else end
