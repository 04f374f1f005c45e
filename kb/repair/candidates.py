"""What a damaged word may have been: lexicon words, compounds of them, and new words.

The word is read from left to right by the channel's rules while the lexicon, walked as a trie,
keeps only readings that begin some word (Brill and Moore 2000). Where a word ends inside, the
walk starts again: that is a compound. What no lexicon word explains is read letter by letter.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass

from kb.repair.channel import Channel
from kb.repair.letters import Letters
from kb.repair.lexicon import Lexicon

_DEAREST = 9.0  # nats a reading may cost the channel, for each word or part
_MIN_PART = 3
_PART_COST = 15.5
_JOIN = 3.0
_LINK = 1.0  # an s between the parts
_MOST_PARTS = 4
_UNKNOWN = 9.0
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

    def __init__(self, lexicon: Lexicon, channel: Channel, letters: Letters) -> None:
        self._lexicon = lexicon
        self._channel = channel
        self._letters = letters

    def find(self, read: str) -> list[Candidate]:
        """Return the likeliest readings of `read`, best first."""
        best: dict[str, Candidate] = {}
        for candidate in (*self._explained(read), *self._new(read)):
            known = best.get(candidate.text)
            if known is None or candidate.cost < known.cost:
                best[candidate.text] = candidate
        return heapq.nsmallest(_KEPT, best.values(), key=lambda c: c.cost)

    def _explained(self, read: str) -> Iterator[Candidate]:
        """Yield lexicon words and compounds that `read` may be."""
        # partial[end]: readings of read[:end] as whole parts, cheapest first.
        length = len(read)
        partial: dict[int, list[tuple[float, float, str, int]]] = {0: [(0.0, 0.0, "", 0)]}
        for start in range(length):
            heads = partial.get(start)
            if not heads:
                continue
            for end, word, prior, cost in self._walk(read, start):
                whole = end == length
                part = len(word) >= _MIN_PART and prior < _PART_COST
                for so_far, noise, text, count in heads:
                    if count and not part:
                        continue
                    total = so_far + prior + (_JOIN if count else 0.0)
                    if whole:
                        yield Candidate(text + word, total, noise + cost)
                    elif part and count < _MOST_PARTS - 1:
                        self._keep(partial, end, (total, noise + cost, text + word, count + 1))
                        if read[end] == "s" and end + 1 < length and word[-1] != "s":
                            linked = (total + _LINK, noise + cost, text + word + "s", count + 1)
                            self._keep(partial, end + 1, linked)

    def _keep(
        self,
        partial: dict[int, list[tuple[float, float, str, int]]],
        end: int,
        found: tuple[float, float, str, int],
    ) -> None:
        kept = partial.setdefault(end, [])
        kept.append(found)
        if len(kept) > _BEAM:
            kept.sort(key=lambda item: item[0] + item[1])
            kept.pop()

    def _walk(self, read: str, start: int) -> Iterator[tuple[int, str, float, float]]:
        """Yield the lexicon words that may begin at `start`: end, word, its cost, the channel's."""
        lexicon, channel = self._lexicon, self._channel
        find, price, readings, lost = lexicon.find, lexicon.cost, channel.readings, channel.lost
        length = len(read)
        states: dict[str, tuple[float, int]] = {"": (0.0, 0)}
        table: list[dict[str, tuple[float, int]]] = [{} for _ in range(length + 1)]
        table[start] = states
        for at in range(start, length + 1):
            states = table[at]
            for prefix, (cost, place) in list(states.items()):
                for clean, more in lost:
                    total = cost + more
                    if total < _DEAREST:
                        self._enter(states, prefix + clean, total, place, find)
            for prefix, (cost, place) in states.items():
                if at > start:
                    prior = price(prefix)
                    if prior is not None:
                        yield at, prefix, prior, cost
                if at == length:
                    continue
                for used, clean, more in readings(read, at):
                    total = cost + more
                    if total < _DEAREST:
                        self._enter(table[at + used], prefix + clean, total, place, find)

    @staticmethod
    def _enter(states, prefix, cost, place, find):  # type: ignore[no-untyped-def]
        known = states.get(prefix)
        if known is not None:
            if cost < known[0]:
                states[prefix] = (cost, known[1])
            return
        found = find(prefix, place)
        if found >= 0:
            states[prefix] = (cost, found)

    def _new(self, read: str) -> Iterator[Candidate]:
        """Yield readings of a word that the lexicon lacks, letter by letter."""
        length = len(read)
        step = self._letters.step
        table: list[dict[str, tuple[float, float]]] = [{} for _ in range(length + 1)]
        table[0] = {"": (_UNKNOWN, 0.0)}
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
            yield Candidate(read, _UNKNOWN + self._letters.cost(read), 0.0, known=False)


def odds(candidates: list[Candidate]) -> list[float]:
    """Return the probability of each candidate, were these all there are."""
    cheapest = min(candidate.cost for candidate in candidates)
    weights = [math.exp(cheapest - candidate.cost) for candidate in candidates]
    total = sum(weights)
    return [weight / total for weight in weights]
