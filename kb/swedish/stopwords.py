"""Function words, which a search may go without."""

from __future__ import annotations

from functools import lru_cache

from kb.swedish.tables import words


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(words("kb.swedish", "stopwords.txt"))


def is_stopword(form: str) -> bool:
    """Tell whether a word in lower case is a function word."""
    return form in _words()
