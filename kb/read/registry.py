"""Which reader takes which file."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kb.errors import UserError
from kb.read.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kb.model import SourceText

_READERS: dict[str, Callable[[bytes, str, str], SourceText]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
}

SUFFIXES = frozenset(_READERS)
"""The file types that can be read, in lower case."""


def read_original(file: Path, path: str) -> SourceText:
    """Read one original.

    Args:
        file: Where the original lies.
        path: Its POSIX path inside the library, which becomes its id.

    Raises:
        UserError: The file cannot be read; the message says why.
    """
    suffix = PurePosixPath(path).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        kinds = ", ".join(sorted(SUFFIXES))
        raise UserError(f"Filtypen ”{suffix or 'utan ändelse'}” kan inte läsas än (bara {kinds}).")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"Filen går inte att öppna: {error.strerror}.") from error
    return reader(data, path, hashlib.sha256(data).hexdigest())
