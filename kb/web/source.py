"""What the pages need to know about the index, whoever keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kb.library import Library
from kb.search.engine import Engine
from kb.status import Status


class IndexSource(Protocol):
    """Gives the pages the index that is current right now. Safe to share between threads."""

    @property
    def library(self) -> Library:
        """The folder of originals."""
        ...

    def engine(self) -> Engine | None:
        """Return the engine of the newest finished index, or None if there is no index."""
        ...

    def status(self) -> Status:
        """Return the state of the index beside its library."""
        ...

    def look_again(self) -> None:
        """Do not believe the state of the index any longer: the library has changed."""
        ...

    def original(self, doc_id: str) -> Path | None:
        """Return the file of an original in the library, or None if there is no such file."""
        ...
