"""Notices files that are copied into the library folder, and starts builds.

The folder is polled instead of asking the system to report changes: that also works on network
shares, where changes made on other machines are not reported, needs no library and no raised
limit, and misses nothing. It takes at most a twentieth of a core.
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
"""Least time between two scans."""

_LASTS = 3  # scans for which a file counts as being written
_SHARE = 20  # times the duration of a scan

_log = logging.getLogger(__name__)


def watches(settings: Settings) -> bool:
    """Tell whether the library is watched: the saved setting overrides the command line."""
    decided = preferences.watch(settings.library)
    return settings.watch if decided is None else decided


class Watcher:
    """Watches the library of `settings` until it is stopped.

    A build is started when something that is settled differs from the index; a file being
    copied is left until it is finished (`kb.build.settling`) and delays no other. A build
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
        """Start watching, in a thread."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()

    def _run(self) -> None:
        self._pause = 0.0
        while not self._stopped.wait(self._pause):
            started = time.monotonic()
            try:
                self.look()
            except (UserError, OSError) as error:  # such as an unavailable share
                _log.warning("the library cannot be watched: %s", error)
            except Exception:  # nothing would restart the thread
                _log.exception("the library cannot be watched")
            self._pause = max(self._seconds, _SHARE * (time.monotonic() - started))

    def look(self) -> None:
        """Scan once, if the library is to be watched, and start a build if needed.

        Raises:
            UserError: The library cannot be read, or the index not be written to.
        """
        if not watches(self._settings):
            return
        library, index = self._settings.library, self._settings.index
        originals = Library(library).originals()
        unsettled = self._settling.look(originals)
        # Longer than until the next scan, so that a build between the two respects it.
        settling.say(index, unsettled, _LASTS * max(self._pause, self._seconds))
        settled = tuple(one for one in originals if one.path not in unsettled)
        leaving = unsettled.difference(one.path for one in originals)
        seen = hash((settled, leaving, read.text_recognition()))
        if seen == self._done or (originals and not settled):
            return
        self._done = seen
        if not status(library, index, unsettled).ok:
            background.start(self._settings)
