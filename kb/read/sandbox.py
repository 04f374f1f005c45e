"""Read a file in a separate process, within limits of time and memory."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import msgspec

from kb import system
from kb.errors import UserError
from kb.read import limits
from kb.read.content import IMAGES, FileKind
from kb.read.extracted import Extracted, Report
from kb.read.recognised import Recognised

_log = logging.getLogger(__name__)

_PAGES_OF_A_SCAN = 40  # a scan with more pages is given no more time


def extract(reader: str, kind: FileKind, file: Path, known: Recognised) -> Extracted:
    """Return the text of `file`.

    Args:
        reader: The module of `kb.read` that reads it.
        kind: What it is.
        file: The file.
        known: The texts of its images that were recognised before.

    Raises:
        UserError: It cannot be read, or not within the limits.
    """
    scan = kind in IMAGES or kind is FileKind.PDF
    seconds = limits.SECONDS + (_PAGES_OF_A_SCAN * limits.SECONDS_A_PAGE if scan else 0)
    # A separate process group, so that text recognition ends with it.
    worker = subprocess.Popen(
        [sys.executable, "-m", "kb.read.worker", reader, kind.value, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **system.detached(),
    )
    try:
        with system.memory_watched(worker.pid, limits.MEMORY_BYTES) as exceeded:
            out, complaints = worker.communicate(msgspec.json.encode(known), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        _end(worker)
        raise UserError(f"Filen tog mer än {seconds // 60} minuter att läsa.") from error
    except BaseException:
        _end(worker)
        raise
    if complaints:
        _log.warning("%s: %s", file.name, complaints.decode("utf-8", "replace").strip())
    if exceeded.is_set():
        raise UserError(limits.TOO_MUCH_MEMORY)
    if worker.returncode != 0 or not out:
        raise UserError("Filen gick inte att läsa: läsningen avbröts, troligen är filen skadad.")
    report = msgspec.json.decode(out, type=Report)
    if report.extracted is None:
        raise UserError(report.refused)
    return report.extracted


def _end(worker: subprocess.Popen[bytes]) -> None:
    system.end_tree(worker.pid)
    worker.wait()
