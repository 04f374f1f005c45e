"""The best of many documents, without sorting all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.search.arrays import Places

Key = Callable[[Places], NDArray[np.float64]]
"""Returns the sort keys of documents, given by place; the highest is first."""


def best(count: int, most: int, keys: Sequence[Key]) -> Places:
    """Return the places of the first `most` of `count` documents, in order.

    Ties of one key are broken by the next, and finally by place. Each key reduces the candidates by
    a partition (Hoare's selection, linear), so that only the result is sorted, and later keys are
    read for ties only.
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
