"""A query for any of many words, which is not split into single words."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh import query


class AnyWordQuery(query.Or):  # type: ignore[misc]  # whoosh has no types
    """Matches documents that have any of many words of one field.

    For Whoosh it is an Or of terms, created on demand; the arrays evaluate it at once.

    Args:
        fieldname: The field.
        words: The words.
        weight: What each weighs.
    """

    def __init__(self, fieldname: str, words: Sequence[str], weight: float) -> None:
        super().__init__([])
        self.fieldname = fieldname
        self.words = tuple(words)
        self.weight = weight

    @property
    def subqueries(self) -> list[query.Query]:
        """The terms."""
        return [query.Term(self.fieldname, word, boost=self.weight) for word in self.words]

    @subqueries.setter
    def subqueries(self, _: list[query.Query]) -> None:
        """Whoosh sets them at first; they follow from the words."""

    def __hash__(self) -> int:
        return hash((self.fieldname, self.words, self.weight))
