"""A library of generated minutes in a folder, of any size, for measuring builds."""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

_TOWNS = (
    "Bjuv",
    "Klippan",
    "Svalöv",
    "Åstorp",
    "Ängelholm",
    "Helsingborg",
    "Höganäs",
    "Örkelljunga",
)
_GROUPS = tuple(f"Styrgrupp för område {number}" for number in range(1, 301))


Make = Callable[[int, list[str], int], str]
"""Generates minutes from a number, the lines to choose from, and how many of them."""


def minutes(number: int, lines: list[str], length: int = 40) -> str:
    """Return minutes that differ for each number.

    Args:
        number: The number of the minutes.
        lines: Lines to choose from.
        length: How many of them.
    """
    chance = random.Random(number)
    date = dt.date(2005, 1, 1) + dt.timedelta(days=chance.randrange(20 * 365))
    town = chance.choice(_TOWNS)
    body = chance.sample(lines, min(length, len(lines)))
    head = f"{chance.choice(_GROUPS)}\nMinnesanteckningar {date}\nPlats: {town}\nÄrende nr{number}"
    return "\n".join([head, *body, ""])


def lines_of(texts: Path) -> list[str]:
    """Return the different lines of the text files of a folder."""
    read = (file.read_text("utf-8") for file in sorted(texts.glob("*.txt")))
    return sorted({line.strip() for text in read for line in text.splitlines() if line.strip()})


def fill(
    library: Path, texts: Path, numbers: range, length: int = 40, make: Make = minutes
) -> Iterator[Path]:
    """Write minutes into a library, a thousand to a folder; yield each file."""
    lines = lines_of(texts)
    for number in numbers:
        folder = library / f"{number // 1000:04}"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{number:07}.txt"
        file.write_text(make(number, lines, length), "utf-8")
        yield file


def from_command_line(name: str, about: str | None, run: Callable[..., object]) -> int:
    """Run a measurement of growing libraries as the command line says; return its exit code.

    Args:
        name: Its module in `kb.lab.bench`.
        about: What it measures.
        run: Measures, given a folder to work in, one of texts, the sizes, and lines a document.
    """
    parser = argparse.ArgumentParser(prog=f"python -m kb.lab.bench.{name}", description=about)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 3000, 10_000])
    parser.add_argument("--lines", type=int, default=40, help="of each document")
    parser.add_argument("--texts", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options.texts, options.documents, options.lines)
    return 0
