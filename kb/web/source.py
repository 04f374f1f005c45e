"""What the pages need to know about the index, whoever keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kb.search.engine import Engine
from kb.status import Status


class IndexSource(Protocol):
    """Gives the pages the index that is current right now. Safe to share between threads."""

    def engine(self) -> Engine | None:
        """Return the engine of the newest finished index, or None if there is no index."""
        ...

    def status(self) -> Status:
        """Return the state of the index beside its library."""
        ...

    def original(self, doc_id: str) -> Path | None:
        """Return the file of an original in the library, or None if there is no such file."""
        ...
