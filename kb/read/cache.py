"""A cache of extracted text, so that a new build need not recognise scans again."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from kb import durable
from kb.read.extracted import Extracted
from kb.read.recognised import Recognised

_log = logging.getLogger(__name__)


class Cache:
    """Extracted texts by the SHA-256 of their file.

    A version identifies everything that determines the text; a text of another one is not found.

    Args:
        folder: Their folder, created on first use. It can be deleted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, digest: str, version: str) -> Extracted | None:
        """Return the text of a file, or None if it is not cached."""
        file = self._file(digest, version)
        try:
            return msgspec.json.decode(file.read_bytes(), type=Extracted)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, ValueError) as error:
            _log.warning("%s cannot be used: %s", file, error)
            return None

    def put(self, digest: str, version: str, extracted: Extracted) -> None:
        """Keep the text of a file, unless some of it still waits for text recognition."""
        if extracted.waiting:
            return
        file = self._file(digest, version)
        try:
            durable.put(file, msgspec.json.encode(extracted))
        except OSError as error:  # it only costs time
            _log.warning("%s cannot be written: %s", file, error)

    def recognised(self, digest: str, version: str) -> Recognised:
        """Return the recognised texts of a file's images, whatever else has changed since."""
        texts: dict[str, str] = {}
        for file in self._part(digest).glob(f"{digest}-*.json"):
            with suppress(OSError, msgspec.DecodeError, ValueError):
                images = msgspec.json.decode(file.read_bytes(), type=Extracted).images
                if images and images.version == version:
                    texts |= images.texts
        return Recognised(version, texts)

    def drop(self, digest: str) -> None:
        """Delete the text of a file."""
        for file in self._part(digest).glob(f"{digest}-*.json"):
            file.unlink(missing_ok=True)

    def keep_only(self, digests: Collection[str], versions: Collection[str]) -> None:
        """Delete the texts of all other files, and those of other versions."""
        endings = {f"{version}.json" for version in versions}
        if not self._folder.is_dir():
            return
        for part in os.scandir(self._folder):
            for file in os.scandir(part.path):
                digest, _, rest = file.name.partition("-")
                if digest not in digests or rest not in endings:
                    Path(file.path).unlink(missing_ok=True)

    def _file(self, digest: str, version: str) -> Path:
        return self._part(digest) / f"{digest}-{version}.json"

    def _part(self, digest: str) -> Path:
        return self._folder / digest[:2]
