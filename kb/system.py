"""What differs between operating systems: POSIX where available, otherwise replacements.

Decided by what is available, not by the system's name, so that tests can remove it. On Windows
there are no process groups, no signals that can be caught, no `fcntl` and no `resource`;
`psutil` ends and measures processes there, and `filelock` locks.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]
try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

POSIX = hasattr(os, "killpg")
"""Whether a process can be asked to end and clean up first, and can have its own group."""

SYNCS_FOLDERS = hasattr(os, "O_DIRECTORY")
"""Whether a folder can be opened and synced; where not, the system syncs it itself."""

LIMITS_MEMORY = resource is not None and sys.platform == "linux"
"""Whether the system limits the memory of a process; macOS accepts the limit and ignores it."""

NOT_IN_NAMES = frozenset() if POSIX else frozenset("\\:")
"""Characters that in a name lead out of a folder, or to a hidden stream of a file."""

_EVERY = 0.2  # seconds between two checks of the memory of a process


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS or Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def environment(**more: str) -> dict[str, str]:
    """Return the environment of this process, with `more`, for one that it starts."""
    return {**os.environ, **more}


def detached() -> dict[str, Any]:
    """Return options of `subprocess.Popen` for a process that outlives the one that starts it.

    On POSIX it also gets a process group, which `end_tree` ends.
    """
    if POSIX:
        return {"start_new_session": True}
    return {
        "creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    }


def end_tree(pid: int) -> None:
    """Kill a process that was started with `detached`, and all that it started."""
    if POSIX:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        return
    import psutil

    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                each.kill()


def ask_to_end(pid: int) -> None:
    """Ask a process to end; where the system cannot ask, kill it and all that it started.

    Raises:
        PermissionError: It belongs to another account.
    """
    if POSIX:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        return
    import psutil

    try:
        end_tree(pid)
    except psutil.AccessDenied as error:
        raise PermissionError(str(error)) from error


def is_alive(pid: int) -> bool:
    """Tell whether there is such a process. `os.kill(pid, 0)` would end it on Windows."""
    import psutil

    return psutil.pid_exists(pid)


def limit_memory(most: int) -> None:
    """Limit the address space of this process to `most` bytes, where the system supports it."""
    if resource is None:
        return
    with suppress(OSError, ValueError):  # macOS refuses some values
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def memory_watched(pid: int, most: int) -> Iterator[threading.Event]:
    """Kill a process and all it started when they use more than `most` bytes together.

    Only where the system does not limit memory itself. Yields an event that is set if it
    was killed.
    """
    exceeded, done = threading.Event(), threading.Event()
    if LIMITS_MEMORY:
        yield exceeded
        return

    def watch() -> None:
        while not done.wait(_EVERY):
            if _memory(pid) > most:
                exceeded.set()
                end_tree(pid)
                return

    thread = threading.Thread(target=watch, name="memory", daemon=True)
    thread.start()
    try:
        yield exceeded
    finally:
        done.set()
        thread.join()


def _memory(pid: int) -> int:
    """Return the bytes that a process and all it started hold in memory."""
    import psutil

    total = 0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += each.memory_info().rss
    return total


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Lock a file against other processes that lock it too, where the file system supports it.

    The file itself is locked, so that no lock file is needed beside it; without `fcntl` a file
    in the folder for temporary files, which excludes processes of this machine only.

    Raises:
        OSError: There is no such file.
    """
    if fcntl is not None:
        with file.open("rb") as handle:
            with suppress(OSError):  # some network file systems cannot
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        return
    import filelock

    name = hashlib.sha256(str(file.resolve(strict=True)).encode("utf-8", "replace")).hexdigest()
    with filelock.FileLock(Path(tempfile.gettempdir(), f"minnesbanken-{name[:32]}.lock")):
        yield
