"""Read tables of language data: tab-separated lines, # before a comment."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `package`/data/`name`, each a tuple of its columns."""
    text = (resources.files(package) / "data" / name).read_text(encoding="utf-8")
    return tuple(
        tuple(column.strip() for column in line.split("\t"))
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    )


def words(package: str, name: str) -> tuple[str, ...]:
    """Return the first column of `package`/data/`name`."""
    return tuple(row[0] for row in rows(package, name))


def pairs(package: str, name: str) -> dict[str, str]:
    """Return the first two columns of `package`/data/`name`, the second by the first."""
    return {row[0]: row[1] for row in rows(package, name)}
