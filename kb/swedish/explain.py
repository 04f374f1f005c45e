"""Show what becomes of each word of a text; what `kb analyze` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from kb.swedish.analysis import Analyzer, Token, default_analyzer


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of one word.

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
        """Return the fields as JSON knows them."""
        return asdict(self) | {"parts": list(self.parts), "equivalents": list(self.equivalents)}


def analyze(text: str, analyzer: Analyzer | None = None) -> list[Explained]:
    """Return what becomes of each word of `text`, in order."""
    return [explain(token) for token in (analyzer or default_analyzer()).tokens(text)]


def explain(token: Token) -> Explained:
    """Return what became of one token."""
    word = token.word
    return Explained(
        token.text, word.lemma, word.key, word.parts, _equivalents([word.key]), token.name
    )


def _equivalents(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the equivalents of a run of words; none until that module is in place."""
    try:
        module = import_module("kb.swedish.equivalents")
    except ModuleNotFoundError:
        return ()
    return tuple(str(found) for found in module.equivalents_of(keys))
