"""Words that are known to be nothing sought, so that most texts need no closer look."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_MOST = 100_000
"""Words remembered, at most."""


class Sieve:
    """Tells which words may be what is sought, fast where they are seen again and are not."""

    def __init__(self, accepts: Callable[[str], object]) -> None:
        self._accepts = accepts
        self._refused: set[str] = set()

    def places(self, words: Sequence[str]) -> Sequence[int]:
        """Return where in `words` those sought stand."""
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
