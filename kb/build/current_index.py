"""The index that a running server searches; it follows new generations automatically."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from pathlib import Path

from kb import layout
from kb.build import background, checksums, generations, missing, pipeline, stages
from kb.build.background import BuildState
from kb.build.missing import MissingAnswer
from kb.build.status import Status, status
from kb.config import Settings
from kb.errors import UserError
from kb.knowledge import KnowledgeBase
from kb.library import Library
from kb.read import Cache
from kb.search.engine import Engine

_log = logging.getLogger(__name__)

Opened = tuple[Engine, KnowledgeBase]

STATUS_SECONDS = 10.0
"""Seconds for which a comparison of index and library is reused."""


class CurrentIndex:
    """Opens the generation in use, and the next one as soon as it is switched to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.library = Library(settings.library)
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._knowledge: KnowledgeBase | None = None
        self._name: str | None = None
        self._damaged: str | None = None
        self._status: Status | None = None
        self._status_of: tuple[generations.Generation | None, int | None] = None, None
        self._status_time = 0.0

    def engine(self) -> Engine | None:
        """Return the engine of the generation in use, or None if there is none.

        A damaged one is not opened, nor one of another version than this program's; a build that
        replaces it is started.
        """
        with self._lock:
            generation = generations.current(self._settings.index)
            name = generation.name if generation else None
            mends = False
            if name != self._name:
                # A search in progress keeps a reference to the old engine until it is done.
                opened = self._open(generation) if generation else None
                self._engine, self._knowledge = opened or (None, None)
                self._name = name
                self._status = None
                mends = generation is not None and opened is None
            mends = mends or self._is_newly_damaged()
            engine = self._engine
        if mends:
            with suppress(UserError):  # the page shows what is wrong in any case
                background.start(self._settings)
        return engine

    def _is_newly_damaged(self) -> bool:
        """Tell, once for each, whether the generation switched to last cannot be used."""
        last = generations.named(self._settings.index)
        if last is None or last.name == self._damaged or last.is_whole():
            return False
        self._damaged = last.name
        self._status = None
        return True

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
        """Compare index and library again at the next request: the library has changed.

        Other processes that serve the same index are notified by a file beside it.
        """
        with self._lock:
            self._status = None
        with suppress(OSError):  # if the index cannot be written to, it is compared less often
            (self._settings.index / layout.CHANGED).touch()

    def _change(self) -> int | None:
        """Return when any process last knew of a change."""
        try:
            return (self._settings.index / layout.CHANGED).stat().st_mtime_ns
        except OSError:
            return None

    def original(self, doc_id: str) -> Path | None:
        """Return the file of an original, or None."""
        return self.library.locate(doc_id)

    def texts(self) -> Cache:
        """Return where extracted texts are kept, so that the build need not read a file again."""
        return pipeline.texts(self._settings.index)

    def build(self) -> None:
        """Start a build in the background, since the library has changed.

        Raises:
            UserError: It cannot be.
        """
        self.look_again()
        background.start(self._settings)

    def answer_missing(self, what: MissingAnswer) -> int:
        """Save the decision about documents whose files are gone; return how many.

        Raises:
            UserError: It cannot be saved.
        """
        self.look_again()
        paths = self.status().missing
        missing.answer(self._settings.index, paths, what)
        return len(paths)

    def build_state(self) -> BuildState | None:
        """Return the state of the last build, or None if there was none."""
        return background.state(self._settings.index)

    def cancel_build(self) -> None:
        """Ask a build that runs to stop."""
        background.cancel(self._settings.index)

    def _open(self, generation: generations.Generation) -> Opened | None:
        """Open a generation; None if it is of other versions or turns out to be damaged."""
        try:
            if not stages.opens(generation.manifest().versions):
                return None
            return pipeline.open_engine(generation), pipeline.open_knowledge(generation)
        except Exception:
            newer = generations.current(self._settings.index)
            if newer and newer != generation:
                # It was deleted in favour of a newer one between being named and being opened.
                return self._open(newer)
            _log.exception("%s cannot be opened", generation.folder)
            with suppress(OSError):  # so that the next build replaces it
                checksums.mark(generation.folder)
            return None
