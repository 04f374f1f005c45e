from __future__ import annotations

import pytest

from kb.swedish.analysis import Analyzer, default_analyzer


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return default_analyzer()
