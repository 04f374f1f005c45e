"""RepairedText → Minutes: dates, group, people, sections, decisions, meetings to come."""

from kb.parse.export import to_json
from kb.parse.parse import parse
from kb.parse.when.series import (
    SeriesInput,
    SeriesResult,
    keep,
    weigh_neighbours,
    with_neighbours,
)

__all__ = [
    "SeriesInput",
    "SeriesResult",
    "keep",
    "parse",
    "to_json",
    "weigh_neighbours",
    "with_neighbours",
]
