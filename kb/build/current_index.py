"""The index a running server searches, which follows new generations by itself."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

from kb.build import background, generations, pipeline
from kb.build.background import BuildState
from kb.build.status import Status, status
from kb.config import Settings
from kb.knowledge import KnowledgeBase
from kb.library import Library
from kb.read import Cache
from kb.search.engine import Engine

Opened = tuple[Engine, KnowledgeBase]

STATUS_SECONDS = 10.0
"""How long a comparison of index and library is believed."""


_CHANGED = "andrat"


class CurrentIndex:
    """Opens the generation in use, and the next one as soon as it is switched to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.library = Library(settings.library)
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._knowledge: KnowledgeBase | None = None
        self._name: str | None = None
        self._status: Status | None = None
        self._status_of: tuple[generations.Generation | None, int | None] = None, None
        self._status_time = 0.0

    def engine(self) -> Engine | None:
        """Return the engine of the generation in use, or None if there is none.

        An engine of another version than this program's is not opened.
        """
        with self._lock:
            generation = generations.current(self._settings.index)
            name = generation.name if generation else None
            if name != self._name:
                # A search under way holds on to the old engine until it is done.
                opened = self._open(generation) if generation else None
                self._engine, self._knowledge = opened or (None, None)
                self._name = name
                self._status = None
            return self._engine

    def knowledge(self) -> KnowledgeBase | None:
        """Return what is known of the generation in use, or None if there is none."""
        self.engine()
        with self._lock:
            return self._knowledge

    def status(self) -> Status:
        """Return the state of the index, at most `STATUS_SECONDS` old and of no older index."""
        now = time.monotonic()
        with self._lock:
            basis = generations.current(self._settings.index), self._change()
            old = now - self._status_time > STATUS_SECONDS
            if self._status is None or basis != self._status_of or old:
                self._status_of = basis
                self._status = status(self._settings.library, self._settings.index)
                self._status_time = now
            return self._status

    def look_again(self) -> None:
        """Compare index and library anew the next time somebody asks: the library has changed.

        Other processes that serve the same index are told by a file beside it.
        """
        with self._lock:
            self._status = None
        with suppress(OSError):  # an index that cannot be written to is looked at less often
            (self._settings.index / _CHANGED).touch()

    def _change(self) -> int | None:
        """Return when any process last knew of a change."""
        try:
            return (self._settings.index / _CHANGED).stat().st_mtime_ns
        except OSError:
            return None

    def original(self, doc_id: str) -> Path | None:
        """Return the file of an original, or None."""
        return self.library.locate(doc_id)

    def texts(self) -> Cache:
        """Return where extracted texts are kept, so that the build need not read a file again."""
        return pipeline.texts(self._settings.index)

    def build(self) -> None:
        """Have the index built in the background; the library has changed.

        Raises:
            UserError: It cannot be.
        """
        self.look_again()
        background.start(self._settings)

    def build_state(self) -> BuildState | None:
        """Return how it stands with the last build, or None if there was none."""
        return background.state(self._settings.index)

    def cancel_build(self) -> None:
        """Ask a build that runs to stop."""
        background.cancel(self._settings.index)

    def _open(self, generation: generations.Generation) -> Opened | None:
        try:
            return self._opened(generation)
        except FileNotFoundError:
            # It was swept away for a newer one between being named and being opened.
            newer = generations.current(self._settings.index)
            if newer is None or newer == generation:
                raise
            return self._open(newer)

    @staticmethod
    def _opened(generation: generations.Generation) -> Opened | None:
        versions, own = generation.manifest().versions, pipeline.versions()
        if any(versions.get(room) != own[room] for room in ("engine", "knowledge")):
            return None
        return pipeline.open_engine(generation), pipeline.open_knowledge(generation)
