"""One key for all that OCR confuses: "Strömberg" and "Strémberg" share it.

A strict key is an index term: it is indexed beside an unresolved word and looked up by a query, so
that the word is found however it was misread. A loose key is shared by more words and only gives
candidates, which the caller compares.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.swedish.tables import rows

_FILLING = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class _Classes:
    """The letter that replaces each confused letter, and strings that are read for one letter."""

    letters: dict[int, str]
    strings: tuple[tuple[str, str], ...]


@lru_cache(maxsize=100_000)
def skeleton(phrase: str, *, loose: bool = False) -> str:
    """Return `phrase` casefolded, with letters that OCR confuses replaced by one of them.

    Repeated letters count once, since one letter is often read as two ("ä" as "ii"); spaces and
    punctuation do not count, since words are broken ("Höga nä s").
    """
    classes = _classes("loose" if loose else "strict")
    key = unicodedata.normalize("NFKC", phrase).casefold().translate(classes.letters)
    if not key.isalnum():
        key = _FILLING.sub("", key)
    for string, letter in classes.strings:
        key = key.replace(string, letter)
    return _REPEATED.sub(r"\1", key)


@cache
def _classes(key: str) -> _Classes:
    """Return the classes of `data/skeleton.tsv` that make strict or loose keys."""
    table = [row for row in rows("kb.swedish", "skeleton.tsv") if row[2:] in ((), (key,))]
    joined = {member: row[0] for row in table for member in row[1].split()}
    letters = {}
    for member in joined:
        letter = joined[member]
        while letter in joined:
            letter = joined[letter]
        if len(member) == 1:
            letters[ord(member)] = letter
    strings = tuple((member, letter) for member, letter in joined.items() if len(member) > 1)
    return _Classes(letters, strings)
