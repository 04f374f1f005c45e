"""Bytes of an original → SourceText: one reader for each kind of file."""

from kb.read.archive import Member
from kb.read.registry import SUFFIXES, read_original, unpack

__all__ = ["SUFFIXES", "VERSION", "Member", "read_original", "unpack"]

VERSION = "2"
"""Changes whenever the same bytes would give another text; stored with each index."""
