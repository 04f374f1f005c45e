"""Works on many originals with all cores.

Memory is bounded whatever the library's size: a worker holds one document at a time and
returns only a few digests of it, at most `AHEAD` jobs a worker are in progress, and the
documents are passed on disk.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from kb import logs, system
from kb.build.process.work import ProcessingJob, ProcessingOutcome, Processor
from kb.parent_watch import end_with_parent

AHEAD = 4
"""Jobs in progress or queued for each worker."""

FEW = 24
"""Number of jobs that are done sooner than workers can be started."""

SMALL_BYTES = 2 << 20
"""Total bytes of so few originals; scans are larger, and worth starting workers for."""

_MOST = 60  # workers; Windows takes no more
_GRACE = 5.0  # seconds a worker is given to end what it has started

_deriver: Processor | None = None


def outcomes(
    deriver: Processor, jobs: Sequence[ProcessingJob], workers: int | None = None
) -> Generator[ProcessingOutcome, None, None]:
    """Yield the outcome of each job, in no particular order.

    Close the generator to stop: workers end at once, and results so far are kept.

    Args:
        deriver: Does the work.
        jobs: The work.
        workers: How many processes; by default one for each core.

    Raises:
        OSError: A document cannot be kept.
    """
    small = sum(job.original.size for job in jobs) <= SMALL_BYTES
    if workers is None and len(jobs) <= FEW and small:
        yield from map(deriver.outcome, jobs)
        return
    rest = iter(jobs)
    while True:
        lost = yield from _pooled(deriver, rest, workers or min(system.cores(), _MOST))
        if not lost:
            return
        # A worker was killed, most likely because a document used all memory: find out which.
        for job in lost:
            if (yield from _pooled(deriver, iter([job]), 1)):
                reason = "Dokumentet gick inte att tolka: arbetet avbröts, troligen för lite minne."
                yield ProcessingOutcome(job, failure=reason, again=True)


def _pooled(
    deriver: Processor, jobs: Iterator[ProcessingJob], workers: int
) -> Generator[ProcessingOutcome, None, list[ProcessingJob]]:
    """Yield the outcomes of `jobs`; return those in progress when a worker died, if one did."""
    pool = ProcessPoolExecutor(
        workers,
        # Nothing is inherited: no lock, no open file, no thread.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(deriver,),
    )
    under_way: dict[Future[ProcessingOutcome], ProcessingJob] = {}
    done = False
    try:
        for job in jobs:
            under_way[pool.submit(_work, job)] = job
            if len(under_way) >= workers * AHEAD:
                yield from _finished(under_way)
        while under_way:
            yield from _finished(under_way)
        done = True
    except BrokenProcessPool:
        return list(under_way.values())
    finally:
        _end(pool, at_once=not done)
    return []


def _finished(
    under_way: dict[Future[ProcessingOutcome], ProcessingJob],
) -> Iterator[ProcessingOutcome]:
    """Yield the outcomes of at least one job, and take it off those in progress."""
    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
        outcome = future.result()
        # The job as the caller knows it, not the unpickled copy.
        yield replace(outcome, job=under_way.pop(future))


def _end(pool: ProcessPoolExecutor, *, at_once: bool) -> None:
    processes = list((pool._processes or {}).values())  # Python 3.14 has `terminate_workers`
    pool.shutdown(wait=not at_once, cancel_futures=True)
    if at_once:
        for process in processes:
            if process.pid:
                system.ask_to_end(process.pid)  # and a reader that it has started
        for process in processes:
            process.join(_GRACE)


def _begin(deriver: Processor) -> None:
    """Make this process a worker: it ends when asked to or when its parent is gone."""
    global _deriver
    _deriver = deriver
    logs.set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a reader in a sandbox ends too
    end_with_parent()


def _work(job: ProcessingJob) -> ProcessingOutcome:
    if _deriver is None:
        raise RuntimeError("the worker was not begun")
    return _deriver.outcome(job)
