"""Build the word list from the data of the packages simplemma and wordfreq.

simplemma gives each form one dictionary form, and for the many Swedish homographs often the rarer
one ("lång" → "långa", "nämnd" → "nämna", "händer" → "hända"). Other forms of the two words resolve
most of these: see `_settle`. The productivity of a word as first and as last part is counted over
the compounds of the word list, ambiguous ones distributed by expectation maximisation (in the
manner of P. Koehn and K. Knight, "Empirical methods for compound splitting", 2003,
with types in place of corpus frequencies).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kb.swedish.lexicon import Flag, LexiconEntry, pack
from kb.swedish.tables import pairs, rows

Forms = dict[str, str]

_DEFINITE = ("en", "n", "et", "t", "erna", "arna", "orna", "na")


def items() -> Iterator[tuple[bytes, bytes]]:
    """Yield the word list as the items of its table."""
    frequency = _frequencies()
    raw = _forms()
    forms = dictionary_forms(raw, frequency)
    flags = _flags(forms)
    first, last = _productivity(raw, forms, flags)
    for form in first.keys() - forms.keys():  # genitives that begin compounds: "arbets"
        forms[form] = forms.get(form[:-1], raw[form])
    for form, lemma in forms.items():
        zipf = math.log10(frequency.get(form, 0.0) * 1e9 + 1)
        entry = LexiconEntry(
            lemma, flags.get(form, 0), zipf, first.get(form, 0.0), last.get(lemma, 0.0)
        )
        yield form.encode(), pack(form, entry)


def dictionary_forms(raw: Forms, frequency: Mapping[str, float]) -> Forms:
    """Return the dictionary form of every form but genitives, which `Lexicon.find` knows."""
    by_hand = pairs("kb.swedish", "lemmas.tsv") | pairs("kb.swedish", "combining_forms.tsv")
    entries = set(raw.values())
    forms = {
        form: lemma
        for form, lemma in raw.items()
        if form[-1] != "s" or len(form) < 4 or raw.get(form[:-1]) != lemma or form in entries
    } | by_hand
    # Twice, since the first round improves the estimate of how common each entry is.
    doubtful = list(_doubtful(raw, forms))
    for _ in range(2):
        forms |= _settle(doubtful, raw, forms, frequency)
    # "sålde" is filed under the participle såld, and såld under sälja.
    forms = {form: forms.get(lemma, lemma) for form, lemma in forms.items()}
    usual = {lemma: _usual(lemma, raw, forms) for lemma in set(forms.values())}
    return {form: usual[lemma] for form, lemma in forms.items()} | by_hand


def _forms() -> Forms:
    """Return simplemma's forms, common words only."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    mapping = DefaultDictionaryFactory(cache_max_size=0).get_dictionary("sv")
    return {
        form: lemma
        for form, lemma in mapping.items()
        if form.islower()
        and lemma.islower()
        and (form.isalpha() or form.replace("-", "").isalpha())
        and (lemma.isalpha() or lemma.replace("-", "").isalpha())
        # "an" is not short for toaletten in minutes
        and (len(form) > 3 or form[0] == lemma[0])
    }


def _frequencies() -> Mapping[str, float]:
    from wordfreq import get_frequency_dict

    return get_frequency_dict("sv", wordlist="large")


def _doubtful(raw: Forms, forms: Forms) -> Iterator[str]:
    """Yield the forms that may belong to another entry than simplemma says."""
    entries = set(forms.values())
    for form, lemma in forms.items():
        stem = form[:-2]
        if form != lemma and (
            form in entries
            or raw.get(form + "s", lemma) != lemma
            or forms.get(form + "na", lemma) != lemma
            or lemma == form + "e"
            or (form.endswith(("en", "et")) and lemma in (stem + "en", stem + "a"))
        ):
            yield form


def _settle(
    doubtful: Iterable[str], raw: Forms, forms: Forms, frequency: Mapping[str, float]
) -> Forms:
    """Return the dictionary forms of homographs in minutes."""
    paradigms: dict[str, list[str]] = defaultdict(list)
    weight: dict[str, float] = defaultdict(float)
    for form, lemma in forms.items():
        if form != lemma:
            paradigms[lemma].append(form)
        weight[lemma] += frequency.get(form, 0.0)
    settled = {}
    for form in doubtful:
        lemma = forms[form]
        # The form itself was counted for the entry that is in question.
        other = weight[lemma] - frequency.get(form, 0.0)
        for choice, worth in _choices(form, lemma, raw, forms, paradigms):
            if worth == math.inf or worth * weight[choice] >= other:
                settled[form] = choice
                break
    return settled


def _choices(
    form: str, lemma: str, raw: Forms, forms: Forms, paradigms: Mapping[str, list[str]]
) -> Iterator[tuple[str, float]]:
    """Yield other possible dictionary forms, with their weights."""
    # "samordnar" is rather the verb than "samordnar(e)".
    if form.endswith("ar") and lemma == form + "e" and forms.get(form[:-1]) == form[:-1]:
        yield form[:-1], math.inf
        return
    inflections = paradigms.get(form, ())
    # "nämnd", "låg", "enkel" are words themselves, not what is left of nämna, låga,
    # enkla; but "hör", "får" are the present of theirs.
    elided = form[:-2] + form[-1] if form[-2:-1] == "e" else form
    if inflections and lemma in (form + "a", form + form[-1] + "a", elided + "a"):
        if not form.endswith("r") or forms.get(lemma + "r") == lemma:
            yield form, math.inf
        return
    if inflections and form.endswith(("ande", "ende")) and forms.get(form + "t") == form:
        yield form, math.inf
        return
    if (
        inflections
        and lemma == form[:-1]
        and form[-1] in "st"
        and len(form) < 5
        and form + "en" in inflections
    ):
        yield form, math.inf  # rot, gås
        return
    if inflections and any(
        form + ending in inflections for ending in ("en", "er", "erna", "ar", "et")
    ):
        if not form.endswith("r"):
            yield form, math.inf if form.endswith("d") else 4.0
        return
    # "sträva" is rather the verb than the plural of sträv.
    if (
        inflections
        and lemma == form[:-1]
        and form + "r" in inflections
        and form + "de" in inflections
    ):
        yield form, 0.5
        return
    # "beslutet" is rather the noun beslut than the participle of besluta.
    stem = form[:-2]
    if form.endswith(("et", "en")) and lemma in (stem + "en", stem + "a"):
        if len(stem) > 1 and forms.get(stem) == stem:  # a letter is no noun: sen, len
            yield stem, math.inf
        return
    # An ending that only nouns take makes the form a noun: händer-na, beslutet-s.
    for noun in (forms.get(form + "na"), raw.get(form + "s")):
        if noun is None or noun in (lemma, form, lemma + "a", lemma + "en"):
            continue
        if noun.endswith(("are", "as", "na", "ad")) or len(form) < 4:
            continue
        if form.startswith(noun[: max(1, len(noun) - 2)]) or len(noun) <= 4:
            yield noun, 3.0


def _usual(lemma: str, raw: Forms, forms: Forms) -> str:
    """Return the main entry of a variant."""
    # A participle belongs to its verb: "begränsad" to begränsa, "utdragen" to utdra; a
    # noun that ends like one does not: månad, tystnad.
    if lemma.endswith(("d", "t")) and forms.get(lemma + "en") != lemma:
        verb = raw.get(lemma + "es", lemma)
        return verb if verb.endswith("a") and forms.get(verb) == verb else lemma
    if lemma.endswith("en") and forms.get(lemma[:-2] + "na") == lemma:
        verb = forms.get(lemma[:-2] + "it", lemma)
        return verb if forms.get(verb) == verb else lemma
    # "anmälningar" is the plural of anmälan.
    if lemma.endswith("ning"):
        verb = lemma[:-4] + "a"
        if forms.get(verb) == verb and forms.get(verb + "n") == verb + "n":
            return verb + "n"
    return lemma


def _flags(forms: Forms) -> dict[str, int]:
    """Return the word class of each dictionary form, by its endings."""
    flags: dict[str, int] = {}

    def takes(lemma: str, *candidates: str) -> bool:
        return any(forms.get(candidate) == lemma for candidate in candidates)

    for lemma in set(forms.values()):
        if forms.get(lemma) != lemma:
            continue
        stem = lemma[:-1]
        flag = Flag.LEMMA
        latin = (lemma[:-2] + "et", lemma[:-2] + "er") if lemma.endswith("um") else ()
        if takes(lemma, *(lemma + ending for ending in _DEFINITE), stem + "orna", *latin):
            flag |= Flag.NOUN
        if lemma.endswith("a"):
            past = (stem + "ade", stem + "de", stem + "te", stem + "er", stem + "at")
            if takes(lemma, *past, lemma + "r"):
                flag |= Flag.VERB
        elif lemma[-1] in "oyåäöe" and takes(lemma, lemma + "r", lemma + "dde", lemma + "tt"):
            flag |= Flag.VERB
        if takes(lemma, lemma + "are", lemma + "ast", stem + "re") or (
            takes(lemma, lemma + "t") and takes(lemma, lemma + "a")
        ):
            flag |= Flag.ADJECTIVE
        flags[lemma] = flag
    return flags


def _productivity(
    raw: Forms, forms: Forms, flags: Mapping[str, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return how many compounds of the word list each form begins and each lemma ends."""
    barred: dict[str, set[str]] = {"prefix": set(), "first": set(), "last": set()}
    for where, part in rows("kb.swedish", "compound_parts.tsv"):
        barred[where].add(part)
    barred["first"] |= barred["prefix"]
    heads = {
        lemma
        for lemma, flag in flags.items()
        if len(lemma) > 2
        and lemma.isalpha()
        and lemma not in barred["last"]
        # Verbs end compounds too (riskbedöma), but count them as nouns do and every
        # second word has one in it.
        and (flag & (Flag.NOUN | Flag.ADJECTIVE) or not flag & Flag.VERB)
    } | {"år"}
    splits = []
    for word in flags:
        found = [
            (word[:at], word[at:])
            for at in range(2, len(word) - 1)
            if word[at:] in heads
            and (word[:at] in raw or word[:at] in forms)
            and word[:at] not in barred["first"]
        ]
        if found:
            splits.append((found, [1 / (len(found) + 1)] * len(found)))
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for _ in range(5):
        first, last = defaultdict(float), defaultdict(float)
        for found, shares in splits:
            for (left, right), share in zip(found, shares, strict=True):
                first[left] += share
                last[right] += share
        for found, shares in splits:
            products = [first[left] * last[right] for left, right in found]
            total = sum(products) + _CHANCE
            shares[:] = [product / total for product in products]
    return dict(first), dict(last)


_CHANCE = 20.0
"""Weight of "no compound at all" beside the ways to split a word: the product of the
counts of two parts that meet by chance is about this."""
