"""Analysis of words, shared by documents and queries."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.swedish.sentences import opens_sentence
from kb.swedish.tokenize import TokenizedText, normalize

_WHOLE = 3.0
"""Zipf frequency from which a compound counts as one word rather than as its parts."""

_COMMON = 5.0
"""Zipf frequency from which a capital that opens a sentence is no evidence of a name: "Vara"."""
_RARE = 4.0
"""Zipf frequency up to which a word after a given name is a surname: "Linda Macke"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The analysis of one word form.

    Attributes:
        form: Normalised surface form.
        lemma: Dictionary form; two inflections of a word share it. A name keeps its
            capital: "Klippan" is a municipality, "klippa" a cliff.
        key: Conflation class; words a searcher wants together share it. The key of a
            name has a capital too.
        parts: Finest compound split in surface form, empty if no compound.
        part_keys: The keys the parts are searched by: of each part and of each run of
            parts that is a word itself ("familjehemsvård": familj, hem, vårda,
            familjehem, …).
        folded: The form without diacritics.
    """

    form: str
    lemma: str
    key: str
    parts: tuple[str, ...]
    part_keys: tuple[str, ...]
    folded: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place; `start` and `end` are character offsets."""

    word: Word
    text: str
    start: int
    end: int
    position: int
    name: bool = False


class Analyzer:
    """Turns text into tokens. Safe to share between threads."""

    def __init__(self) -> None:
        from kb.swedish.compounds import Decompounder
        from kb.swedish.derivation import Derivations
        from kb.swedish.lemma import Lemmatizer
        from kb.swedish.names import Names
        from kb.swedish.wordlist import load

        self._lexicon = load()
        self._compounds = Decompounder(self._lexicon)
        self._lemmas = Lemmatizer(self._lexicon, self._compounds)
        self._derivations = Derivations(self._lexicon)
        self._names = Names()
        self.word = lru_cache(maxsize=200_000)(self._word)
        self.name_word = lru_cache(maxsize=20_000)(self._name_word)
        self._either = lru_cache(maxsize=20_000)(self._read_either)
        self.alone = lru_cache(maxsize=200_000)(self._alone)

    def knows(self, form: str) -> bool:
        """Whether `form` (normalised) is a word, a name or a compound of known words."""
        return (
            self._lexicon.find(form) is not None
            or self._names.find(form) is not None
            or bool(self.word(form).parts)
        )

    def is_name(self, form: str) -> bool:
        """Whether `form`, however it is written, can be a name: "klippan", "Lunds"."""
        return self._names.find(normalize(form)) is not None

    def readings(self, form: str) -> tuple[Word, ...]:
        """Return what a bare word can mean: itself and, if it can be one, the name."""
        word = self.word(form)
        if self._names.find(word.form) is None:
            return (word,)
        name = self.name_word(word.form)
        return (word,) if name == word else (word, name)

    def splits(self, word: Word) -> Iterator[tuple[str, str]]:
        """Yield the keys of both sides for every way to cut a compound in two.

        "familjehemsrekrytering" gives (familj, hemsrekrytering), (familjehem, rekrytera).
        A common compound has a meaning beyond its parts and is not cut: a search for
        "familjehem" is not about "familj" and "hem".
        """
        known = self._lexicon.find(word.lemma)
        if known is not None and known.zipf >= _WHOLE:
            return
        for cut in range(1, len(word.parts)):
            *before, last = word.parts[:cut]
            first = "".join(before) + self._lemmas.first_part(last)
            yield self.word(first).key, self.word("".join(word.parts[cut:])).key

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the analysed words of `text`, one a position."""
        words = TokenizedText(text)
        for position, raw in enumerate(words):
            word, name = self.alone(raw.text) or self.in_context(text, words, position)
            if text.startswith("-", raw.end):
                word = self.completed(word, text, words, position)
            yield Token(
                word=word, text=raw.text, start=raw.start, end=raw.end, position=position, name=name
            )

    def _alone(self, text: str) -> tuple[Word, bool] | None:
        """Return a word and whether it is a name; None if that depends on context.

        Lower-case words never depend on context, nor do most words with a capital.
        """
        form = normalize(text)
        if not text[0].isupper():
            return self.word(form), False
        entry = self._lexicon.find(form)
        known = self._names.find(form)
        if known is not None:
            place = self._names.is_place(known) and (entry is None or entry.zipf < _COMMON)
            return (self.name_word(form), True) if entry is None or place else None
        word = self.word(form)
        if entry is None and self._built_as_name(form, word) and not _in_capitals(text):
            return self.name_word(form), True
        return None if self._rare(form, word) else (word, False)

    def in_context(self, text: str, words: TokenizedText, position: int) -> tuple[Word, bool]:
        """Return a word and whether it is a name, for one that may be either.

        A word that can be a name is one inside a sentence, and at its start if the name continues
        or a given name stands before; a rare word is one after a given name.
        """
        bare, named, known, capitals = self._either(words.texts[position])
        name = self._follows_given_name(text, words, position)
        if known and not name:
            doubtful = capitals or opens_sentence(text, words.bounds[2 * position])
            name = not doubtful or len(words) == 1 or _name_goes_on(text, words, position)
        return (named, True) if name else (bare, False)

    def _read_either(self, text: str) -> tuple[Word, Word, bool, bool]:
        """Return a word as a word, as a name, if it is a known name, and if in capitals."""
        form = normalize(text)
        known = self._names.find(form) is not None
        return self.word(form), self.name_word(form), known, _in_capitals(text)

    def _built_as_name(self, form: str, word: Word) -> bool:
        return not word.parts or self._names.looks_like(form)

    def _rare(self, form: str, word: Word) -> bool:
        """Whether a word after a given name is a surname."""
        entry = self._lexicon.find(form)
        return self._built_as_name(form, word) and (entry is None or entry.zipf < _RARE)

    def _word(self, form: str) -> Word:
        form = normalize(form)
        if self._lexicon.get(form) is None:
            name = self._names.find(form)
            # "Anders" is no genitive of anything; "hems" is no genitive of a name.
            if name is not None and (name.lower() == form or self._lexicon.find(form) is None):
                return Word(
                    form=form, lemma=name, key=name, parts=(), part_keys=(), folded=fold(form)
                )
        parts = self._compounds.split(form)
        lemma = self._lemmas.lemma(form)
        part_keys = self._part_keys(form, parts) if parts else ()
        return Word(
            form=form,
            lemma=lemma,
            key=self._key(form, lemma, parts),
            parts=parts,
            part_keys=part_keys,
            folded=fold(form),
        )

    def _key(self, form: str, lemma: str, parts: Sequence[str]) -> str:
        base = self._derivations.base(lemma)
        if base != lemma or self._derivations.settled(lemma):
            return base
        last = parts[-1] if parts else form.removeprefix(self._compounds.prefix(form))
        before = form[: len(form) - len(last)]
        return before + self._derivations.base(lemma.removeprefix(before))

    def _part_keys(self, form: str, parts: Sequence[str]) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        for size in range(1, len(parts)):
            for start in range(len(parts) - size + 1):
                end = start + size
                last = parts[end - 1]
                if end < len(parts):
                    last = self._lemmas.first_part(last)
                run = "".join(parts[start : end - 1]) + last
                # A run from within need not be a word: "hemsvård" in familjehemsvård
                if size == 1 or start == 0 or self._lexicon.find(run):
                    keys[self.word(run).key] = None
        return tuple(keys)

    def _name_word(self, form: str) -> Word:
        name = self._names.find(form)
        if name is None:
            return replace(self.word(form), parts=(), part_keys=())
        return Word(form=form, lemma=name, key=name, parts=(), part_keys=(), folded=fold(form))

    def _follows_given_name(self, text: str, words: TokenizedText, position: int) -> bool:
        if position == 0:
            return False
        before = words.texts[position - 1]
        if not (before[0].isupper() and self._names.is_given_name(before)):
            return False
        end, start = words.between(position - 1, position)
        return not text[end:start].strip(" \n")

    def completed(self, word: Word, text: str, words: TokenizedText, position: int) -> Word:
        """Complete "barn-" in "barn- och ungdomsverksamhet" to barnverksamhet."""
        after = words.bounds[2 * position + 1] + 1
        if word.parts or position + 2 >= len(words) or text[after : after + 1] not in " \n":
            return word
        link, whole = map(normalize, words.texts[position + 1 : position + 3])
        parts = self.word(whole).parts
        if link not in ("och", "eller", "samt", "respektive") or not parts:
            return word
        return replace(word, part_keys=(*word.part_keys, self.word(word.form + parts[-1]).key))


def _in_capitals(text: str) -> bool:
    return text.partition(":")[0].isupper()


def _name_goes_on(text: str, words: TokenizedText, position: int) -> bool:
    """Whether a capital or "kommun" follows: "Per Norbeck", "Vara kommun"."""
    if position + 1 >= len(words):
        return False
    after = words.texts[position + 1]
    if not (after[0].isupper() or after in ("kommun", "kommuns")):
        return False
    # A scan breaks its lines where the page did, in names too.
    end, start = words.between(position, position + 1)
    return text[end:start] in (" ", "-", "\n", " \n")


def fold(form: str) -> str:
    """Return `form` without diacritics: "hälsa" → "halsa"."""
    if form.isascii():
        return form
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))


_LOCK = threading.Lock()


def default_analyzer() -> Analyzer:
    """Return the analyzer of this process."""
    with _LOCK:  # created by the first of several threads only
        return _default_analyzer()


@lru_cache(maxsize=1)
def _default_analyzer() -> Analyzer:
    return Analyzer()
