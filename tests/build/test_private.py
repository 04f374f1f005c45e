"""What is made of documents is for the program's account alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb import durable
from kb.build import background
from tests.indexes import SEEDS

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def modes(folder: Path) -> dict[str, int]:
    return {
        file.relative_to(folder).as_posix(): file.stat().st_mode & 0o777
        for file in [folder, *folder.rglob("*")]
    }


@posix
@pytest.mark.parametrize("before", [None, 0o755])
def test_an_index_is_closed_to_other_accounts(tmp_path: Path, before: int | None):
    library, index = tmp_path / "library", tmp_path / "a" / "index"
    library.mkdir()
    (library / "a.txt").write_bytes((SEEDS / "000_08e6b7f91a39fe8b.txt").read_bytes())
    if before:
        index.mkdir(parents=True)
        for name in ("cache", "derived"):
            (index / name).mkdir()
        for folder in (index, index / "cache", index / "derived"):
            folder.chmod(before)
    umask = os.umask(0o022)
    try:
        durable.put(index / "cache" / "ab" / "text", b"what was recognised")
        background.build(library, index)
        (library / "b.txt").write_text("Mer om Klippan.", "utf-8")
        background.build(library, index)
        durable.put(index / "cache" / "ab" / "text", b"what was recognised")
    finally:
        os.umask(umask)
    found = modes(index)
    assert any(name.startswith("derived/") for name in found)
    assert any(name.startswith("cache/") for name in found)
    for name, mode in found.items():
        if (index / name).is_dir():
            assert mode == 0o700, name
        elif name.startswith(("cache/", "derived/", "g-")):
            assert mode == 0o600, name
    # Originals stay as whoever shares the folder has them.
    assert (library / "b.txt").stat().st_mode & 0o777 == 0o644
