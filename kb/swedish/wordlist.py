"""Open the word list: built once from the lexicon packages, then mapped from a cache.

Building it takes some seconds and 300 MB, opening it milliseconds and almost no memory. So it is
kept in the user's cache folder, under a name that depends on its sources. If the cache cannot be
read or written, or is damaged, the word list is built again.
"""

from __future__ import annotations

import logging
import mmap
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from kb.caches import cache_folder, write
from kb.swedish.lexicon import FormLexicon
from kb.swedish.table import StringTable, build
from kb.versions import version_of

_log = logging.getLogger(__name__)

_MADE_BY = ("kb.swedish.compile", "kb.swedish.lexicon", "kb.swedish.table")


def load(folder: Path | None = None) -> FormLexicon:
    """Return the word list, from `folder` (the user's cache) if it is there."""
    digest = fingerprint()
    try:
        path = (folder or cache_folder()) / f"wordlist-{digest.hex()[:16]}.table"
        table = _open(path, digest)
        if table is None:
            _log.info("building the word list, which takes some seconds once: %s", path)
            write(path, _make(digest))
            table = _open(path, digest)
    except (OSError, RuntimeError) as error:
        _log.warning("the word list cannot be cached, so it is built again: %s", error)
        table = None
    return FormLexicon(table or StringTable(_make(digest)))


@lru_cache(maxsize=1)
def fingerprint() -> bytes:
    """Return 32 bytes that change with the sources of the word list."""
    return blake2b(version_of(*_MADE_BY).encode(), digest_size=32).digest()


def _make(digest: bytes) -> bytes:
    from kb.swedish.compile import items

    return build(items(), digest)


def _open(path: Path, digest: bytes) -> StringTable | None:
    """Map the table at `path`; None if it is missing, damaged or from other sources."""
    try:
        with path.open("rb") as file:
            table = StringTable(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    except (FileNotFoundError, ValueError):
        return None
    return table if table.fingerprint == digest and table.whole() else None
