"""Corrections of words without hits, for "Menade du …?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class Suggester(Protocol):
    """The words of a collection."""

    def near(self, word: str) -> list[str]:
        """Return words like `word`, likeliest first."""
        ...


def suggest(
    text: str,
    missing: Sequence[str],
    vocabulary: Suggester,
    finds: Callable[[str], bool],
) -> str | None:
    """Return `text` with words without hits replaced by likely ones, or None.

    Args:
        text: What was typed.
        missing: The words of it that no document has, as typed.
        vocabulary: The collection's words.
        finds: Tells whether a text has hits; only texts with hits are suggested.
    """
    candidates = {word: near for word in missing if (near := _likely(word, vocabulary))}
    best = {word: near[0] for word, near in candidates.items()}
    others = (best | {word: other} for word, near in candidates.items() for other in near[1:])
    for choice in (best, *others) if best else ():
        meant = text
        for word, likely in choice.items():
            meant = meant.replace(word, likely)
        if finds(meant):
            return meant
    return None


def _likely(word: str, vocabulary: Suggester) -> list[str]:
    """Return words like `word`, likeliest first, with a capital if it has one."""
    near = vocabulary.near(word.casefold())
    return [other.capitalize() for other in near] if word[:1].isupper() else near
