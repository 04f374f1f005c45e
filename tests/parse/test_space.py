"""Lists of people in every way that minutes write and place them: a sample of the space.

All of it is read by `kb eval parse --space`.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from kb.lab.evaluate import attendance_space as space

EVERY = 53
"""One cell in this many is read; prime to the lengths of all axes, so that each value comes."""

FEWEST = 20
"""People of a value of an axis, at least, for its share to say something."""


@pytest.fixture(scope="module")
def counted() -> dict[tuple[str, str], list[space.Counted]]:
    found: dict[tuple[str, str], list[space.Counted]] = defaultdict(list)
    for cell in space.cells(EVERY):
        counts = space.read(cell)
        for axis in ("form", "placement", "label", "damage"):
            found[axis, getattr(cell, axis)].append(counts)
        found["all", ""].append(counts)
    return found


def test_the_space_is_wide():
    assert len(space.FORMS) >= 20
    assert len(space.PLACEMENTS) >= 12
    assert len(space.LABELS) >= 15


def test_nearly_everybody_is_found_and_nobody_else(counted):
    assert space.recall(counted["all", ""]) >= space.RECALL
    assert space.false(counted["all", ""]) <= space.FALSE


def test_no_way_to_write_place_or_head_a_list_is_lost(counted):
    weak = {
        key: round(space.recall(held), 2)
        for key, held in counted.items()
        if len(held) * 4 >= FEWEST and space.recall(held) < 0.9
    }
    assert weak == {}


def test_people_are_the_same_each_time():
    cell = next(iter(space.cells()))
    assert cell.text() == cell.text()
