"""The gold with its texts damaged as the pages of the OCR corpus were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from kb.lab.evaluate.damage import DamageChannel, DamageKind
from kb.lab.evaluate.minutes_compare import letters
from kb.lab.evaluate.minutes_gold import MinutesGold
from kb.model import OffsetMap, Span
from kb.repair.changes import apply

_EVERY, _FEWEST = 3, 20
"""Every third document, in order of path, is damaged; more of them if they are few."""

KINDS = (DamageKind.ENG, DamageKind.GAR, DamageKind.ENG, DamageKind.EXTRACTION)
"""By what, in turn."""

_LETTERS = 6
"""A damaged name may differ from the true one by one letter in this many."""


def damaged(
    documents: Sequence[MinutesGold], channels: Mapping[DamageKind, DamageChannel]
) -> Iterator[tuple[MinutesGold, DamageKind]]:
    """Yield every third document with its text damaged and its facts carried over."""
    step = max(1, min(_EVERY, len(documents) // _FEWEST))
    for number, gold in enumerate(documents[::step]):
        kind = KINDS[number % len(KINDS)]
        changes = channels[kind].damage(gold.text, gold.path)
        places = OffsetMap(changes)

        def to(span: Span, places: OffsetMap = places) -> Span:
            return places.to_repaired(span.start, span.end)

        yield gold.carried(apply(gold.text, changes), to), kind


def legible_name(true: str, read: str) -> bool:
    """Tell whether a damaged name can be made out: at most one letter in six is wrong."""
    wanted = letters(true)
    return Levenshtein.distance(wanted, letters(read)) * _LETTERS <= len(wanted)
