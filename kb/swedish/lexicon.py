"""The word list of Swedish: form → dictionary form, frequency, use in compounds."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

from kb.swedish.table import StringTable


class Flag(IntFlag):
    """Word classes of a form, as far as the word list shows."""

    LEMMA = 1
    NOUN = 2
    VERB = 4
    ADJECTIVE = 8


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """The word list's entry of a form.

    Attributes:
        lemma: Dictionary form.
        flags: What the form is, if it is a dictionary form.
        zipf: log10 of its frequency per billion words, 0 if unknown.
        first: How many compounds it begins.
        last: How many compounds its dictionary form ends.
    """

    lemma: str
    flags: int
    zipf: float
    first: float
    last: float

    # With the plain number: with the enum it takes thirty times as long, for every part.
    @property
    def is_noun(self) -> bool:
        """Whether the form is a noun."""
        return bool(self.flags & 2)

    @property
    def is_verb(self) -> bool:
        """Whether the form is a verb."""
        return bool(self.flags & 4)


_VALUE = struct.Struct("<BBHHB")


def pack(form: str, entry: LexiconEntry) -> bytes:
    """Return an entry as the value its form has in the table."""
    shared = 0
    for a, b in zip(form, entry.lemma, strict=False):
        if a != b:
            break
        shared += 1
    cap = 65_535
    return (
        _VALUE.pack(
            entry.flags,
            round(entry.zipf * 25),
            min(cap, round(entry.first * 10)),
            min(cap, round(entry.last * 10)),
            len(form) - shared,
        )
        + entry.lemma[shared:].encode()
    )


_VERBAL = ("are", "aren", "arens", "ares", "arna", "arnas", "ande", "andet", "andets", "andes")


class FormLexicon:
    """Looks forms up in the word list. Safe to share between threads."""

    def __init__(self, table: StringTable) -> None:
        self._table = table
        self.get = lru_cache(maxsize=100_000)(self._get)

    def _get(self, form: str) -> LexiconEntry | None:
        value = self._table.get(form.encode())
        if value is None:
            return None
        flags, zipf, first, last, cut = _VALUE.unpack_from(value)
        lemma = form[: len(form) - cut] + value[_VALUE.size :].decode()
        return LexiconEntry(lemma, flags, zipf / 25, first / 10, last / 10)

    def find(self, form: str) -> LexiconEntry | None:
        """Return the entry of `form`, or of the word whose genitive it is."""
        entry = self.get(form)
        if entry is None and len(form) > 3 and form[-1] == "s":
            base = self.get(form[:-1])
            if base is not None:
                return LexiconEntry(base.lemma, 0, 0.0, 0.0, base.last)
        return entry

    def is_verb(self, lemma: str) -> bool:
        """Whether `lemma` is the dictionary form of a verb."""
        entry = self.get(lemma)
        return entry is not None and entry.lemma == lemma and entry.is_verb

    def verb_of(self, form: str) -> str | None:
        """Return the verb of an agent or action noun.

        For words that the list lacks, since they only occur at the end of compounds:
        "(vårdnads)havare", "(barna)födande".
        """
        for ending in _VERBAL:
            if form.endswith(ending) and len(form) > len(ending) + 2:
                entry = self.get(form.removesuffix(ending) + "a")
                if entry is not None and self.is_verb(entry.lemma):
                    return entry.lemma
        return None

    def is_lemma(self, form: str) -> bool:
        """Whether `form` is a dictionary form."""
        entry = self.get(form)
        return entry is not None and entry.lemma == form
