"""Bytes of an original → SourceText: one reader for each kind of file."""

from pathlib import Path

from kb.read import ocr
from kb.read.archive import Member, Room
from kb.read.cache import Cache
from kb.read.registry import SUFFIXES, read_original, unpack, waits

__all__ = [
    "SUFFIXES",
    "VERSION",
    "Cache",
    "Member",
    "Room",
    "cache_in",
    "read_original",
    "text_recognition",
    "unpack",
    "waits",
]

VERSION = "3"
"""Changes whenever the same bytes would give another text; stored with each index."""


def cache_in(folder: Path) -> Cache:
    """Return the texts kept in `folder` that this version, with its text recognition, made."""
    return Cache(folder, f"{VERSION}-{ocr.version() or 'none'}")


def text_recognition() -> str | None:
    """Return the version of text recognition, or None if it is not installed."""
    return ocr.version()
