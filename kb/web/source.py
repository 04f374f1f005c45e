"""What the pages need to know about the index, whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kb.search.engine import Engine


class IndexState(Protocol):
    """Whether the index can be trusted, what is wrong (Swedish), and what mends it."""

    @property
    def ok(self) -> bool: ...  # noqa: D102  # the class says it

    @property
    def message(self) -> str | None: ...  # noqa: D102

    @property
    def command(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """Whether the index can be trusted.

    Attributes:
        ok: The index is there, of this version, and no older than the library.
        message: What is wrong, in Swedish, safe to show.
        command: The command that mends it.
    """

    ok: bool
    message: str | None = None
    command: str | None = None


class IndexSource(Protocol):
    """Gives the pages the index that is current right now. Safe to share between threads."""

    def engine(self) -> Engine | None:
        """Return the engine of the newest finished index, or None if there is no index."""
        ...

    def status(self) -> IndexState:
        """Tell whether the index is fit for use."""
        ...

    def original(self, doc_id: str) -> Path | None:
        """Return the file of an original in the library, or None if there is no such file."""
        ...
