from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LARGEST = 150_000
"""Bytes of a picture; the README is read over slow lines too."""


def test_the_pictures_of_the_readme_are_there_small_and_told_in_words():
    found = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    names = {Path(path).stem for _, path in found}
    assert {"search", "document", "trend", "upload"} <= names
    for words, path in found:
        assert len(words) > 20, path
        assert 0 < (ROOT / path).stat().st_size < LARGEST, path
