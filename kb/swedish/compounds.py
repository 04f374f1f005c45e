"""Split compounds into their parts: "familjehemsvård" → familje + hems + vård.

A word is cut into the parts that most other compounds begin and end with (a unigram model over part
types, searched with the Viterbi algorithm). The shorter and commoner the word, the higher the parts
must score: short common words contain others by chance ("rapport", "kontakt"). Each part is then
analysed as a word.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from kb.swedish.lexicon import FormLexicon
from kb.swedish.tables import rows, words

Parts = tuple[str, ...]

_SIZE = 300.0
"""The most productive parts have counts like this; a part scores log(count / size)."""
_UNSEEN = 0.08
"""Count given to a part that no other compound of the word list has."""
_COMMON = 3.3
"""Zipf frequency that a word of four letters needs to be a last part no other has."""
_VERB = 1.0
"""Count given to a verb or an agent noun as last part, which are not counted."""
_JUNCTION = 1.5
"""Cost of each cut after the first, so that a word of two parts is not split into three."""
_DOUBLED = 0.5
"""Cost of reading a consonant twice, as in "nattåg"."""
_WITH_S = ("ning", "het", "skap", "ion", "dom", "tet", "ling")
"""Nouns with these endings take an -s as first part, unless the word list shows otherwise."""
_LONGEST = 60
_VOWELS = frozenset("aeiouyåäöéèüáóàô")
_SHORT_FIRST = frozenset({"bo", "eu", "it", "kö", "ny", "tv", "öl"})
_SHORT_LAST = frozenset({"år", "kö"})


class Decompounder:
    """Splits words by the counts of a word list. Safe to share between threads."""

    def __init__(self, lexicon: FormLexicon) -> None:
        self._lexicon = lexicon
        self._whole = frozenset(words("kb.swedish", "whole_words.txt"))
        barred: dict[str, set[str]] = {"prefix": set(), "first": set(), "last": set()}
        for where, part in rows("kb.swedish", "compound_parts.tsv"):
            barred[where].add(part)
        self._prefixes = tuple(barred["prefix"])
        self._not_first = barred["first"] | barred["prefix"]
        self._not_last = barred["last"]
        self.split = lru_cache(maxsize=100_000)(self._split)
        # Words are distinct, but share their parts.
        self._first = lru_cache(maxsize=200_000)(self._score_first)
        self._last = lru_cache(maxsize=100_000)(self._score_last)

    def _split(self, form: str) -> Parts:
        """Return the finest split of `form`, empty if it is no compound.

        Linking letters belong to the part to their left; a consonant that three would
        be written as two is given to both ("nattåg" → natt + tåg).
        """
        if not 5 <= len(form) <= _LONGEST or not form.isalpha():
            return ()
        entry = self._lexicon.find(form)
        word = entry.lemma if entry else form
        if self._joined(form) or self._prefixed(word):
            return ()
        parts, head, score = self._segment(word)
        if not parts or score < self._least(word, entry.zipf if entry else None):
            return ()
        if word.endswith("era") and not self._lexicon.is_verb(word[head:]):
            return ()  # kontroll-era, not kontroll + lera
        if word[:head] != form[:head] or head >= len(form):
            return ()  # "allrisk" is short for a compound, and none itself
        fine: list[str] = []
        for part in parts:
            fine.extend(self._split_first(part))
        last = form[head:]
        fine.extend(self.split(last) or (last,))
        return self._rejoin(fine)

    def _rejoin(self, parts: Sequence[str]) -> Parts:
        """Join neighbours that are one word: skol + mål + tid, hand + läggar + stöd."""
        joined = [parts[0]]
        for part in parts[1:]:
            if self._joined(combining(joined[-1] + part, self._lexicon)):
                joined[-1] += part
            else:
                joined.append(part)
        return tuple(joined) if len(joined) > 1 else ()

    def _joined(self, form: str) -> bool:
        """Whether `form` is a word that is never split."""
        entry = self._lexicon.find(form)
        return form in self._whole or (entry is not None and entry.lemma in self._whole)

    def prefix(self, form: str) -> str:
        """Return the prefix of a new word made with one, "sam" of "samplanering", or ""."""
        if form.startswith(self._prefixes) and self._lexicon.find(form) is None:
            for prefix in self._prefixes:
                rest = form[len(prefix) :]
                if len(rest) > 4 and form.startswith(prefix) and self._lexicon.find(rest):
                    return prefix
        return ""

    def _prefixed(self, word: str) -> bool:
        """Whether `word` is a prefix and a word: "ut-bildning", "med-arbetare".

        "omvårdnadsbidrag" is not, although "vårdnadsbidrag" is a word: its first part
        is "omvårdnads".
        """
        if not word.startswith(self._prefixes):
            return False
        for prefix in self._prefixes:
            rest = word[len(prefix) :]
            if len(rest) > 2 and word.startswith(prefix) and self._lexicon.is_lemma(rest):
                parts = self.split(rest)
                if not parts or self._lexicon.find(prefix + parts[0]) is None:
                    return True
        return False

    def _least(self, word: str, zipf: float | None) -> float:
        """Return the score that the parts of `word` must reach; `zipf` is None for a new word."""
        least = -min(4.4 + 1.2 * (len(word) - 6), 12.0)
        return least - 3.0 if zipf is None else least + max(0.0, zipf - 4.0)

    def _split_first(self, part: str) -> Parts:
        """Split a part that is not the last, without its linking letter."""
        entry = self._lexicon.find(part)
        bases = [part[:-1]] if part.endswith("s") else [part]
        if entry and entry.lemma not in bases:
            bases.append(entry.lemma)
        for base in bases:
            parts = self.split(base)
            head = len(base) - len(parts[-1]) if parts else 0
            if parts and part[:head] == base[:head]:
                return (*parts[:-1], part[head:])
        return (part,)

    def _segment(self, word: str) -> tuple[Parts, int, float]:
        """Return the best parts before the last, where the last begins, and the score."""
        size = len(word)
        # For each place in the word: best score of the parts before it, where the last
        # of them begins, and that part.
        best: dict[int, tuple[float, int, str]] = {0: (0.0, 0, "")}
        winner, score = 0, -math.inf
        for start in range(size - 1):
            if start not in best:
                continue
            so_far = best[start][0]
            if start:
                last = self._last(word[start:])
                if last is not None and so_far + last > score:
                    winner, score = start, so_far + last
            for end in range(start + 2, size - 1):
                part = word[start:end]
                value = self._first(part)
                # busstation: "bus", or "buss" with one s written for three
                if word[end] == part[-1] and part[-1] not in _VOWELS:
                    doubled = self._first(part + part[-1])
                    if doubled is not None and (value is None or doubled - _DOUBLED > value):
                        part, value = part + part[-1], doubled - _DOUBLED
                if value is None:
                    continue
                if start:
                    value -= _JUNCTION
                if end not in best or so_far + value > best[end][0]:
                    best[end] = (so_far + value, start, part)
        parts: list[str] = []
        at = winner
        while at:
            _, at, part = best[at]
            parts.append(part)
        return tuple(reversed(parts)), winner, score

    def _score_first(self, part: str) -> float | None:
        """Return the score of a part that is not the last, None if it cannot be one."""
        if part in self._not_first or (len(part) < 3 and part not in _SHORT_FIRST):
            return None
        entry = self._lexicon.find(part)
        if entry is None:
            known = combining(part, self._lexicon) != part
            return math.log(_UNSEEN / _SIZE) if known else None
        if entry.first >= 0.5 and (len(part) != 3 or entry.first >= 5):
            return math.log(entry.first / _SIZE)
        lemma = self._lexicon.get(entry.lemma)
        if part.endswith(_WITH_S):
            return None
        if len(part) < 5 or lemma is None or not lemma.is_noun or lemma.zipf == 0:
            return None
        return math.log(_UNSEEN / _SIZE)

    def _score_last(self, part: str) -> float | None:
        """Return the score of a last part, None if it cannot be one."""
        if len(part) < 3 and part not in _SHORT_LAST:
            return None
        entry = self._lexicon.find(part)
        if part in self._not_last or (entry and entry.lemma in self._not_last):
            return None
        if entry and entry.last >= 0.5 and (len(part) != 3 or entry.last >= 10):
            return math.log(entry.last / _SIZE)
        if part in _SHORT_LAST:
            return math.log(1 / _SIZE)
        lemma = self._lexicon.get(entry.lemma) if entry else None
        if len(part) < 5:
            common = len(part) == 4 and lemma and lemma.is_noun and lemma.zipf > _COMMON
            return math.log(_UNSEEN / _SIZE) if common else None
        if (lemma and lemma.is_verb) or self._lexicon.verb_of(part):
            return math.log(_VERB / _SIZE)
        return math.log(_UNSEEN / _SIZE) if lemma and lemma.zipf else None


def combining(part: str, lexicon: FormLexicon) -> str:
    """Return the word that `part` is the combining form of, or `part` itself.

    Agents lose their -e ("brukar|råd" is no present of bruka), Latin nouns end in -ie
    ("presidie|möte").
    """
    if part.endswith("ar") and lexicon.is_lemma(part + "e"):
        return part + "e"
    if part.endswith("ie") and lexicon.is_lemma(part[:-1] + "um"):
        return part[:-1] + "um"
    return part
