"""The measuring of joining, on a library small enough for a test."""

from __future__ import annotations

from pathlib import Path

from kb.lab.bench import knowledge
from kb.lab.bench.library import lines_of


def test_a_growing_library_is_measured(tmp_path: Path, seeds: Path):
    said: list[str] = []
    first, second = knowledge.run(tmp_path, seeds, [3, 6], 5, said.append)
    assert (first.documents, second.documents) == (3, 6)
    assert second.contributing > 0
    assert second.joining > 0
    assert second.memory > 10
    assert len(said) == 3


def test_made_up_minutes_are_the_same_each_time_and_have_what_is_joined(seeds: Path):
    lines = lines_of(seeds)
    text = knowledge.held(7, lines, 5)
    assert text == knowledge.held(7, lines, 5)
    assert "Närvarande:" in text
    assert "bordläggs till nästa möte" in text
