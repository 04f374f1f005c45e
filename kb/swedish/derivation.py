"""Unite a word with the derivations that keep its meaning: rekrytering → rekrytera.

Nominalisations go to their verb where the word list has it. Those whose meaning has drifted from it
(handling, förening, tidning) are kept apart, and agent nouns (handläggare) are never united with
the verb.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.swedish.lexicon import FormLexicon
from kb.swedish.tables import pairs, rows, words


class Derivations:
    """Knows the base of a derived word. Safe to share between threads."""

    def __init__(self, lexicon: FormLexicon) -> None:
        self._lexicon = lexicon
        self._drifted = frozenset(words("kb.swedish", "drift.txt"))
        self._listed = pairs("kb.swedish", "derivations.tsv")
        self._prefixes = tuple(
            part for where, part in rows("kb.swedish", "compound_parts.tsv") if where == "prefix"
        )

    def base(self, lemma: str) -> str:
        """Return the word `lemma` is derived from without a change of meaning, or itself."""
        if lemma in self._drifted:
            return lemma
        listed = self._listed.get(lemma)
        if listed is not None:
            return listed
        for candidate in self._candidates(lemma):
            entry = self._lexicon.get(candidate)
            if entry is None or not self._lexicon.is_verb(entry.lemma):
                continue
            # "deltagande" comes from "deltaga", a variant of "delta".
            if entry.lemma == candidate or lemma.endswith("ande"):
                # "stöttning" comes from "stötta", which is listed with "stödja".
                return self._listed.get(entry.lemma, entry.lemma)
        return lemma

    def settled(self, lemma: str) -> bool:
        """Whether the data file lists the base of `lemma`."""
        return lemma in self._drifted or lemma in self._listed

    def _candidates(self, lemma: str) -> Iterator[str]:
        """Yield the verbs that `lemma` may be a nominalisation of, likeliest first."""
        if len(lemma) < 5:
            return
        if lemma.endswith("ing"):
            yield lemma[:-3] + "a"  # behandl-ing, räkn-ing
            if lemma.endswith("ning"):
                yield lemma[:-4] + "a"  # utred-ning
        elif lemma.endswith(("ande", "ende")):
            yield lemma[:-4] + "a"  # bemöt-ande
            yield lemma[:-4]  # åtaga-nde has its own entry; förstå-ende
        elif lemma.endswith("else"):
            yield lemma[:-4] + "a"  # upplev-else
            yield lemma[:-4]  # förstå-else
        elif lemma.endswith("an"):
            yield lemma[:-1]  # anmäla-n
        elif lemma.endswith("ikation"):
            yield lemma[:-7] + "icera"  # kommun-ikation
            yield lemma[:-7] + "iera"  # identif-ikation
        elif lemma.endswith("ation"):
            yield lemma[:-5] + "era"  # inform-ation
        elif lemma.endswith("ion"):
            yield lemma[:-3] + "era"  # adopt-ion
        elif lemma.startswith(self._prefixes) and not lemma.endswith("a"):
            yield lemma + "a"  # försök, avtal, missbruk; not so without a prefix (val, bok)
