"""The dictionary form of a word: looked up, else derived from its last part."""

from __future__ import annotations

import re
import threading

import snowballstemmer

from kb.swedish.compounds import Decompounder, combining
from kb.swedish.lexicon import FormLexicon

_UNINFLECTED = re.compile(r"(ar|and)e?(?:n|ns|s|na|nas|t|ts)?$")
"""Inflectional endings of agent and action nouns: "havarnas", "födandets"."""
_VOWELS = frozenset("aeiouyåäöé")


class Lemmatizer:
    """Finds dictionary forms. Safe to share between threads."""

    def __init__(self, lexicon: FormLexicon, compounds: Decompounder) -> None:
        self._lexicon = lexicon
        self._compounds = compounds
        # PyStemmer's C code where it is installed, with the same output; neither may
        # be called by two threads at once.
        self._stemmer = snowballstemmer.stemmer("swedish")
        self._lock = threading.Lock()

    def lemma(self, form: str) -> str:
        """Return the dictionary form of `form`; its stem, if the word is unknown."""
        known = self.known(form)
        if known is not None:
            return known
        parts = self._compounds.split(form)
        if parts:
            return form[: -len(parts[-1])] + self.lemma(parts[-1])
        prefix = self._compounds.prefix(form)
        if prefix:
            return prefix + self.lemma(form[len(prefix) :])
        if self._lexicon.verb_of(form):
            return _UNINFLECTED.sub(r"\1e", form)
        return self.stem(form)

    def known(self, form: str) -> str | None:
        """Return the dictionary form the word list has for `form` or its genitive."""
        entry = self._lexicon.find(form)
        return entry.lemma if entry else None

    def first_part(self, part: str) -> str:
        """Return the dictionary form of a word that begins a compound."""
        word = combining(part, self._lexicon)
        if word != part:
            return word
        known = self.known(part)
        return known if known is not None else part.removesuffix("s")

    def stem(self, form: str) -> str:
        """Return the Snowball stem of an unknown word.

        Abbreviations and words with figures in them stay as they are.
        """
        if len(form) < 5 or not form.isalpha() or _VOWELS.isdisjoint(form):
            return form
        with self._lock:
            stem: str = self._stemmer.stemWord(form)
        return stem
