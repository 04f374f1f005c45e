from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kb.search.engine import Engine
from tests import indexes

STATE = TemporaryDirectory()
os.environ["KB_STATE"] = STATE.name  # nor may what tests start write into anybody's home


@pytest.fixture(scope="session", autouse=True)
def seeds_stay_as_they_are() -> Iterator[None]:
    """See that no test does anything in the seeds, which all others read."""
    yield
    assert [file.name for file in indexes.SEEDS.iterdir() if file.suffix != ".txt"] == []


@pytest.fixture(scope="session")
def seeds() -> Path:
    return indexes.SEEDS


@pytest.fixture(scope="session")
def seed_index() -> Path:
    """The folder of an index over the seeds; no test changes it."""
    return indexes.built().index


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine over the seeds."""
    return indexes.seeds().engine
