from __future__ import annotations

from pathlib import Path

import pytest

from kb.search.engine import Engine
from tests import indexes


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
