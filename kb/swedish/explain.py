"""The analysis of each word of a text, as `kb analyze` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kb.swedish.analysis import Analyzer, Token, default_analyzer
from kb.swedish.equivalents import Equivalents, equivalents_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The analysis of one word.

    Attributes:
        token: The word as it stands in the text.
        lemma: Dictionary form.
        key: Conflation class; two words are conflated exactly if it is equal.
        parts: Finest compound split in surface form, empty if no compound.
        equivalents: Words that mean the same in this field.
        name: Whether it is most likely a proper name here.
    """

    token: str
    lemma: str
    key: str
    parts: tuple[str, ...]
    equivalents: tuple[str, ...]
    name: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return asdict(self) | {"parts": list(self.parts), "equivalents": list(self.equivalents)}


def analyze(text: str, analyzer: Analyzer | None = None) -> list[Explained]:
    """Return the analysis of each word of `text`, in order."""
    analyzer = analyzer or default_analyzer()
    equivalents = equivalents_for(analyzer)
    return [explain(token, equivalents) for token in analyzer.tokens(text)]


def explain(token: Token, equivalents: Equivalents) -> Explained:
    """Return the analysis of one token."""
    word = token.word
    same = equivalents.equivalents_of(word, token.text)
    return Explained(
        token=token.text,
        lemma=word.lemma,
        key=word.key,
        parts=word.parts,
        equivalents=same,
        name=token.name,
    )


def table(words: Sequence[Explained]) -> str:
    """Return analyses as a readable table, one word a line."""
    rows = [("ord", "grundform", "sökform", "delar", "namn", "liktydigt")]
    rows += [
        (
            word.token,
            word.lemma,
            word.key,
            "·".join(word.parts),
            "ja" if word.name else "",
            ", ".join(word.equivalents),
        )
        for word in words
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
