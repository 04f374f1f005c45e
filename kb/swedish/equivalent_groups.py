"""The file of equivalents: one group of terms a line, written for a person to correct.

How a line is written stands in the header of `data/equivalents.tsv`. Here a line is read
and its form checked; what its terms mean to the analysis is the business of `equivalents`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from kb.errors import OperatorError

FILE = "equivalents.tsv"
NEAR = "närliggande"
"""The kind of the groups whose terms are close in meaning but not the same."""

KINDS = frozenset({"förkortning", "synonym", "äldre term", "namnbyte", "omskrivning", NEAR})
_AS_WRITTEN, _SHARED = "*", "+"


@dataclass(frozen=True, slots=True)
class MarkedTerm:
    """A term as it stands in a line.

    Attributes:
        text: The term without its marks.
        as_written: Only these very letters are the term.
        shared: It stands in several groups on purpose, for it has several meanings.
    """

    text: str
    as_written: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class EquivalentGroup:
    """One line of the file, not yet analysed.

    Attributes:
        line: Its number, from 1.
        terms: At least two.
        kind: How the terms belong together, one of `KINDS`.
        source: Where that is known from.
    """

    line: int
    terms: tuple[MarkedTerm, ...]
    kind: str
    source: str

    @property
    def near(self) -> bool:
        """Whether the terms are close in meaning but not the same."""
        return self.kind == NEAR


def own_groups() -> tuple[EquivalentGroup, ...]:
    """Return the groups of the program's own file."""
    text = files("kb.swedish").joinpath("data", FILE).read_text(encoding="utf-8")
    return read_groups(text.splitlines())


def read_groups(lines: Iterable[str]) -> tuple[EquivalentGroup, ...]:
    """Read the groups of a file.

    Raises:
        OperatorError: A line is not a group; names the line and the fault.
    """
    return tuple(
        _read_group(number, unicodedata.normalize("NFC", line))
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )


def fault(line: int, what: str) -> OperatorError:
    """Return the error for a line that is wrong."""
    return OperatorError(f"{FILE}, rad {line}: {what}")


def _read_group(number: int, line: str) -> EquivalentGroup:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) != 3:
        raise fault(number, f"ska ha tre kolumner åtskilda av tabb, har {len(columns)}")
    terms = tuple(_read_term(term.strip()) for term in columns[0].split("|"))
    if len(terms) < 2:
        raise fault(number, "en grupp behöver minst två termer, åtskilda av ” | ”")
    if not all(term.text for term in terms):
        raise fault(number, "en term är tom")
    if columns[1] not in KINDS:
        raise fault(number, f"okänt slag ”{columns[1]}”; välj bland {', '.join(sorted(KINDS))}")
    if not columns[2]:
        raise fault(number, "källa saknas")
    return EquivalentGroup(number, terms, columns[1], columns[2])


def _read_term(marked: str) -> MarkedTerm:
    text = marked.rstrip(_AS_WRITTEN + _SHARED)
    marks = marked[len(text) :]
    return MarkedTerm(text.strip(), _AS_WRITTEN in marks, _SHARED in marks)
