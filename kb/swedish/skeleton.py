"""One key for all that OCR confuses: "Strömberg" and "Strémberg" share it.

For words that stay unresolved: indexed beside the word, and asked for by a query, it finds the
word whichever way it was misread, at the price of a lookup.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

_REPEATED = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """Return `word` in lower case with letters that OCR confuses fallen together.

    Repeated letters count once, since one letter is often read as two ("ä" as "ii").
    """
    table, strings = _classes()
    key = word.casefold()
    for string, stands_for in strings:
        key = key.replace(string, stands_for)
    return _REPEATED.sub(r"\1", key.translate(table))


@lru_cache(maxsize=1)
def _classes() -> tuple[dict[int, str], tuple[tuple[str, str], ...]]:
    """Read the letters and strings that fall together, and what stands for them."""
    table: dict[int, str] = {}
    strings = []
    text = resources.files("kb.swedish").joinpath("data/skeleton.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        stands_for, members = line.split("\t")
        for member in members.split():
            if len(member) == 1:
                table[ord(member)] = stands_for
            else:
                strings.append((member, stands_for))
    return table, tuple(strings)
