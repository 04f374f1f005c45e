"""What a damaged word may have been: lexicon words, compounds of them, and new words.

The word is read from left to right by the channel's rules while the lexicon, walked as a trie,
keeps only readings that begin some word (Brill and Moore 2000). Where a word ends inside, the
walk starts again: that is a compound. What no lexicon word explains is read letter by letter.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.repair.channel import Channel
from kb.repair.letters import Letters
from kb.repair.lexicon import Lexicon
from kb.repair.parts import Parts
from kb.repair.trie import Trie

_DEAREST = 9.5  # nats a reading may cost the channel, for each word or part
_COMPOUND = 3.5  # a compound that the lexicon lacks
_MORE = 2.0  # each part of it beyond two
_MOST_PARTS = 4
_UNKNOWN = 6.0  # a word that is neither known nor made of known parts
_UNKNOWN_NAME = 3.0
_KEPT = 6
_BEAM = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a word.

    Attributes:
        text: The reading, in lower case.
        prior: What the word itself costs, in nats.
        channel: What it costs that it came out as it was read.
        known: Whether the lexicon, or a compound of its words, has it.
    """

    text: str
    prior: float
    channel: float
    known: bool = True

    @property
    def cost(self) -> float:
        """The whole cost; the cheapest reading is the likeliest."""
        return self.prior + self.channel


class Finder:
    """Finds the candidates of one word at a time."""

    def __init__(self, lexicon: Lexicon, parts: Parts, channel: Channel, letters: Letters) -> None:
        self._lexicon = lexicon
        self._heads, self._tails = parts.heads, parts.tails
        self._trie = Trie(lexicon.words() | parts.heads.keys() | parts.tails.keys())
        self._channel = channel
        self._letters = letters

    def find(self, read: str, *, name: bool = False) -> list[Candidate]:
        """Return the likeliest readings of `read`, best first.

        Args:
            read: A word without its capitals.
            name: Whether it began with a capital, as names do.
        """
        best: dict[str, Candidate] = {}
        unknown = _UNKNOWN_NAME if name else _UNKNOWN
        for candidate in (*self._explained(read), *self._new(read, unknown)):
            known = best.get(candidate.text)
            if known is None or candidate.cost < known.cost:
                best[candidate.text] = candidate
        return heapq.nsmallest(_KEPT, best.values(), key=lambda c: c.cost)

    def _explained(self, read: str) -> Iterator[Candidate]:
        """Yield lexicon words and compounds that `read` may be."""
        price, heads, tails = self._lexicon.cost, self._heads, self._tails
        length = len(read)
        # begun[end]: compounds begun in read[:end], as prior, channel cost, text, parts.
        begun: list[list[tuple[float, float, str, int]]] = [[] for _ in range(length + 1)]
        begun[0].append((0.0, 0.0, "", 0))
        for start in range(length):
            if not begun[start]:
                continue
            before = heapq.nsmallest(_BEAM, begun[start], key=lambda item: item[0] + item[1])
            for end, word, cost in self._walk(read, start):
                if end == length:
                    whole = price(word) if start == 0 else None
                    if whole is not None:
                        yield Candidate(word, whole, cost)
                    tail = tails.get(word)
                    if tail is not None:
                        for prior, noise, text, count in before:
                            if count:
                                total = prior + tail + _MORE * (count - 1)
                                yield Candidate(text + word, total, noise + cost)
                    continue
                head = heads.get(word)
                if head is not None:
                    begun[end] += (
                        (
                            prior + head + (0 if count else _COMPOUND),
                            noise + cost,
                            text + word,
                            count + 1,
                        )
                        for prior, noise, text, count in before
                        if count < _MOST_PARTS - 1
                    )

    def _walk(self, read: str, start: int) -> Iterator[tuple[int, str, float]]:
        """Yield the strings of the trie that may begin at `start`: end, string, channel cost."""
        find, holds = self._trie.find, self._trie.holds
        readings, lost = self._channel.readings, self._channel.lost
        length = len(read)
        table: list[dict[str, tuple[float, int]]] = [{} for _ in range(length + 1)]
        table[start][""] = (0.0, 0)
        for at in range(start, length + 1):
            states = table[at]
            for prefix, (cost, place) in list(states.items()):
                for clean, more in lost:
                    if cost + more < _DEAREST:
                        _enter(states, prefix + clean, cost + more, place, find)
            for prefix, (cost, place) in states.items():
                if at > start and holds(prefix, place):
                    yield at, prefix, cost
                if at < length:
                    for used, clean, more in readings(read, at):
                        if cost + more < _DEAREST:
                            _enter(table[at + used], prefix + clean, cost + more, place, find)

    def _new(self, read: str, unknown: float) -> Iterator[Candidate]:
        """Yield readings of a word that the lexicon lacks, letter by letter."""
        length = len(read)
        step = self._letters.step
        table: list[dict[str, tuple[float, float]]] = [{} for _ in range(length + 1)]
        table[0] = {"": (unknown, 0.0)}
        for at in range(length):
            states = heapq.nsmallest(_BEAM, table[at].items(), key=lambda item: sum(item[1]))
            for text, (prior, cost) in states:
                for used, clean, more in self._channel.readings(read, at):
                    after, total = text + clean, cost + more
                    if total >= _DEAREST:
                        continue
                    spelt = prior
                    padded = f"  {after}"
                    for place in range(len(text), len(after)):
                        spelt += step(padded[place : place + 2], padded[place + 2])
                    known = table[at + used].get(after)
                    if known is None or spelt + total < sum(known):
                        table[at + used][after] = (spelt, total)
        for text, (prior, cost) in table[length].items():
            end = f"  {text}"[-2:]
            yield Candidate(text, prior + step(end, " "), cost, known=False)
        if read not in table[length]:
            yield Candidate(read, unknown + self._letters.cost(read), 0.0, known=False)


def _enter(
    states: dict[str, tuple[float, int]],
    prefix: str,
    cost: float,
    place: int,
    find: Callable[[str, int], int],
) -> None:
    """Put `prefix` among the states if it begins some word, at its least cost."""
    known = states.get(prefix)
    if known is None:
        found = find(prefix, place)
        if found >= 0:
            states[prefix] = (cost, found)
    elif cost < known[0]:
        states[prefix] = (cost, known[1])
