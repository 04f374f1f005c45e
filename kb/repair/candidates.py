"""Candidates for a damaged word: lexicon words, compounds of them, and new words.

The word is decoded from left to right by the channel's rules, while the lexicon, walked as a trie,
keeps only readings that begin some word (Brill and Moore 2000). Where a word ends inside, the walk
restarts, which gives compounds. What no lexicon word explains is decoded letter by letter.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.repair.channel import NoisyChannel
from kb.repair.letters import Letters
from kb.repair.lexicon import WordCosts
from kb.repair.parts import Parts
from kb.repair.trie import Trie

MARGIN = 6.0
"""Nats; readings that cost so much more than the best are dropped."""

_DEAREST = 10.0  # nats a reading may cost the channel, for each word or part
_COMPOUND = 3.5  # a compound that the lexicon lacks
_MORE = 2.0  # each part of it beyond two
_LEAST_TAIL = 4.0  # no part is commoner than that
_RARE_PART = 11.5  # a word that the lexicon has no example of as part of a compound
_MIN_RARE = 4
_MOST_PARTS = 4
_UNKNOWN = 5.0  # a word that is neither known nor made of known parts
_UNKNOWN_NAME = 5.0
_KEPT = 6
_BEAM = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a word.

    Attributes:
        text: The reading, in lower case.
        prior: Cost of the word itself, in nats.
        channel: Cost of the misreading, in nats.
        known: Whether the word, or a compound with it, is in the lexicon.
        name: Whether it is read as a name.
    """

    text: str
    prior: float
    channel: float
    known: bool = True
    name: bool = False

    @property
    def cost(self) -> float:
        """The whole cost; the cheapest reading is the likeliest."""
        return self.prior + self.channel


@dataclass(frozen=True, slots=True)
class _Begun:
    """The first parts of a compound."""

    text: str
    prior: float
    channel: float
    parts: int

    @property
    def cost(self) -> float:
        return self.prior + self.channel


class Finder:
    """Finds the candidates of one word at a time."""

    def __init__(
        self, lexicon: WordCosts, parts: Parts, channel: NoisyChannel, letters: Letters
    ) -> None:
        self._lexicon = lexicon
        self._heads, self._tails = parts.heads, parts.tails
        self._trie = Trie(lexicon.words() | parts.heads.keys() | parts.tails.keys())
        self._channel = channel
        self._letters = letters

    def prior(self, word: str) -> float:
        """Return the cost of `word` itself, in nats."""
        cost = self._lexicon.cost(word)
        return _UNKNOWN + self._letters.cost(word) if cost is None else cost

    def has(self, word: str) -> bool:
        """Tell whether the lexicon has `word` itself."""
        return word in self._lexicon

    def find(self, read: str, *, name: bool = False) -> list[Candidate]:
        """Return the likeliest readings of `read`, best first.

        Args:
            read: A word without its capitals.
            name: Whether it began with a capital, as names do.
        """
        unknown = _UNKNOWN_NAME if name else _UNKNOWN
        as_is = Candidate(read, unknown + self._letters.cost(read), 0.0, known=False)
        found = [as_is]
        best = as_is.cost
        heads = []
        # A capital was seen, so the first letter of a name cannot be lost.
        for end, word, cost in self._walk(read, 0, _DEAREST, first_seen=name):
            if end < len(read):
                heads.append((end, word, cost))
                continue
            for candidate in self._whole(word, cost, name):
                found.append(candidate)
                best = min(best, candidate.cost)
        for candidate in self._compounds(read, heads, best + MARGIN):
            found.append(candidate)
            best = min(best, candidate.cost)
        found += self._spelt(read, unknown, best + MARGIN)

        cheapest: dict[str, Candidate] = {}
        for candidate in found:
            known = cheapest.get(candidate.text)
            if known is None or candidate.cost < known.cost:
                cheapest[candidate.text] = candidate
        kept = heapq.nsmallest(_KEPT, cheapest.values(), key=lambda c: c.cost)
        return [candidate for candidate in kept if candidate.cost < kept[0].cost + MARGIN]

    def _whole(self, word: str, cost: float, name: bool) -> Iterator[Candidate]:
        prior = self._lexicon.cost(word)
        if prior is not None:
            yield Candidate(word, prior, cost)
        prior = self._lexicon.name_cost(word) if name else None
        if prior is not None:
            yield Candidate(word, prior, cost, name=True)

    def _compounds(
        self, read: str, heads: list[tuple[int, str, float]], limit: float
    ) -> Iterator[Candidate]:
        """Yield compounds that `read` may be and that cost less than `limit`.

        Args:
            read: The word.
            heads: What may stand at its beginning: end, string, channel cost.
            limit: Nats.
        """
        length = len(read)
        room = limit - _LEAST_TAIL
        begun: list[list[_Begun]] = [[] for _ in range(length + 1)]
        nothing = [_Begun("", _COMPOUND, 0.0, 0)]
        for end, word, cost in heads:
            self._begin(begun, read=read, before=nothing, end=end, word=word, cost=cost, room=room)
        for start in range(1, length):
            if not begun[start]:
                continue
            before = heapq.nsmallest(_BEAM, begun[start], key=lambda item: item.cost)
            for end, word, cost in self._walk(read, start, min(_DEAREST, room - before[0].cost)):
                if end < length:
                    self._begin(
                        begun,
                        read=read,
                        before=before,
                        end=end,
                        word=word,
                        cost=cost,
                        room=room,
                    )
                    continue
                tail = self._part(self._tails, word)
                if tail is None:
                    continue
                for first in before:
                    prior = first.prior + tail + _MORE * (first.parts - 1)
                    if prior + first.channel + cost < limit:
                        yield Candidate(first.text + word, prior, first.channel + cost)

    def _begin(
        self,
        begun: list[list[_Begun]],
        *,
        read: str,
        before: list[_Begun],
        end: int,
        word: str,
        cost: float,
        room: float,
    ) -> None:
        """Add `word` as the next part to the compounds begun `before` it."""
        head = self._part(self._heads, word)
        if head is None:
            return
        linked = read[end] == "s" and end + 1 < len(read) and word + "s" not in self._heads
        for first in before:
            prior, channel = first.prior + head, first.channel + cost
            if first.parts < _MOST_PARTS - 1 and prior + channel < room:
                parts = first.parts + 1
                begun[end].append(_Begun(first.text + word, prior, channel, parts))
                if linked:
                    begun[end + 1].append(_Begun(f"{first.text}{word}s", prior, channel, parts))

    def _part(self, known: Mapping[str, float], word: str) -> float | None:
        cost = known.get(word)
        if cost is None and len(word) >= _MIN_RARE:
            alone = self._lexicon.cost(word)
            if alone is not None and alone < 15.5:
                return _RARE_PART + max(0.0, alone - 11)
        return cost

    def _walk(
        self, read: str, start: int, dearest: float, *, first_seen: bool = False
    ) -> Iterator[tuple[int, str, float]]:
        """Yield the strings of the trie that may begin at `start`: end, string, channel cost."""
        find, holds = self._trie.find, self._trie.holds
        readings, lost = self._channel.readings, self._channel.lost
        length = len(read)
        table: list[dict[str, tuple[float, int]]] = [{} for _ in range(length + 1)]
        table[start][""] = (0.0, 0)
        for at in range(start, length + 1):
            states = table[at]
            if not states:
                continue
            for prefix, (cost, place) in list(states.items()):
                for clean, more in () if first_seen and at == start else lost:
                    total = cost + more
                    if total < dearest:
                        longer = prefix + clean
                        known = states.get(longer)
                        if known is not None:
                            if total < known[0]:
                                states[longer] = (total, known[1])
                        elif (found := find(longer, place)) >= 0:
                            states[longer] = (total, found)
            steps = readings(read, at) if at < length else ()
            for prefix, (cost, place) in states.items():
                if at > start and holds(prefix, place):
                    yield at, prefix, cost
                for used, clean, more in steps:
                    total = cost + more
                    if total < dearest:
                        longer = prefix + clean
                        later = table[at + used]
                        known = later.get(longer)
                        if known is not None:
                            if total < known[0]:
                                later[longer] = (total, known[1])
                        elif (found := find(longer, place)) >= 0:
                            later[longer] = (total, found)

    def _spelt(self, read: str, unknown: float, limit: float) -> Iterator[Candidate]:
        """Yield readings of a word that the lexicon lacks, letter by letter."""
        length = len(read)
        spell = self._letters.spell
        table: list[dict[str, tuple[float, float]]] = [{} for _ in range(length + 1)]
        table[0] = {"": (unknown, 0.0)}
        for at in range(length):
            steps = self._channel.readings(read, at)
            states = heapq.nsmallest(_BEAM, table[at].items(), key=lambda item: sum(item[1]))
            for text, (prior, cost) in states:
                for used, clean, more in steps:
                    channel = cost + more
                    spelt = prior + spell(text, clean)
                    if channel < _DEAREST and spelt + channel < limit:
                        after = text + clean
                        known = table[at + used].get(after)
                        if known is None or spelt + channel < sum(known):
                            table[at + used][after] = (spelt, channel)
        for text, (prior, cost) in table[length].items():
            if self._lexicon.cost(text) is None:
                yield Candidate(text, prior + spell(text, " "), cost, known=False)
