"""Whoosh behind the engine contract."""

from kb.search.whoosh_engine.engine import WhooshEngine, WhooshKind

__all__ = ["WhooshEngine", "WhooshKind"]
