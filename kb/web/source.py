"""The interface of the pages to the index."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kb.build.background import BuildState
from kb.build.missing import MissingAnswer
from kb.build.status import Status
from kb.knowledge import KnowledgeBase
from kb.library import Library
from kb.read import Cache
from kb.search.engine import Engine


class IndexSource(Protocol):
    """Provides the current index. Safe to share between threads."""

    @property
    def library(self) -> Library:
        """The folder of originals."""
        ...

    def engine(self) -> Engine | None:
        """Return the engine of the newest finished index, or None if there is no index."""
        ...

    def knowledge(self) -> KnowledgeBase | None:
        """Return what is known of the documents of the same index, or None if there is none."""
        ...

    def status(self) -> Status:
        """Return the state of the index beside its library."""
        ...

    def look_again(self) -> None:
        """Invalidate the cached state of the index: the library has changed."""
        ...

    def original(self, doc_id: str) -> Path | None:
        """Return the file of an original in the library, or None if there is no such file."""
        ...

    def texts(self) -> Cache | None:
        """Return where extracted texts are kept, or None if they are not."""
        ...

    def build(self) -> None:
        """Start a build in the background, since the library has changed."""
        ...

    def answer_missing(self, what: MissingAnswer) -> int:
        """Save the decision about documents whose files are gone; return how many."""
        ...

    def build_state(self) -> BuildState | None:
        """Return the state of the last build, or None if there was none."""
        ...

    def cancel_build(self) -> None:
        """Ask a build that runs to stop."""
        ...
