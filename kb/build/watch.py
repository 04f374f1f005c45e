"""Notices files that come into the library by other means than the pages, and has them built.

The folder is listed again and again instead of asking the system to tell of changes: that
works on network shares too, where changes made elsewhere are never told of, needs no
library and no limit raised, and misses nothing. It takes at most a twentieth of a core.
"""

from __future__ import annotations

import logging
import threading
import time

from kb import read
from kb.build import background
from kb.build.status import status
from kb.config import Settings
from kb.errors import UserError
from kb.library import Library, preferences

SECONDS = 3.0
"""Time between two looks, at least."""

_SHARE = 20  # times as long as a look took

_log = logging.getLogger(__name__)


def watches(settings: Settings) -> bool:
    """Tell whether the library is watched: what its keepers decided goes before the start."""
    decided = preferences.watch(settings.library)
    return settings.watch if decided is None else decided


class Watcher:
    """Looks at the library of `settings` until it is stopped.

    A build is started when something differs from the index and nothing has changed between
    two looks, so that a file being copied is left to be finished. One that failed is not
    tried again before something changes.
    """

    def __init__(self, settings: Settings, seconds: float = SECONDS) -> None:
        self._settings = settings
        self._seconds = seconds
        self._stopped = threading.Event()
        self._last: int | None = None
        self._done: int | None = None

    def start(self) -> None:
        """Begin to look, beside what else this process does."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _run(self) -> None:
        pause = 0.0
        while not self._stopped.wait(pause):
            started = time.monotonic()
            try:
                self.look()
            except (UserError, OSError) as error:  # as when a share is away for a while
                _log.warning("the library cannot be watched: %s", error)
            pause = max(self._seconds, _SHARE * (time.monotonic() - started))

    def look(self) -> None:
        """Look once, if the library is to be watched, and start a build if it is time to.

        Raises:
            UserError: The library cannot be read, or the index not be written to.
        """
        if not watches(self._settings):
            return
        originals = Library(self._settings.library).originals()
        seen = hash((tuple(originals), read.text_recognition()))
        quiet, self._last = seen == self._last, seen
        if not quiet or seen == self._done:
            return
        self._done = seen
        if not status(self._settings.library, self._settings.index).ok:
            background.start(self._settings)
