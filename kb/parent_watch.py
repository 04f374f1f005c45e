"""Processes that end with the one that started them, even when that one is killed."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time

from kb import system

_GRACE = 5.0  # seconds to clean up


def end_with_parent() -> None:
    """Make this process, started by `multiprocessing`, end when its parent does.

    A worker waits at a queue whose other end it holds itself, so it would wait for ever.
    """
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        system.ask_to_end(os.getpid())
        time.sleep(_GRACE)
        os._exit(1)
