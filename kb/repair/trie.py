"""Prefix search: a sorted list that is searched like a trie and costs nothing to build."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Trie:
    """A set of strings that can be searched by prefix."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = sorted(strings)

    def find(self, prefix: str, low: int = 0) -> int:
        """Return the place of the first string that begins with `prefix`, or -1.

        The place found for a shorter prefix, given as `low`, narrows the search for a longer one.
        """
        strings = self._strings
        place = bisect_left(strings, prefix, low)
        return place if place < len(strings) and strings[place].startswith(prefix) else -1

    def holds(self, string: str, place: int) -> bool:
        """Tell whether `string`, whose place is known, is one of the strings itself."""
        return self._strings[place] == string
