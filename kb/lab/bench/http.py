"""The search page under load: requests a second and latency, by number of concurrent clients."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.lab.bench.peers.base import PeerQuestion, Shape
from kb.search.facets import FACETS
from kb.search.query import Query

SECONDS = 10.0
"""How long each number of clients sends requests."""

_START = 60.0


@dataclass(frozen=True, slots=True)
class Load:
    """The figures of a number of concurrent clients.

    Attributes:
        clients: How many.
        rate: Requests a second.
        p50: Median milliseconds of an answer.
        p95: 95th percentile, in milliseconds.
        failed: Answers other than 200.
    """

    clients: int
    rate: float
    p50: float
    p95: float
    failed: int


def addresses(questions: Sequence[PeerQuestion]) -> list[str]:
    """Return the questions as addresses of the search page."""
    return ["/sok?" + _query(question).to_url_query() for question in questions]


def _query(question: PeerQuestion) -> Query:
    words = list(question.terms)
    match question.shape:
        case Shape.PHRASE:
            text = f'"{" ".join(words)}"'
        case Shape.PREFIX:
            text = words[0] + "*"
        case Shape.OR:
            text = " ELLER ".join(words)
        case _:
            text = " ".join(words)
    query = Query(text)
    return query.add(FACETS[question.filter[0]], question.filter[1]) if question.filter else query


def run(index: Path, pages: Sequence[str], clients: Sequence[int]) -> list[Load]:
    """Serve `index` in a separate process and request `pages` repeatedly."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kb", "serve", "--index", str(index), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server)
        _ask(port, pages, 1, time.perf_counter() + SECONDS / 2)
        return [_load(port, pages, count) for count in clients]
    finally:
        server.terminate()
        server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _load(port: int, pages: Sequence[str], clients: int) -> Load:
    started = time.perf_counter()
    times, failed = _ask(port, pages, clients, started + SECONDS)
    elapsed = time.perf_counter() - started
    return Load(
        clients,
        len(times) / elapsed,
        statistics.median(times),
        statistics.quantiles(times, n=20)[-1],
        failed,
    )


def _ask(port: int, pages: Sequence[str], clients: int, until: float) -> tuple[list[float], int]:
    """Return the milliseconds of every request made before `until`, and how many failed."""
    times: list[float] = []
    failed: list[int] = []

    def one(number: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        at = number * 7
        while time.perf_counter() < until:
            began = time.perf_counter()
            link.request("GET", pages[at % len(pages)])
            answer = link.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != http.client.OK:
                failed.append(answer.status)
            at += 1
        link.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failed)
