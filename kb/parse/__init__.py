"""RepairedText → Minutes: dates, group, people, sections, decisions, meetings to come."""

from kb.parse.export import to_json
from kb.parse.parse import parse

__all__ = ["VERSION", "parse", "to_json"]

VERSION = "2"
"""Changes whenever the same text would be understood otherwise; stored with each index."""
