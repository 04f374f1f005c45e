"""Words that are known to be nothing sought, so that most texts need no closer look."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_MOST = 100_000
"""Words remembered, at most."""


class Sieve:
    """Tells whether words may be what is sought, fast where they are seen again and are not."""

    def __init__(self, accepts: Callable[[str], object]) -> None:
        self._accepts = accepts
        self._refused: set[str] = set()

    def any(self, words: Iterable[str]) -> bool:
        """Tell whether one of `words` is sought."""
        if self._refused.issuperset(words):
            return False
        return any(map(self.one, words))

    def one(self, word: str) -> bool:
        """Tell whether `word` is sought."""
        if word in self._refused:
            return False
        if self._accepts(word):
            return True
        if len(self._refused) >= _MOST:
            self._refused.clear()
        self._refused.add(word)
        return False
