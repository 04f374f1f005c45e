"""Baselines for finding words in damaged text.

Each returns the texts that have any of the given forms of a word. They are given the forms, so
that their misses are due to damage and not to grammar.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from kb.search.whoosh_engine.stock import StockWhoosh
from kb.swedish.analysis import fold
from kb.swedish.tokenize import normalize, tokenize

ALIKE = 0.5
"""Share of trigrams (Jaccard) that words must have in common to count as the same."""

Ids = frozenset[str]
Forms = frozenset[str]


class DamagePeer(ABC):
    """Finds words by their letters."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for doc_id, text in texts.items():
            for raw in tokenize(text):
                found[self.term(normalize(raw.text))].add(doc_id)
        self._found = {term: frozenset(ids) for term, ids in found.items()}
        self._with = cache(self._documents_with)

    def search(self, words: Sequence[Forms]) -> Ids:
        """Return the texts that have every word in any of its forms."""
        each = [
            frozenset[str]().union(*(self._with(self.term(form)) for form in forms))
            for forms in words
        ]
        return frozenset[str].intersection(*each)

    def _documents_with(self, term: str) -> Ids:
        return frozenset[str]().union(*(self._found[like] for like in self.like(term)))

    def term(self, form: str) -> str:
        """Return the term that a form is indexed and searched as."""
        return form

    @abstractmethod
    def like(self, term: str) -> Iterable[str]:
        """Return the terms of the texts that count as `term`."""


class Folded(DamagePeer):
    """The same word without dots and rings."""

    def term(self, form: str) -> str:
        """Remove the diacritics."""
        return fold(form)

    def like(self, term: str) -> Iterable[str]:
        """Return the term itself."""
        return (term,) if term in self._found else ()


class Fuzzy(DamagePeer):
    """Words at most so many letters away (Levenshtein)."""

    def __init__(self, texts: Mapping[str, str], reach: int) -> None:
        super().__init__(texts)
        self._reach = reach

    def like(self, term: str) -> Iterable[str]:
        """Return the terms within reach."""
        near = process.extract(
            term, list(self._found), scorer=Levenshtein.distance, score_cutoff=self._reach,
            limit=None,
        )  # fmt: skip
        return [other for other, _, _ in near]


class Trigrams(Folded):
    """Words that share `ALIKE` of their trigrams, diacritics removed, as in PostgreSQL pg_trgm."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self._size: dict[str, int] = {}
        self._terms: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._found:
            grams = _trigrams(term)
            self._size[term] = len(grams)
            for gram in grams:
                self._terms[gram].append(term)

    def like(self, term: str) -> Iterable[str]:
        """Return the terms that are alike enough."""
        grams = _trigrams(term)
        shared = Counter(other for gram in grams for other in self._terms.get(gram, ()))
        return [
            other
            for other, common in shared.items()
            if common >= ALIKE * (len(grams) + self._size[other] - common)
        ]


def _trigrams(term: str) -> frozenset[str]:
    padded = f"  {term} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def stock(whoosh: StockWhoosh, documents: int) -> Callable[[Sequence[Forms]], Ids]:
    """Return a search with plain Whoosh in an index of `documents` documents."""

    def search(words: Sequence[Forms]) -> Ids:
        text = " AND ".join(f"({' OR '.join(sorted(forms))})" for forms in words)
        return frozenset(whoosh.search(text, limit=documents))

    return search
