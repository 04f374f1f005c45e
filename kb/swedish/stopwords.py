"""Function words, which a search may go without."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    lines = (files("kb.swedish") / "data" / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def is_stopword(form: str) -> bool:
    """Tell whether a word in lower case is a function word."""
    return form in _words()
