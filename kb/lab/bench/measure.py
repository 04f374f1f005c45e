"""Builds and queries each engine in a separate process, so that memory and time are its alone.

Rounds of questions alternate between the engines, so that other load on the machine
affects all alike. Times are CPU time of the process, which other load changes least.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from kb.lab.bench.peers.base import PeerAnswer, PeerEngine, PeerQuestion

T = TypeVar("T")

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Built:
    """The cost of building.

    Attributes:
        documents: How many.
        cpu: Seconds of CPU, all threads and child processes, without making the documents.
        wall: Seconds of wall time, likewise.
        peak: Peak megabytes of memory.
        size: Megabytes on disk.
    """

    documents: int
    cpu: float
    wall: float
    peak: float
    size: float


@dataclass(slots=True, kw_only=True)
class AskingCost:
    """The cost of searching.

    Attributes:
        opening: Milliseconds to open the index.
        first: Milliseconds of the first question after that.
        memory: Megabytes of memory held after all rounds: private, and with mapped pages.
        times: Milliseconds by question, one a round, whole answers.
        lean: The same for the ten best and the count alone.
        answers: The answers; None where an engine cannot.
    """

    opening: float = 0.0
    first: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)
    times: list[list[float]] = field(default_factory=list)
    lean: list[list[float]] = field(default_factory=list)
    answers: list[PeerAnswer | None] = field(default_factory=list)

    def medians(self, numbers: Iterable[int], *, lean: bool = False) -> list[float]:
        """Return the median time of each of the questions that could be answered."""
        times = self.lean if lean else self.times
        return [statistics.median(times[n]) for n in numbers if n < len(times) and times[n]]


class Counted(Iterable[T]):
    """Passes items on and adds up the time spent on making them."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = items
        self.count = 0
        self.cpu = 0.0
        self.wall = 0.0

    def __iter__(self) -> Iterator[T]:
        items = iter(self._items)
        while True:
            cpu, wall = time.thread_time(), time.perf_counter()
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.cpu += time.thread_time() - cpu
                self.wall += time.perf_counter() - wall
            self.count += 1
            yield item


def in_own_process(function: Callable[..., T], *arguments: object) -> T:
    """Return the result of `function` in a fresh process.

    Raises:
        BrokenProcessPool: The process ended without an answer.
    """
    # An executor's process, unlike a pool's, may start child processes.
    with ProcessPoolExecutor(1, _SPAWN) as executor:
        return executor.submit(function, *arguments).result()


def build(write: Callable[[Path, Iterable[T]], object], folder: Path, items: Iterable[T]) -> Built:
    """Build an index in this process and measure it."""
    folder.mkdir(parents=True)
    counted = Counted(items)
    cpu, wall = _cpu(), time.perf_counter()
    write(folder, counted)
    cpu, wall = _cpu() - cpu - counted.cpu, time.perf_counter() - wall - counted.wall
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    peak = max(resource.getrusage(who).ru_maxrss for who in _WHO) / 1024
    return Built(counted.count, cpu, wall, peak, size / 1e6)


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in _WHO]
    return sum(each.ru_utime + each.ru_stime for each in used)


def ask_by_turns(
    engines: dict[str, Callable[[], PeerEngine]], questions: Sequence[PeerQuestion], rounds: int
) -> dict[str, AskingCost]:
    """Ask every engine all questions `rounds` times, alternating, each in a separate process.

    Args:
        engines: What opens each engine, by name; must be picklable.
        questions: What is asked.
        rounds: How often; the first round is a warm-up and does not count.
    """
    links: dict[str, Connection] = {}
    processes = []
    asked = {name: AskingCost() for name in engines}
    for name, opening in engines.items():
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, opening, questions), daemon=True)
        process.start()
        theirs.close()  # so that the end of a process is noticed here
        links[name] = ours
        processes.append(process)
        asked[name].opening, asked[name].first = ours.recv()
    for turn in range(rounds + 1):
        for name, link in links.items():
            result = asked[name]
            for lean, times in ((False, result.times), (True, result.lean)):
                link.send(lean)
                measured, answers = link.recv()
                if turn == 0:
                    times.extend([] for _ in questions)
                    if not lean:
                        result.answers = answers
                    continue
                for durations, one in zip(times, measured, strict=True):
                    if one is not None:
                        durations.append(one)
    for name, link in links.items():
        link.send(None)
        asked[name].memory = link.recv()
    for process in processes:
        process.join()
    return asked


def _serve(
    link: Connection, opening: Callable[[], PeerEngine], questions: Sequence[PeerQuestion]
) -> None:
    """Answer rounds of questions in a separate process."""
    start = time.process_time()
    engine = opening()
    opened = time.process_time()
    engine.ask(questions[0], whole=True)
    link.send(((opened - start) * 1000, (time.process_time() - opened) * 1000))
    while (lean := link.recv()) is not None:
        times: list[float | None] = []
        answers: list[PeerAnswer | None] = []
        for question in questions:
            began = time.process_time()
            answer = engine.ask(question, whole=not lean)
            took = (time.process_time() - began) * 1000
            times.append(None if answer is None else took)
            answers.append(answer)
        link.send((times, answers))
    link.send(_memory())


def _memory() -> tuple[float, float]:
    """Return megabytes of private memory and of all resident memory (Linux)."""
    private = whole = 0.0
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("RssAnon", "VmRSS"):
            megabytes = float(value.split()[0]) / 1024
            private, whole = (megabytes, whole) if name == "RssAnon" else (private, megabytes)
    return private, whole
