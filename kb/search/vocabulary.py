"""The words of a collection: by pattern, similarity, conflation class and without diacritics."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from kb.search.budget import MAX_WORDS
from kb.search.fields import Field
from kb.search.lexicon import SegmentLexicon
from kb.search.postings import TokenReader
from kb.search.spelling import SpellingIndex
from kb.swedish.analysis import fold

_UNFOLDED = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that begin with `part` (prefix), end with it (suffix), or hold it (both)."""

    part: str
    prefix: bool = False
    suffix: bool = False


class RelatedWord(NamedTuple):
    """A word of the collection: its form, dictionary form and conflation class."""

    form: str
    lemma: str
    key: str


class CollectionVocabulary:
    """The words of all segments. Safe to share between threads.

    Everything is looked up in tables of the index; only `near` reads all words, once, at the first
    misspelling.

    Args:
        lexicons: The words of each segment.
        tokens: Its token types.
    """

    def __init__(self, lexicons: Sequence[SegmentLexicon], tokens: Sequence[TokenReader]) -> None:
        self._lexicons = lexicons
        self._tokens = tokens
        self._spelling: SpellingIndex | None = None
        self._lock = threading.Lock()
        self.words = lru_cache(maxsize=256)(self._words)

    def near(self, word: str) -> list[str]:
        """Return words like `word`, likeliest first."""
        with self._lock:
            if self._spelling is None:
                self._spelling = SpellingIndex(self._counts())
        return self._spelling.near(word)

    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for lexicon in self._lexicons:
            each = zip(lexicon.all(), lexicon.frequencies().tolist(), strict=True)
            counts.update(dict(each))
        return counts

    def unfold(self, form: str) -> list[str]:
        """Return words that are `form` with dots and rings added, commonest first.

        Typed dots are kept: "hora" may mean "höra", but "höra" never "hora".
        """
        plain = fold(form)
        fitting = {
            word
            for lexicon in self._lexicons
            for word in lexicon.dotted(plain)
            if word != form
            and len(word) == len(form)
            and all(
                typed in (letter, fold(letter)) for typed, letter in zip(form, word, strict=True)
            )
        }
        common = {
            word: sum(lexicon.documents(word) for lexicon in self._lexicons) for word in fitting
        }
        return sorted(fitting, key=lambda word: (-common[word], word))[:_UNFOLDED]

    def related(self, key: str) -> list[RelatedWord]:
        """Return the words that have `key` themselves or as a part."""
        found = {
            RelatedWord(*(tokens.terms(number, field)[0] for field in _WORD))
            for tokens in self._tokens
            for number in tokens.types_of(Field.PART, key).tolist()
        }
        return sorted(found)

    def _words(self, pattern: Pattern) -> tuple[tuple[str, ...], bool]:
        """Return the words that match a pattern, in order, and whether there are more.

        If there are too many, the commonest are returned.
        """
        found: Counter[str] = Counter()
        more = False
        for lexicon in self._lexicons:
            ordinals = lexicon.matching(pattern.part, pattern.prefix, pattern.suffix)
            counts = lexicon.frequencies()[ordinals]
            if len(ordinals) > MAX_WORDS:
                more = True
                most = np.argpartition(counts, len(counts) - MAX_WORDS)[-MAX_WORDS:]
                ordinals, counts = ordinals[most], counts[most]
            words = map(lexicon.word, ordinals.tolist())
            found.update(dict(zip(words, counts.tolist(), strict=True)))
        kept = [word for word, _ in found.most_common(MAX_WORDS)]
        return tuple(sorted(kept)), more or len(found) > MAX_WORDS

    def beginning(self, part: str, most: int) -> tuple[str, ...]:
        """Return the commonest words that begin so, commonest first."""
        found: Counter[str] = Counter()
        for lexicon in self._lexicons:
            ordinals = lexicon.matching(part, prefix=True, suffix=False)
            counts = lexicon.frequencies()[ordinals].astype(np.int64)
            first = np.argsort(-counts, kind="stable")[: most * 2]
            words = map(lexicon.word, ordinals[first].tolist())
            found.update(dict(zip(words, counts[first].tolist(), strict=True)))
        return tuple(word for word, _ in found.most_common(most))


_WORD = (Field.FORM, Field.LEMMA, Field.KEY)
