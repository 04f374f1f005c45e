"""Bytes of an original → SourceText: one reader for each kind of file."""

from kb.read.registry import SUFFIXES, read_original

__all__ = ["SUFFIXES", "VERSION", "read_original"]

VERSION = "1"
"""Changes whenever the same bytes would give another text; stored with each index."""
