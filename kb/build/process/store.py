"""Derived documents, kept so that only what changed is derived again.

There is one record for the content of an original. It holds the version of each stage, so that
a later build redoes the first stage whose result would differ and those after it (a constructive
trace, as in A. Mokhov, N. Mitchell & S. Peyton Jones, "Build Systems à la Carte", 2018). A record
is replaced whole; it is not synced to disk, but one that is incomplete fails its checksum and is
made again.
"""

from __future__ import annotations

import logging
import os
import zlib
from collections.abc import Collection
from pathlib import Path

import msgspec

from kb import durable
from kb.model import Minutes, RepairedText

_log = logging.getLogger(__name__)


class ProcessedDocument(msgspec.Struct, frozen=True):
    """What was derived from an original.

    Attributes:
        reader: What the text was read with.
        repair: What it was repaired with, people's corrections included.
        parser: What it was parsed with.
        repaired: The repaired text; it holds the text as it was read.
        minutes: What the parser found.
    """

    reader: str
    repair: str
    parser: str
    repaired: RepairedText
    minutes: Minutes


class ProcessedStore:
    """Derived documents by the SHA-256 of their original.

    Args:
        folder: Where they are kept; made when first needed. It can be thrown away.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, sha256: str) -> ProcessedDocument | None:
        """Return what was derived from an original, or None if it is not known."""
        try:
            packed = self._file(sha256).read_bytes()
            return msgspec.msgpack.decode(zlib.decompress(packed), type=ProcessedDocument)
        except FileNotFoundError:
            return None
        except (OSError, zlib.error, msgspec.DecodeError) as error:
            _log.warning("%s cannot be used: %s", self._file(sha256), error)
            return None

    def put(self, sha256: str, derived: ProcessedDocument) -> None:
        """Save what was derived from an original.

        Raises:
            OSError: It cannot be written; nothing is left behind.
        """
        durable.put(self._file(sha256), zlib.compress(msgspec.msgpack.encode(derived), 1))

    def keep_only(self, sha256s: Collection[str]) -> None:
        """Delete what was derived from all other originals, and incomplete records."""
        if not self._folder.is_dir():
            return
        for part in os.scandir(self._folder):
            for file in os.scandir(part.path):
                if file.name not in sha256s:
                    Path(file.path).unlink(missing_ok=True)

    def _file(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
