"""Open the word list: made once from the lexicon packages, then mapped from a cache.

Making it takes some seconds and 300 MB, opening it milliseconds and next to nothing,
so it is kept in the user's cache folder under a name that says what it was made of.
A cache that cannot be read or written, or is damaged, only costs the making again.
"""

from __future__ import annotations

import logging
import mmap
import os
import tempfile
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import platformdirs

from kb.swedish.lexicon import FormLexicon
from kb.swedish.table import StringTable, build

_log = logging.getLogger(__name__)

_MADE_OF = (
    "compile.py",
    "lexicon.py",
    "table.py",
    "data/combining_forms.tsv",
    "data/compound_parts.tsv",
    "data/lemmas.tsv",
)
_PACKAGES = ("simplemma", "wordfreq")
_KEEP = 3


def load(folder: Path | None = None) -> FormLexicon:
    """Return the word list, from `folder` (the user's cache) if it is there."""
    digest = fingerprint()
    try:
        path = (folder or cache_folder()) / f"wordlist-{digest.hex()[:16]}.table"
        table = _open(path, digest)
        if table is None:
            _log.info("making the word list, which takes some seconds once: %s", path)
            _write(path, _make(digest))
            table = _open(path, digest)
    except (OSError, RuntimeError) as error:
        _log.warning("the word list cannot be cached, so it is made anew: %s", error)
        table = None
    return FormLexicon(table or StringTable(_make(digest)))


def cache_folder() -> Path:
    """Return where this user's caches lie on this kind of system.

    Raises:
        RuntimeError: If the user has no home folder.
    """
    folder = platformdirs.user_cache_path("minnesbanken", appauthor=False)
    if not folder.is_absolute():
        raise RuntimeError("there is no home folder")
    return folder


@lru_cache(maxsize=1)
def fingerprint() -> bytes:
    """Return 32 bytes that change with whatever the word list is made of."""
    digest = blake2b(digest_size=32)
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}\n".encode())
    for name in _MADE_OF:
        digest.update((files("kb.swedish") / name).read_bytes())
    return digest.digest()


def _make(digest: bytes) -> bytes:
    from kb.swedish.compile import items

    return build(items(), digest)


def _open(path: Path, digest: bytes) -> StringTable | None:
    """Map the table at `path`; None if it is missing, damaged or of something else."""
    try:
        with path.open("rb") as file:
            table = StringTable(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    except (FileNotFoundError, ValueError):
        return None
    return table if table.fingerprint == digest and table.whole() else None


def _write(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step, and clear away the oldest of its kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    kept = sorted(path.parent.glob("wordlist-*.table"), key=lambda p: -p.stat().st_mtime)
    for old in kept[_KEEP:]:
        old.unlink(missing_ok=True)
