"""Extracted text kept aside, so that building anew need not recognise scans again."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from pathlib import Path

import msgspec

from kb import durable
from kb.read.extracted import Extracted

_log = logging.getLogger(__name__)


class Cache:
    """Extracted texts by the SHA-256 of their file.

    Args:
        folder: Where they are kept; made when first needed. It can be thrown away.
        version: Of all that decides what is extracted; texts of other versions are not found.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    def get(self, digest: str) -> Extracted | None:
        """Return the text of a file, or None if it is not known."""
        try:
            return msgspec.json.decode(self._file(digest).read_bytes(), type=Extracted)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            _log.warning("%s cannot be used: %s", self._file(digest), error)
            return None

    def put(self, digest: str, extracted: Extracted) -> None:
        """Keep the text of a file, unless some of it still waits for text recognition."""
        if extracted.waiting:
            return
        file = self._file(digest)
        try:
            durable.put(file, msgspec.json.encode(extracted))
        except OSError as error:  # it only costs time
            _log.warning("%s cannot be written: %s", file, error)

    def drop(self, digest: str) -> None:
        """Forget the text of a file."""
        self._file(digest).unlink(missing_ok=True)

    def keep_only(self, digests: Collection[str]) -> None:
        """Delete the texts of all other files, and those of other versions."""
        if not self._folder.is_dir():
            return
        for part in os.scandir(self._folder):
            for file in os.scandir(part.path):
                digest, _, rest = file.name.partition("-")
                if digest not in digests or rest != f"{self._version}.json":
                    Path(file.path).unlink(missing_ok=True)

    def _file(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}-{self._version}.json"
