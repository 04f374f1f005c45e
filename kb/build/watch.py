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
from kb.build import background, settling
from kb.build.settling import Settling
from kb.build.status import status
from kb.config import Settings
from kb.errors import UserError
from kb.library import Library, preferences

SECONDS = 3.0
"""Time between two looks, at least."""

_LASTS = 3  # looks for which it is believed that a file is being written
_SHARE = 20  # times as long as a look took

_log = logging.getLogger(__name__)


def watches(settings: Settings) -> bool:
    """Tell whether the library is watched: what its keepers decided goes before the start."""
    decided = preferences.watch(settings.library)
    return settings.watch if decided is None else decided


class Watcher:
    """Looks at the library of `settings` until it is stopped.

    A build is started when something that is settled differs from the index; a file being
    copied is left to be finished (`kb.build.settling`) and keeps no other waiting. A build
    that failed is not tried again before something changes.
    """

    def __init__(self, settings: Settings, seconds: float = SECONDS) -> None:
        self._settings = settings
        self._seconds = seconds
        self._stopped = threading.Event()
        self._pause = seconds
        self._settling = Settling()
        self._done: int | None = None

    def start(self) -> None:
        """Begin to look, beside what else this process does."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _run(self) -> None:
        self._pause = 0.0
        while not self._stopped.wait(self._pause):
            started = time.monotonic()
            try:
                self.look()
            except (UserError, OSError) as error:  # as when a share is away for a while
                _log.warning("the library cannot be watched: %s", error)
            except Exception:  # nobody starts the thread again
                _log.exception("the library cannot be watched")
            self._pause = max(self._seconds, _SHARE * (time.monotonic() - started))

    def look(self) -> None:
        """Look once, if the library is to be watched, and start a build if it is time to.

        Raises:
            UserError: The library cannot be read, or the index not be written to.
        """
        if not watches(self._settings):
            return
        library, index = self._settings.library, self._settings.index
        originals = Library(library).originals()
        unsettled = self._settling.look(originals)
        # Longer than until the next look, so that a build between the two heeds it.
        settling.say(index, unsettled, _LASTS * max(self._pause, self._seconds))
        settled = tuple(one for one in originals if one.path not in unsettled)
        leaving = unsettled.difference(one.path for one in originals)
        seen = hash((settled, leaving, read.text_recognition()))
        if seen == self._done or (originals and not settled):
            return
        self._done = seen
        if not status(library, index, unsettled).ok:
            background.start(self._settings)
