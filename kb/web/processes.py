"""Several processes that do the same work, kept running by the one that started them.

Python runs on one processor at a time, so pages for many need more processes than one.
They are spawned, not forked: copied locks that threads of this process hold would never be
released, and spawning works on every system.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from types import FrameType

from kb import logs
from kb.errors import OperatorError
from kb.parent_watch import end_with_parent

_SOON = 2.0  # seconds of work; a process that ends earlier would end again
_MOST = 5  # times in a row that this may happen
_GRACE = 10.0  # seconds to clean up

_SPAWN = multiprocessing.get_context("spawn")

_log = logging.getLogger(__name__)


def keep_running(count: int, work: Callable[..., None], *arguments: object) -> None:
    """Run `work` in `count` processes until stopped, and restart those that end.

    Raises:
        OperatorError: They end as soon as they are started.
    """
    _leave_when_told()
    lasted = _SPAWN.Event()

    def start() -> BaseProcess:
        process = _SPAWN.Process(target=_run, args=(lasted, work, arguments))
        process.start()
        return process

    running = [start() for _ in range(count)]
    failed = 0
    try:
        while True:
            wait([process.sentinel for process in running])
            for process in [process for process in running if not process.is_alive()]:
                _log.warning("process %s ended (%s)", process.pid, process.exitcode)
                running.remove(process)
                failed = 0 if lasted.is_set() else failed + 1
                lasted.clear()
                if failed == _MOST:
                    raise OperatorError(f"a process ended at once ({process.exitcode})")
                running.append(start())
    finally:
        for process in running:
            process.terminate()
        until = time.monotonic() + _GRACE
        for process in running:
            process.join(max(0.0, until - time.monotonic()))
            process.kill()


def _run(lasted: Event, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    logs.set_up()
    # Ctrl+C is sent to every process of a terminal; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _leave_when_told()
    end_with_parent()
    soon = threading.Timer(_SOON, lasted.set)
    soon.daemon = True
    soon.start()
    work(*arguments)


def _leave_when_told() -> None:
    """Turn the signal to end into an exception, so that everything is cleaned up."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, leave)
