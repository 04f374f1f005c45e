"""Frequencies of words and word pairs in Swedish minutes.

Learned once from the public minutes of Swedish municipalities and kept in `data/usage.tsv`:
counts only, of common words, no names and no running text.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

from kb.repair.context import BOUNDARY, NUMBER, Context, seen_as
from kb.swedish.skeleton import skeleton

USAGE = "usage.tsv"

_TOKEN = re.compile(r"(?P<word>[^\W\d_]+)|(?P<number>\d+)|(?P<end>[.:;!?\n])")
_COMMON = 15  # occurrences that make a word one to tell apart, and to tell by
_PAIR = 10  # occurrences of a pair worth keeping
_UNUSUAL = 0.7  # nats by which a word must be used more or less than in Swedish at large
_A_STROKE = {NUMBER: "i"}  # a one is a stroke, and so is the word "i"
_HEADER = """\
# How words are used in minutes. Columns: word, how often, before how many different words, what
# it is easily misread as, and which words follow it, with how often; pairs are kept where one of
# the two is easily misread. "*" is all words, "." the end of a sentence or line, "0" any number.
# Counted {date} over public minutes of Göteborg and Alingsås ({words} words) by
# `kb train-usage`; counts of common words only, names left out.
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """The learned frequencies.

    Attributes:
        chances: Probability of each word that minutes use differently from general Swedish.
        context: The bigram model.
    """

    chances: Mapping[str, float]
    context: Context


@lru_cache(maxsize=1)
def default_usage() -> Usage:
    """Return the usage of this process."""
    text = resources.files("kb.repair").joinpath("data", USAGE).read_text("utf-8")
    firsts: dict[str, tuple[int, int]] = {}
    pairs: dict[tuple[str, str], int] = {}
    alike: set[str] = set()
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        word, count, kinds, others, followers = line.split("\t")
        firsts[word] = int(count), int(kinds)
        if others:
            alike.add(word)
        for follower in followers.split():
            second, _, times = follower.rpartition(":")
            pairs[word, second] = int(times)
    total, _ = firsts.pop("*")
    chances = {word: count / total for word, (count, _) in firsts.items() if word.isalpha()}
    return Usage(chances, Context(pairs, firsts, alike, _PAIR / 2))


def write(texts: Iterable[str], costs: Mapping[str, float], target: Path, date: str) -> None:
    """Count how `texts` use words and write it to `target`.

    Args:
        texts: Running texts.
        costs: What words cost in Swedish at large, in nats.
        target: The file to write.
        date: When this was done, for the header.
    """
    words: Counter[str] = Counter()
    small: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        tokens = list(_tokens(text))
        lowered = [token.lower() for token in tokens]
        words.update(lowered)
        small.update(tokens)
        pairs.update(pairwise(lowered))
    common = {
        word
        for word, count in words.items()
        if count >= _COMMON and word in costs and 2 * small[word] > count and word.isalpha()
    }
    target.write_text(
        _HEADER.format(date=date, words=words.total())
        + "".join(_rows(words, pairs, common, costs)),
        "utf-8",
    )


def _rows(
    words: Counter[str],
    pairs: Counter[tuple[str, str]],
    common: Set[str],
    costs: Mapping[str, float],
) -> Iterator[str]:
    total = words.total()
    alike = _alike(common | {NUMBER})
    tokens = common | {BOUNDARY, NUMBER}
    kinds: Counter[str] = Counter(first for first, _ in pairs)
    kept: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (first, second), count in pairs.items():
        told = first in alike or second in alike
        if told and count >= _PAIR and first in tokens and second in tokens:
            kept[first].append((-count, second))
    yield f"*\t{total}\t{len(words)}\t\t\n"
    for word in sorted(tokens):
        unusual = word in common and (abs(costs[word] + math.log(words[word] / total)) > _UNUSUAL)
        if unusual or word in kept or word in alike:
            followers = " ".join(f"{second}:{-count}" for count, second in sorted(kept[word]))
            others = " ".join(alike.get(word, ()))
            yield f"{word}\t{words[word]}\t{kinds[word]}\t{others}\t{followers}\n"


def _alike(common: Set[str]) -> dict[str, list[str]]:
    """Return the words of which one may be misread as another, with those others."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(common):
        groups[skeleton(_A_STROKE.get(word, word))].append(word)
    return {
        word: [other for other in group if other != word]
        for group in groups.values()
        if len(group) > 1
        for word in group
    }


def _tokens(text: str) -> Iterator[str]:
    yield BOUNDARY
    for found in _TOKEN.finditer(text):
        if found["word"]:
            word = found["word"]
            yield NUMBER if seen_as(word.lower()) == NUMBER else word
        else:
            yield NUMBER if found["number"] else BOUNDARY
