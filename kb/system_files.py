"""Files and folders that systems leave beside documents: neither documents nor failures."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cache
from importlib.resources import files


def is_system_file(name: str) -> bool:
    """Tell whether a file or folder of that name was left there by a system or a program."""
    return _pattern().match(name.casefold()) is not None


@cache
def _pattern() -> re.Pattern[str]:
    lines = (files("kb") / "data" / "system_files.txt").read_text("utf-8").splitlines()
    names = (line.casefold() for line in lines if line and not line.startswith("# "))
    return re.compile("|".join(map(translate, names)), re.DOTALL)
