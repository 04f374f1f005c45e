"""Questions drawn from a library: rare and common words, AND, OR, phrases, prefixes, filters."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.lab.bench.peers.base import PeerQuestion, Sample, Shape

EACH = 25
"""Questions of each kind."""

_COMMON = 0.05  # least share of the documents that contain a common word
_RARE = (2, 20)  # documents a rare word is in
_MIDDLE = (0.002, 0.05)
_LOOKED_AT = 5_000  # documents that words and phrases are drawn from
_BEGINNING = 4


def draw(samples: Iterable[Sample], each: int = EACH) -> list[PeerQuestion]:
    """Return `each` questions of every kind, the same ones for the same library.

    Args:
        samples: The library, of which the first documents are used.
        each: How many of a kind.
    """
    looked_at = [sample for sample, _ in zip(samples, range(_LOOKED_AT), strict=False)]
    chance = random.Random(7)
    found = Counter(word for sample in looked_at for word in set(sample.tokens))
    size = len(looked_at)
    words = sorted(word for word in found if word.isalpha() and len(word) > 2)
    rare = [word for word in words if _RARE[0] <= found[word] <= _RARE[1]]
    common = [word for word in words if found[word] >= _COMMON * size]
    middle = [word for word in words if _MIDDLE[0] * size <= found[word] < _MIDDLE[1] * size]

    def pick(pool: Sequence[str], count: int) -> tuple[str, ...]:
        return tuple(chance.sample(list(pool), count))

    questions: list[PeerQuestion] = []
    for _ in range(each):
        one = pick(middle, 1)
        value = chance.choice(chance.choice(looked_at).facets["kommun"])
        questions += [
            PeerQuestion("rare word", Shape.TERM, pick(rare, 1)),
            PeerQuestion("common word", Shape.TERM, pick(common, 1)),
            PeerQuestion("AND", Shape.AND, pick(common, 1) + pick(middle, 1)),
            PeerQuestion("OR", Shape.OR, pick(common, 1) + pick(middle, 2)),
            PeerQuestion("phrase", Shape.PHRASE, _phrase(looked_at, chance)),
            PeerQuestion("prefix", Shape.PREFIX, (pick(middle, 1)[0][:_BEGINNING],)),
            PeerQuestion("filtered", Shape.TERM, one, ("kommun", value)),
        ]
    return questions


def _phrase(samples: Sequence[Sample], chance: random.Random) -> tuple[str, ...]:
    """Return two or three words that are adjacent in some document."""
    while True:
        tokens = chance.choice(samples).tokens
        length = chance.choice((2, 3))
        start = chance.randrange(max(1, len(tokens) - length))
        words = tokens[start : start + length]
        if len(words) == length and all(word.isalpha() for word in words):
            return tuple(words)
