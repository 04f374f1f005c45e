"""Minnesbanken: full-text search and knowledge base over Swedish minutes."""

__version__ = "0.1.0"
