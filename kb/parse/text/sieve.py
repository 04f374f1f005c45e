"""A cache of words known not to match, so that most texts are skipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_MOST = 100_000
"""Most words in the cache."""


class Sieve:
    """Finds the words that a predicate accepts; words that it rejected are cached."""

    def __init__(self, accepts: Callable[[str], object]) -> None:
        self._accepts = accepts
        self._refused: set[str] = set()

    def places(self, words: Sequence[str]) -> Sequence[int]:
        """Return the indices of the accepted words."""
        refused = self._refused
        if refused.issuperset(words):
            return ()
        return [at for at, word in enumerate(words) if word not in refused and self._is(word)]

    def _is(self, word: str) -> bool:
        if self._accepts(word):
            return True
        if len(self._refused) >= _MOST:
            self._refused.clear()
        self._refused.add(word)
        return False
