import pytest

from kb.repair.lexicon import WordCosts, default_lexicon


@pytest.fixture(scope="session")
def lexicon() -> WordCosts:
    return default_lexicon()
