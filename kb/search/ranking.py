"""The best of many documents, without putting all of them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Places

Key = Callable[[Places], NDArray[np.float64]]
"""Gives what documents, named by place, are ordered by; the highest is first."""


def best(count: int, most: int, keys: Sequence[Key]) -> Places:
    """Return the places of the first `most` of `count` documents, in order.

    Documents equal by one key are told apart by the next, and by their place at last.
    Each key narrows the field by a partition (Hoare's selection, linear), so that only
    what is returned is sorted, and later keys are read for ties alone.
    """
    field = np.arange(count)
    chosen: list[Places] = []
    wanted = min(most, count)
    for key in keys:
        if not wanted or len(field) <= wanted:
            break
        values = key(field)
        last = np.partition(values, len(values) - wanted)[len(values) - wanted]
        chosen.append(field[values > last])
        field = field[values == last]
        wanted -= len(chosen[-1])
    places = np.concatenate([*chosen, field[:wanted]])
    places.sort()
    return places[np.lexsort([-key(places) for key in reversed(keys)])]
