"""Bytes of an original → SourceText."""
