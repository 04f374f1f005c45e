"""Files that can be made again, only slowly, in the user's cache folder.

The name of a file identifies what it was made of, so that nothing has to be invalidated
when that changes; the few newest of each kind are kept.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

_KEEP = 3


def cache_folder() -> Path:
    """Return the user's cache folder on this system.

    Raises:
        RuntimeError: If the user has no home folder.
    """
    folder = platformdirs.user_cache_path("minnesbanken", appauthor=False)
    if not folder.is_absolute():
        raise RuntimeError("there is no home folder")
    return folder


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically, and delete the oldest files of its kind.

    The kind is the part of the name before the first hyphen: "wordlist-1f3a.table".

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    alike = path.parent.glob(f"{path.name.partition('-')[0]}-*{path.suffix}")
    for old in sorted(alike, key=lambda p: -p.stat().st_mtime)[_KEEP:]:
        old.unlink(missing_ok=True)
