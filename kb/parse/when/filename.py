"""Evidence in the name of a file: a date, a year, words."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import PurePosixPath

from kb.parse.when.dates import find_dates

_SUFFIXES = re.compile(r"(?:\.[^\W\d]\w{0,4})+$")
_JOINTS = re.compile(r"_|(?<=[^\W\d])-|-(?=[^\W\d])")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


def words_in_name(path: str) -> str:
    """Return the name of the file at `path` as words, without its endings."""
    return _JOINTS.sub(" ", _SUFFIXES.sub("", PurePosixPath(path).name))


@lru_cache(maxsize=64)
def dates_in_name(path: str) -> tuple[dt.date, ...]:
    """Return the dates in a file's name, each once."""
    found = find_dates(words_in_name(path))
    return tuple(dict.fromkeys(each.date for each in found if each.date))


def date_in_name(path: str) -> dt.date | None:
    """Return the date in a file's name, if it holds exactly one."""
    days = dates_in_name(path)
    return days[0] if len(days) == 1 else None


def year_in_name(path: str) -> int | None:
    """Return the year in a file's name or folders, if there is exactly one."""
    stated = date_in_name(path)
    if stated:
        return stated.year
    for part in (words_in_name(path), str(PurePosixPath(path).parent)):
        years = set(_YEAR.findall(part))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
