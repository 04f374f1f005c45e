"""Calls say which value is which: none passes six or more of them by position."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kb"
MOST = 5
ROOMS = tuple(
    sorted(each.name for each in PACKAGE.iterdir() if each.is_dir() and each.name[0].isalpha())
)
PENDING = {"build"}
"""Rooms where such calls are left."""


def sources(room: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        yield path, path.read_text("utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_no_call_has_six_positional_values(room: str):
    found = [
        f"{path.relative_to(PACKAGE)}:{call.lineno} {ast.unparse(call.func)}"
        for path, text in sources(room)
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and len(call.args) > MOST
        and ast.unparse(call.func) != "TypeVar"  # takes its constraints by position only
    ]
    assert not found


@pytest.mark.parametrize("room", ROOMS)
def test_sql_inserts_name_their_columns(room: str):
    unnamed = re.compile(r"INSERT\s+(?:OR\s+\w+\s+)?INTO\s+[\w{}\"]+\s+VALUES", re.IGNORECASE)
    assert not [path for path, text in sources(room) if unnamed.search(text)]
