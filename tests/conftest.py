from __future__ import annotations

from pathlib import Path

import pytest

from kb.build import pipeline
from kb.search.engine import Engine

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the seeds, built once."""
    index = tmp_path_factory.mktemp("index")
    pipeline.build(SEEDS, index)
    return index


@pytest.fixture(scope="session")
def engine(seed_index: Path) -> Engine:
    """The engine over the seeds."""
    from kb.build import generations

    generation = generations.current(seed_index)
    assert generation is not None
    return pipeline.open_engine(generation)
