"""The query language: words, "phrases", -without, ELLER, and word*, *word, *word* for parts.

Every string is a query; there are no syntax errors. What is no operator is read as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)[-−–](?=[*\w"”“§]))?(?:["”“](?P<phrase>[^"”“]*)["”“]?|(?P<word>[^\s"”“]+))"""
)
_OR = frozenset({"ELLER", "OR", "|"})
_AND = frozenset({"OCH", "AND", "&", "+"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of a query: alternatives of which any is enough.

    Attributes:
        atoms: The alternatives, mostly one.
        negated: Documents that match are excluded.
    """

    atoms: tuple[Atom, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, a part of words or a phrase, as typed.

    Attributes:
        text: What was typed, without marks.
        phrase: Its words must occur together in this form and order.
        prefix: It is the beginning of words.
        suffix: It is the end of words; with `prefix`, it may stand anywhere in them.
    """

    text: str
    phrase: bool = False
    prefix: bool = False
    suffix: bool = False

    @property
    def partial(self) -> bool:
        """Whether it is a part of words."""
        return self.prefix or self.suffix


def parse_query(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a query, all of which are to match."""
    clauses: list[Clause] = []
    joining = False
    for match in _PIECE.finditer(text):
        word = match["word"]
        if word in _OR:
            joining = bool(clauses)
            continue
        if word in _AND:
            continue
        atom = _atom(word, match["phrase"])
        if atom is None:
            continue
        negated = bool(match["minus"])
        if joining and not negated and not clauses[-1].negated:
            clauses[-1] = Clause((*clauses[-1].atoms, atom))
        else:
            clauses.append(Clause((atom,), negated))
        joining = False
    return tuple(clauses)


def _atom(word: str | None, phrase: str | None) -> Atom | None:
    text = phrase if word is None else word
    if text is None or not any(c.isalnum() or c == "§" for c in text):
        return None
    if word is None:
        return Atom(text.strip(), phrase=True)
    return Atom(word.strip("*"), prefix=word.endswith("*"), suffix=word.startswith("*"))
