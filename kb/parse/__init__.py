"""RepairedText → Minutes: dates, group, people, sections, decisions, meetings to come."""

from kb.parse.export import to_json
from kb.parse.parse import parse

__all__ = ["parse", "to_json"]
