"""Editors' decisions about names, in a readable file of the library.

`.kunskap/personer.toml`, one table a decision:

    [[same]]
    names = ["Bosse (Gemensam ledningsgrupp)", "Bo Pettersson (Gemensam ledningsgrupp)"]
    by = "anna"
    at = 2026-03-14T09:30:00Z

    [[apart]]
    names = ["Anna Berg (Bjuv)", "Anna Berg (Åstorp)"]
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from kb import durable, layout
from kb.errors import UserError, because

_LISTS = ("same", "apart")
_HEAD = "# Vilka namn som är samma person (same) och vilka som inte är det (apart).\n\n"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NameDecisions:
    """Pairs of names that are one person, and pairs that are not; problems (Swedish)."""

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    problems: tuple[str, ...] = ()


def load(library: Path) -> NameDecisions:
    """Read the decisions of a library; what cannot be used is reported in `problems`."""
    content, problems = _read(library)
    found: dict[str, list[Pair]] = {name: [] for name in _LISTS}
    for name in _LISTS:
        entries = content.get(name, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
            pair = _pair(entry)
            if pair is None:
                problems.append(f"Beslut {number} under [[{name}]] går inte att använda.")
            else:
                found[name].append(pair)
    return NameDecisions(tuple(found["same"]), tuple(found["apart"]), tuple(problems))


def digest(library: Path) -> str:
    """Return a digest of the decisions of a library; empty for none."""
    try:
        return hashlib.sha256((library / layout.NAME_DECISIONS).read_bytes()).hexdigest()
    except OSError:
        return ""


def decide(library: Path, pair: Pair, by: str, *, same: bool) -> None:
    """Save that two names are, or are not, the same person, replacing an earlier decision.

    Raises:
        UserError: The file cannot be read or written, so nothing was changed.
    """
    _change(library, pair, {"names": list(pair), "by": by, "at": dt.datetime.now(dt.UTC)},
            "same" if same else "apart")  # fmt: skip


def undecide(library: Path, pair: Pair) -> None:
    """Remove the decision about two names.

    Raises:
        UserError: The file cannot be read or written.
    """
    _change(library, pair, None, "")


def _change(library: Path, pair: Pair, entry: dict[str, Any] | None, to: str) -> None:
    import tomlkit

    file = library / layout.NAME_DECISIONS
    try:
        file.parent.mkdir(exist_ok=True)
        with FileLock(file.parent / layout.NAME_DECISIONS_LOCK):
            content, problems = _read(library)
            if problems:
                raise UserError(f"Rätta först ”{layout.NAME_DECISIONS.as_posix()}”: {problems[0]}")
            for name in _LISTS:
                entries = content.get(name, [])
                content[name] = [
                    entry for entry in entries if _pair(entry) not in (pair, pair[::-1])
                ]
            if entry is not None:
                content[to].append(entry)
            kept = {name: entries for name, entries in content.items() if entries}
            durable.replace(file, (_HEAD + tomlkit.dumps(kept)).encode())
    except OSError as error:
        raise UserError(f"Beslutet gick inte att spara: {because(error)}.") from error


def _read(library: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        return tomllib.loads((library / layout.NAME_DECISIONS).read_text("utf-8")), []
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [f"”{layout.NAME_DECISIONS.as_posix()}” går inte att läsa ({error})."]


def _pair(entry: object) -> Pair | None:
    names = entry.get("names") if isinstance(entry, dict) else None
    match names:
        case [str(one), str(other)] if one != other:
            return one, other
    return None
