"""The server under the pages: waitress, with what it lacks against slow and greedy clients.

Waitress is pure Python, needs no compiler or configuration, is the same on every system and
long maintained, and it takes requests in one thread, so that a slow client costs a connection
and no worker (cheroot gives each a thread; gunicorn does not run on Windows; granian and
hypercorn have no limits by address either). But it takes 100 connections and then answers
nobody, waits two minutes for idle clients, for ever for clients that send a byte now and
then, receives bodies of a gigabyte at any address, and answers its errors itself, in
English. Its classes say which parts may be replaced (`channel_class`, `parser_class`,
`error_task_class`); these replace them.
"""

from __future__ import annotations

import copy
import logging
import re
import socket
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import MultiSocketServer, TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher
from waitress.utilities import Error

from kb.web.proxies import Proxies
from kb.web.refusals import Refusals

if TYPE_CHECKING:
    from flask import Flask

CONNECTIONS = 200
"""Connections of a process, listening sockets included; macOS allows a process 256 files."""

CONNECTIONS_A_CLIENT = 100
"""Connections of one address to a process; a browser opens six; trusted proxies are not limited."""

HEADER_BYTES = 32 << 10
"""Bytes of an address and headers; browsers and proxies send at most 16 KB."""

IDLE_SECONDS = 30
"""Time that a connection may be open between two requests."""

HEADER_SECONDS = 10
"""Time for an address and headers, from their first byte."""

BODY_SECONDS = 30
"""Time for a body, in addition to its size divided by `SLOWEST`."""

SLOWEST = 4_000
"""Least bytes a second of a body; a slow mobile network gives ten times that."""

TAKEN_SECONDS = 60
"""Time in which a client must receive some of its answer."""

LINGER_SECONDS = 2.0
"""Time for a refused client to read the answer, while what it still sends is discarded."""

LINGER_BYTES = 1 << 20
"""Most bytes that are discarded."""

LargestBody = Callable[[str, str], int]
"""Returns the largest body in bytes, by method and path."""

_NOT_ASCII = re.compile(rb"[\x80-\xff]")

_log = logging.getLogger(__name__)


class _Refusal(Error):  # noqa: N818 - no exception, whatever waitress calls it
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class _Parser(HTTPRequestParser):
    """Accepts any letter in an address, and limits a body before it is received."""

    # The types of waitress lack some names, and have others wrong.
    command: Any
    path: str

    def __init__(self, adjustments: Adjustments, largest: LargestBody) -> None:
        super().__init__(adjustments)
        self._largest = largest

    def parse_header(self, header_plus: bytes) -> None:
        line, end, rest = header_plus.partition(b"\r\n")
        try:
            super().parse_header(_NOT_ASCII.sub(_escaped, line) + end + rest)
        except ValueError as error:  # an address of another host, such as "http://[::1"
            raise ParsingError(str(error)) from error
        if self.body_rcv is not None:
            largest = self._largest(self.command, self.path)
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = largest + 1
            if self.content_length > largest:
                self.expect_continue = False  # or waitress would answer 100 Continue


class _ErrorTask(ErrorTask):
    """Answers an error in Swedish, with the headers of every page."""

    def execute(self) -> None:
        request: Any = self.request
        channel: Any = self.channel
        error, path = request.error, getattr(request, "path", "")
        headers, body = channel.server.refusals.answer(error.code, path)
        _log.info("refused (%d): %s", error.code, error.body)
        self.status = f"{error.code} {error.reason}"
        self.response_headers = headers
        self.set_close_on_finish()
        self.content_length = len(body)
        channel.lingers = True
        self.write(body)


class _Channel(HTTPChannel):
    """A connection, with a time limit for each phase of a request."""

    error_task_class = _ErrorTask
    server: Any
    requests: Any
    requests_lock: Any
    socket: Any
    _flush_some: Any
    _flush_exception: Any
    lingers = False  # whether the client may still be sending what has been refused
    _begun = 0.0  # when the request that is being received began
    _until: float | None = None  # while lingering: until when
    _thrown_away = 0

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002, ANN401 - as the base names them
        super().__init__(server, sock, addr, adj, map=map)
        server.admit(self)

    def parser_class(self, adjustments: Adjustments) -> _Parser:  # type: ignore[override]
        return _Parser(adjustments, self.server.largest_body)

    @property
    def client(self) -> str:
        """The address at the other end."""
        address: Any = self.addr
        return str(address[0])

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def is_sending(self) -> bool:
        """Whether a body is being received."""
        return self.request is not None and self.request.headers_finished

    def received(self, data: bytes) -> bool:
        before = self.request
        taken = super().received(data)
        if self.request is not before:
            self._begun = time.time()
        return taken

    def look_after(self, now: float) -> None:
        """Close the connection, or answer 408, if its client has taken too long."""
        silent = now - self.last_activity
        if self._until is not None:
            self.will_close |= now > self._until
        elif self.total_outbufs_len:
            self.will_close |= silent > TAKEN_SECONDS
        elif self.requests:
            pass
        elif self.request is None:
            self.will_close |= silent > IDLE_SECONDS
        elif now - self._begun > self._patience():
            self.refuse(408, "Request Timeout")

    def _patience(self) -> float:
        if self.request is None or not self.request.headers_finished:
            return HEADER_SECONDS
        return BODY_SECONDS + self.request.body_bytes_received / SLOWEST

    def refuse(self, code: int, reason: str) -> None:
        """Answer an error instead of what is being received, and close the connection."""
        with self.requests_lock:
            request = self.request
            if request is None or not request.headers_finished:
                request = self.parser_class(self.adj)
                request.parse_header(b"GET / HTTP/1.0\r\n")
            request.error = _Refusal(code, reason)
            self.request = None
            self.requests.append(request)
            self.server.add_task(self)

    def handle_write(self) -> None:
        if self.close_when_flushed and self.lingers and self._until is None:
            if self.total_outbufs_len:
                self._flush_exception(self._flush_some)
            if not self.total_outbufs_len and not self.will_close:
                self._linger()
                return
        super().handle_write()

    def _linger(self) -> None:
        """Shut down writing, and give the client time to read the answer.

        If closed at once, a connection with unread bytes is reset, and the client sees only that.
        """
        self.close_when_flushed = False
        self._until = time.time() + LINGER_SECONDS
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.will_close = True

    def handle_read(self) -> None:
        if self._until is None:
            super().handle_read()
            return
        try:
            data = self.recv(self.adj.recv_bytes)
        except OSError:
            self.will_close = True
            return
        self._thrown_away += len(data)
        if self._thrown_away > LINGER_BYTES:
            self.will_close = True


class _Server(TcpWSGIServer):
    """Listens on a socket, and closes idle connections when there are too many."""

    channel_class = _Channel
    _map: Any

    def __init__(
        self,
        app: Flask,
        proxies: Proxies,
        largest_body: LargestBody,
        **options: Any,  # noqa: ANN401 - waitress's own
    ) -> None:
        self.refusals = Refusals(app)
        self.largest_body = largest_body
        self._proxies = proxies
        super().__init__(app, **options)

    def readable(self) -> bool:
        now = time.time()
        if now >= self.next_channel_cleanup:
            self.next_channel_cleanup = int(now) + self.adj.cleanup_interval
            self.maintenance(int(now))
        if len(self._map) < self.adj.connection_limit:
            return self.accepting
        self._make_room(self._channels())
        return False

    def maintenance(self, now: int) -> None:
        for channel in self._channels():
            if channel.server is self:
                channel.look_after(now)

    def _channels(self) -> list[_Channel]:
        return [each for each in self._map.values() if isinstance(each, _Channel)]

    def admit(self, channel: _Channel) -> None:
        """Limit the connections of a client: close its longest idle one, or else this one."""
        if self._proxies.include(channel.client):
            return
        others = [c for c in self._channels() if c.client == channel.client and c is not channel]
        if len(others) >= CONNECTIONS_A_CLIENT and not self._make_room(others):
            channel.refuse(429, "Too Many Requests")

    def _make_room(self, channels: Iterable[_Channel]) -> bool:
        """Close the connection that has been idle longest; return whether one closes.

        Those that are being answered stay, and those that send a body are closed last.
        """
        silent = [channel for channel in channels if not channel.is_busy]
        if not silent:
            return False
        if not any(channel.will_close for channel in silent):
            longest = min(silent, key=lambda c: (c.is_sending, c.last_activity))
            longest.will_close = True
        return True


def create(
    app: Flask,
    sockets: list[socket.socket],
    *,
    threads: int,
    proxies: Proxies,
    largest_body: LargestBody,
) -> MultiSocketServer:
    """Return a server for `sockets`, which answers requests once it is run."""
    options = Adjustments(
        sockets=sockets,
        threads=threads,
        ident=None,
        connection_limit=CONNECTIONS,
        cleanup_interval=1,
        max_request_header_size=HEADER_BYTES,
        asyncore_use_poll=True,  # `select` supports no file above number 1,023
        # The headers of proxies are not trusted, but must be kept to detect one (identity.py).
        clear_untrusted_proxy_headers=False,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    channels: dict[int, Any] = {}
    for each in sockets:
        _Server(
            app,
            proxies,
            largest_body,
            map=channels,
            _sock=each,
            dispatcher=dispatcher,
            adj=options,
            sockinfo=(each.family, each.type, each.proto, each.getsockname()),
            bind_socket=False,
        )
    return MultiSocketServer(channels, options, [], dispatcher, _log.info)


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"%%%02X" % found[0][0]
