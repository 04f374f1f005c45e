"""Safe file names, as close to the given one as possible."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

_LONGEST = 180
"""Longest name, in bytes; file systems allow 255, and a sidecar's name is longer."""

_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
"""Signs some system does not take in a name, or that make a name look like another."""

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def safe_name(given: str) -> str:
    """Return a name without folders, control signs and the like; never an empty one."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/")).rsplit("/", 1)[-1]
    name = " ".join(_UNSAFE.sub("_", name).split()).strip(". ")
    if not name.strip("_"):
        name = "namnlös"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    pure = PurePosixPath(name)
    suffix = pure.suffix if len(pure.suffix.encode()) < 16 else ""
    stem = name.removesuffix(suffix)
    while len((stem + suffix).encode()) > _LONGEST:
        stem = stem[:-1]
    return stem + suffix


def numbered(name: str) -> Iterator[str]:
    """Yield the name itself, then "name (2).txt", "name (3).txt" and so on."""
    yield name
    pure = PurePosixPath(name)
    for number in itertools.count(2):
        yield f"{pure.stem} ({number}){pure.suffix}"
