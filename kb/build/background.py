"""Builds whose progress other processes can follow, in a file beside the index.

A build runs in a separate process, so that neither a closed page nor a restarted server
ends it. Whether one runs is decided by its lock (`generations.holder`), never by the file alone.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from types import FrameType

import msgspec

from kb import durable, layout, system
from kb.build import generations, pipeline
from kb.build.intake import take_received
from kb.build.pipeline import BuildReport, Progress
from kb.config import Settings
from kb.errors import Busy, KbError, UserError, because
from kb.library import Library

_log = logging.getLogger(__name__)

_EVERY = 0.3  # seconds between two writings
_YOUNG = 30.0  # seconds for which a living process counts as building without the lock


class Phase(StrEnum):
    """The phase of a build."""

    STARTING = "starting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BROKEN_OFF = "broken off"  # its process ended without a report; inferred, never written


class BuildState(msgspec.Struct, frozen=True):
    """The state of the last build.

    Attributes:
        pid: The process that builds.
        phase: Its phase.
        started: When it began, UTC.
        changed: When this was written, UTC.
        done: Documents done.
        total: Documents in all.
        path: The document being worked on.
        message: What went wrong, in Swedish, safe to show.
    """

    pid: int
    phase: Phase
    started: dt.datetime
    changed: dt.datetime
    done: int = 0
    total: int = 0
    path: str = ""
    message: str = ""

    @property
    def runs(self) -> bool:
        """Whether the build is in progress."""
        return self.phase in (Phase.STARTING, Phase.RUNNING)

    @property
    def seconds_left(self) -> float | None:
        """The time it will still take if it goes on as up to now; None if that is unknown."""
        if self.phase is not Phase.RUNNING or not self.done:
            return None
        spent = (self.changed - self.started).total_seconds()
        return spent / self.done * (self.total - self.done)


class Cancelled(BaseException):
    """The build was asked to stop; a BaseException, so that no handler takes it for an error."""


def start(settings: Settings, *, full: bool = False) -> None:
    """Start a build in a separate process; if one is running, it builds once more when done.

    Raises:
        UserError: The index folder cannot be written to.
    """
    index = settings.index
    try:
        durable.private_folder(index)
        (index / layout.BUILD_AGAIN).touch()  # first, so that a build that is just ending sees it
        now = state(index)
        if now and now.runs:
            return
        command = [
            sys.executable,
            "-m",
            "kb",
            "build",
            str(settings.library),
            "--index",
            str(index),
        ]
        with (index / layout.BUILD_OUTPUT).open("wb") as complaints:
            process = subprocess.Popen(
                command + (["--full"] if full else []),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                **system.detached(),
            )
    except OSError as error:
        raise UserError(f"Indexet går inte att bygga: {because(error)}.") from error
    begun = _now()
    _write(index, BuildState(process.pid, Phase.STARTING, begun, begun))
    # Its exit status must be collected, or it stays behind as a zombie.
    threading.Thread(
        target=_follow, args=(process, index / layout.BUILD_OUTPUT), daemon=True
    ).start()


def _follow(process: subprocess.Popen[bytes], complaints: Path) -> None:
    """Wait for a build to end, and copy its log into the log of this process.

    It logs to a separate file, which remains if the process that started it is gone.
    """
    process.wait()
    with suppress(OSError):
        for line in complaints.read_text("utf-8", "replace").splitlines():
            _log.warning("build %d: %s", process.pid, line)
    if process.returncode:
        _log.error("build %d ended (%d)", process.pid, process.returncode)


def state(index: Path) -> BuildState | None:
    """Return the state of the last build in `index`, or None if there was none."""
    try:
        told = msgspec.json.decode((index / layout.BUILD_STATE).read_bytes(), type=BuildState)
    except (OSError, msgspec.DecodeError):
        return None
    if not told.runs or generations.holder(index) is not None:
        return told
    young = (_now() - told.changed).total_seconds() < _YOUNG
    if young and system.is_alive(told.pid):  # it is just starting or ending
        return told
    return msgspec.structs.replace(told, phase=Phase.BROKEN_OFF)


def cancel(index: Path) -> bool:
    """Ask the build in `index` to stop; the old index stays. Return whether one runs.

    Raises:
        UserError: It is not ours to stop.
    """
    pid = generations.holder(index)
    if pid is None:
        return False
    (index / layout.BUILD_AGAIN).unlink(missing_ok=True)
    now = state(index)
    try:
        system.ask_to_end(pid)
    except PermissionError as error:
        raise UserError("Bygget går inte att avbryta: någon annan har startat det.") from error
    if now and not system.POSIX:  # it was killed and could not report that itself
        _write(index, msgspec.structs.replace(now, phase=Phase.CANCELLED, changed=_now()))
    return True


def build(
    library: Path, index: Path, progress: Progress | None = None, *, full: bool = False
) -> BuildReport:
    """Build the index in this process, writing its progress for others.

    Raises:
        Cancelled: It was asked to stop.
        UserError: It cannot be built.
        OperatorError: The new index failed its check.
    """
    with _stoppable():
        while True:
            with suppress(OSError):  # if the index cannot be written to, the build reports that
                (index / layout.BUILD_AGAIN).unlink(missing_ok=True)
            report = _told(library, index, progress, full=full)
            full = False
            if not (index / layout.BUILD_AGAIN).exists():  # the library changed meanwhile
                return report


def _told(library: Path, index: Path, progress: Progress | None, *, full: bool) -> BuildReport:
    begun = _now()
    told = BuildState(os.getpid(), Phase.RUNNING, begun, begun)
    written = 0.0

    def tell(done: int, total: int, path: str) -> None:
        nonlocal told, written
        told = msgspec.structs.replace(told, done=done, total=total, path=path, changed=_now())
        if time.monotonic() - written >= _EVERY or done in (0, total):
            _write(index, told)
            written = time.monotonic()
        if progress:
            progress(done, total, path)

    def end(phase: Phase, message: str = "") -> None:
        if message:
            _log.error("the build failed: %s", message)
        _write(index, msgspec.structs.replace(told, phase=phase, changed=_now(), message=message))

    try:
        take_received(Library(library), pipeline.texts(index), lambda name: tell(0, 0, name))
        report = pipeline.build(library, index, tell, full=full)
    except Busy:
        raise  # the other build writes its state itself
    except (Cancelled, KeyboardInterrupt):
        end(Phase.CANCELLED)
        raise
    except UserError as error:
        end(Phase.FAILED, str(error))
        raise
    except OSError as error:
        why = f"Indexet gick inte att skriva: {because(error)}."
        end(Phase.FAILED, why)
        raise UserError(why) from error
    except Exception as error:
        kind = "det nya indexet höll inte" if isinstance(error, KbError) else "ett internt fel"
        end(Phase.FAILED, f"Bygget avbröts av {kind}, se loggen.")
        raise
    end(Phase.DONE)
    return report


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn the signal to end into an exception, so that everything is cleaned up."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Cancelled

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _write(index: Path, told: BuildState) -> None:
    """Replace the file; failing to write it must not fail the build."""
    with suppress(OSError):
        durable.put(index / layout.BUILD_STATE, msgspec.json.encode(told))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
