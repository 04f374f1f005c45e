"""Read the language data that lies in `kb/swedish/data`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated fields of each line of a data file, comments left out."""
    for line in (files("kb.swedish") / "data" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def words(name: str) -> frozenset[str]:
    """Return the first field of each line of a data file."""
    return frozenset(row[0] for row in rows(name))


def pairs(name: str) -> dict[str, str]:
    """Return the first two fields of each line of a data file as a mapping."""
    return {row[0]: row[1] for row in rows(name)}
