"""Bytes of an original → SourceText: one reader for each kind of file."""

from kb.read import ocr
from kb.read.archive import Member, Room
from kb.read.cache import Cache
from kb.read.content import FileKind, named_kind
from kb.read.readers import READERS, extraction_version, modules_of
from kb.read.registry import SUFFIXES, read_original, waits
from kb.read.unpack import unpack

__all__ = [
    "READERS",
    "SUFFIXES",
    "Cache",
    "FileKind",
    "Member",
    "Room",
    "extraction_version",
    "modules_of",
    "named_kind",
    "read_original",
    "text_recognition",
    "unpack",
    "waits",
]


def text_recognition() -> str | None:
    """Return the version of text recognition, or None if it is not installed."""
    return ocr.version()
