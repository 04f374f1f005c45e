"""Sidecars on disk: changes preserve the rest of the file."""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb import durable, system
from kb.errors import OperatorError, UserError, because
from kb.library import sidecar

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

WORDS, FACTS = "words", "facts"
"""The lists of a sidecar: corrected words, corrected facts."""

_HIDE = re.compile(r"""(?<![\w-])hide\s*=\s*(?:"([^"\n]+)"?|'([^'\n]+)'?)""")
"""What hides a section, quotes closed or not."""

_writing = threading.Lock()


def read(original: Path) -> dict[str, object]:
    """Return the content of an original's sidecar; empty if it has none.

    Raises:
        ValueError: It cannot be understood; the message is Swedish.
    """
    try:
        return tomllib.loads(_text(sidecar(original)))
    except (OSError, ValueError) as error:
        raise ValueError(_why(error)) from error


def hidden(original: Path) -> list[str]:
    """Return the headings that an original's sidecar hides, even if the rest of it is broken.

    A mistake elsewhere in the file must not reveal what somebody has hidden.
    """
    try:
        text = sidecar(original).read_bytes().decode("utf-8", "replace")
    except OSError:
        return []
    return [said[1] or said[2] for said in _HIDE.finditer(text)]


def edit(
    original: Path,
    name: str,
    drop: Callable[[object], bool],
    new: dict[str, Any] | None = None,
) -> int:
    """Remove entries of a list of a sidecar and add one; return how many were removed.

    Args:
        original: The original.
        name: The list: `WORDS` or `FACTS`.
        drop: Tells which entries to remove.
        new: The entry to add.

    Raises:
        UserError: It cannot be read or written; the message says why.
    """
    target = sidecar(original)
    try:
        with _alone(original):
            before = _text(target)
            content = tomllib.loads(before)
            entries = content.get(name, [])
            if not isinstance(entries, list):
                raise UserError(f"Rätta först ”{target.name}”: ”{name}” ska vara en lista.")
            dropped = [number for number, entry in enumerate(entries) if drop(entry)]
            if not dropped and new is None:
                return 0
            kept = [entry for number, entry in enumerate(entries) if number not in dropped]
            after = _rewritten(before, name, dropped, new)
            expected = content | {name: kept + ([new] if new else [])}
            # The one thing that must not happen is that somebody's work is lost.
            if {name: [], **tomllib.loads(after)} != expected:
                raise OperatorError(f"{target} could not be changed without changing the rest")
            _write(target, after)
            return len(dropped)
    except (OSError, ValueError) as error:
        raise UserError(f"”{target.name}” gick inte att skriva: {_why(error)}.") from error


def _rewritten(before: str, name: str, dropped: list[int], new: dict[str, Any] | None) -> str:
    """Return a sidecar's text changed, comments and hand-made layout kept."""
    # Only for writing; tomllib reads faster, but drops comments.
    import tomlkit
    from tomlkit.items import Array

    document: TOMLDocument = tomlkit.parse(before)
    entries: Any = document.get(name)
    for number in reversed(dropped):
        del entries[number]
    if entries is not None and not entries:
        del document[name]
        entries = None
    if new:
        if entries is None:
            entries = document[name] = tomlkit.aot()
        table = tomlkit.inline_table() if isinstance(entries, Array) else tomlkit.table()
        table.update(new)
        if before.strip():
            table.trivia.indent = "\n"
        entries.append(table)
    return tomlkit.dumps(document).lstrip("\r\n")


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return because(error)
    if isinstance(error, UnicodeDecodeError):
        return "filen är inte skriven i UTF-8"
    return f"felaktig TOML ({error})"


@contextmanager
def _alone(original: Path) -> Iterator[None]:
    """Exclude other writers: of this process, and of others if the file system has locks.

    If it has none, the rename is still atomic.
    """
    with _writing, system.locked(original):
        yield


def _write(target: Path, content: str) -> None:
    """Write a file so that it is whole at every moment; one with nothing in it is taken away."""
    if content.strip():
        durable.replace(target, content.encode())
    else:
        target.unlink(missing_ok=True)
        durable.sync(target.parent)
