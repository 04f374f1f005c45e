"""The server under the pages, asked over real sockets: slow, greedy and odd clients."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

import pytest

from kb.config import Settings
from kb.errors import UserError
from kb.web import create_app, limits, phrases, security, server
from kb.web.proxies import Proxies
from tests.web.source import PreparedSource

SEARCH = b"GET /sok?q=barn HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

GO = threading.Event()
"""Set when a page that waits may be answered."""


@dataclass
class Served:
    port: int
    channels: dict

    def connect(self) -> socket.socket:
        link = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        link.settimeout(60)
        return link

    def ask(self, request: bytes) -> bytes:
        """Send a request and return all that comes until the server closes the connection."""
        with self.connect() as link:
            link.sendall(request)
            return everything(link)


def everything(link: socket.socket) -> bytes:
    got = b""
    with suppress(ConnectionResetError):
        while part := link.recv(65_536):
            got += part
    return got


@contextmanager
def serving(*proxies: str) -> Iterator[Served]:
    app = create_app(Settings(proxies=proxies), PreparedSource())
    # Under an endpoint that everybody may ask for.
    app.add_url_rule("/vanta", "help.accessibility")
    app.view_functions["help.accessibility"] = lambda: "klar" if GO.wait(20) else ""
    app.test_client().get("/sok?q=barn")  # the first one opens the index
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    made = server.create(
        app, [listening], threads=2, proxies=Proxies(proxies), largest_body=limits.largest_body(app)
    )
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    yield Served(listening.getsockname()[1], made.map)
    made.task_dispatcher.shutdown()
    for each in list(made.map.values()):
        each.close()
    thread.join(5)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as one:
        yield one


def is_page(answer: bytes, code: int) -> None:
    """See that an answer is a Swedish page with the headers of every page."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *headers = head.decode("latin-1").split("\r\n")
    assert status.split()[1] == str(code), head
    told = dict(line.split(": ", 1) for line in headers)
    assert told.keys() >= security.HEADERS.keys()
    assert "Server" not in told
    assert told["Content-Type"] == "text/html; charset=utf-8"
    page = body.decode("utf-8")
    assert '<html lang="sv">' in page
    heading = phrases.ERRORS.get(code, phrases.ERRORS[400])[0]
    assert f"<h1>{heading}</h1>" in page
    assert "csrf" not in page
    assert "waitress" not in answer.decode("utf-8", "replace").lower()


@pytest.mark.parametrize(
    ("path", "code", "text"),
    [
        ("/sok?q=våld", b"200", "våld"),
        ("/sok?q=v%C3%A5ld", b"200", "våld"),
        ("/dokument/å/ö.txt", b"404", phrases.ERRORS[404][0]),
        ("/kommun/Svalöv", b"200", "Svalöv"),
    ],
)
def test_any_letter_may_stand_in_an_address(served: Served, path: str, code: bytes, text: str):
    answer = served.ask(
        b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    assert answer.split(b"\r\n")[0].split()[1] == code
    assert text.encode() in answer


def test_bytes_that_are_no_letters_are_answered_too(served: Served):
    answer = served.ask(b"GET /sok?q=v\xe5ld HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert answer.startswith(b"HTTP/1.0 200")


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (b"get / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", 400),
        (b"GET http://[::1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400),
        (b"GET /?q=" + b"x" * server.HEADER_BYTES + b" HTTP/1.1\r\n\r\n", 431),
    ],
)
def test_errors_below_the_program_are_swedish_pages(served: Served, request_: bytes, code: int):
    is_page(served.ask(request_), code)


def test_the_api_gets_problem_details(served: Served):
    answer = served.ask(
        b"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n"
    )
    assert b"413" in answer.split(b"\r\n")[0]
    assert b"application/problem+json" in answer
    assert phrases.ERRORS[413][0].encode() in answer


def pushed(link: socket.socket, most: int, chunk: bytes = b"x" * 65_536) -> int:
    """Send as much as the server takes; return the bytes."""
    sent = 0
    try:
        while sent < most:
            sent += link.send(chunk)
    except OSError:
        pass
    return sent


@pytest.mark.parametrize("path", ["/finns-inte", "/sok", "/rattningar", "/static/style.css"])
def test_a_large_body_is_refused_before_it_is_received(served: Served, path: str):
    huge = 400 << 20
    with served.connect() as link:
        link.sendall(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {huge}\r\n\r\n".encode()
        )
        started = time.monotonic()
        is_page(everything(link), 413)
        taken = pushed(link, huge)
    assert taken < 20 << 20  # what the system holds for a connection, and what is thrown away
    assert time.monotonic() - started < 15


def test_a_large_body_in_chunks_is_cut_off(served: Served):
    with served.connect() as link:
        link.sendall(b"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        taken = pushed(link, 400 << 20, b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        assert taken < 20 << 20


def test_whoever_asks_first_is_told_before_sending(served: Served):
    head = (
        "POST {} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n"
    )
    with served.connect() as link:
        link.sendall(head.format("/x", 400 << 20).encode())
        is_page(everything(link), 413)
    with served.connect() as link:
        link.sendall(head.format("/ladda-upp", 200 << 20).encode())
        assert link.recv(1024).startswith(b"HTTP/1.1 100 Continue")


def test_an_upload_may_be_large(served: Served):
    body = b"x" * (5 << 20)
    answer = served.ask(
        b"POST /ladda-upp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    assert answer.split(b" ")[1] == b"403"  # nobody may send it without the key, but it is received
    assert phrases.ERRORS[413][0].encode() not in answer


def test_idle_connections_keep_nobody_out(served: Served):
    with ExitStack() as links:
        for _ in range(260):
            links.enter_context(served.connect())
        started = time.monotonic()
        assert served.ask(SEARCH).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - started < 2
        assert len(served.channels) <= server.CONNECTIONS


def test_half_requests_keep_nobody_out(served: Served):
    with ExitStack() as links:
        for number in range(260):
            link = links.enter_context(served.connect())
            start = b"GET / HTTP/1.1\r\n" if number % 2 else (
                b"POST /ladda-upp HTTP/1.1\r\nContent-Length: 99999\r\n\r\nx"
            )  # fmt: skip
            with suppress(OSError):
                link.sendall(start)
        started = time.monotonic()
        assert served.ask(SEARCH).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - started < 2


def test_a_client_that_says_a_byte_now_and_then_is_cut_off(served: Served, monkeypatch):
    monkeypatch.setattr(server, "HEADER_SECONDS", 1)
    with served.connect() as link:
        link.sendall(b"GET / HTTP/1.1\r\n")
        started = time.monotonic()
        link.settimeout(0.2)
        answer = b""
        while time.monotonic() - started < 15 and not answer:
            with suppress(TimeoutError):
                answer = link.recv(65_536)
            with suppress(OSError):
                link.send(b"X-A: b\r\n")
        link.settimeout(10)
        is_page(answer + everything(link), 408)


def test_a_body_that_drips_is_cut_off_and_a_steady_one_is_not(served: Served, monkeypatch):
    monkeypatch.setattr(server, "BODY_SECONDS", 1)
    monkeypatch.setattr(server, "SLOWEST", 1_000)
    start = b"POST /ladda-upp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
    with served.connect() as slow, served.connect() as steady:
        for link in (slow, steady):
            link.sendall(start)
        slow.settimeout(0.05)
        answer, until = b"", time.monotonic() + 15
        while not answer and time.monotonic() < until:
            with suppress(TimeoutError):
                answer = slow.recv(65_536)
            slow.send(b"x")
            steady.sendall(b"x" * 500)
        assert b"408" in answer.split(b"\r\n")[0]
        steady.settimeout(0.5)
        with pytest.raises(TimeoutError):
            steady.recv(1)


def test_connections_without_a_request_are_closed(served: Served, monkeypatch):
    monkeypatch.setattr(server, "IDLE_SECONDS", 1)
    with served.connect() as silent, served.connect() as waiting:
        waiting.sendall(b"GET /hjalp HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert waiting.recv(65_536).startswith(b"HTTP/1.1 200")
        assert silent.recv(1) == b""
        everything(waiting)  # ends only because the connection is closed


def test_a_client_has_but_so_many_connections(served: Served, monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS_A_CLIENT", 3)
    with ExitStack() as links:
        held = [links.enter_context(served.connect()) for _ in range(3)]
        time.sleep(0.3)
        assert served.ask(SEARCH).startswith(b"HTTP/1.1 200")
        assert held[0].recv(1) == b""
        held[2].sendall(SEARCH)
        assert everything(held[2]).startswith(b"HTTP/1.1 200")


def test_a_client_whose_requests_are_all_being_answered_is_told_to_wait(served, monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS_A_CLIENT", 1)
    with served.connect() as busy:
        busy.sendall(b"GET /vanta HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        time.sleep(0.3)
        answer = served.ask(SEARCH)
        is_page(answer, 429)
        assert b"Retry-After: 10" in answer
        GO.set()
        assert everything(busy).endswith(b"klar")


def test_a_proxy_that_is_set_has_any_number(monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS_A_CLIENT", 3)
    with serving("127.0.0.1") as served, ExitStack() as links:
        held = [links.enter_context(served.connect()) for _ in range(6)]
        time.sleep(0.3)
        for link in held:
            link.sendall(SEARCH)
            assert everything(link).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("remote", "forwarded", "reader"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # no proxy: nobody else is believed
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the left is the reader's
        ("127.0.0.1", "203.0.113.9, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "okänd", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7, ", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_a_proxy_is_believed_as_far_as_proxies_go(remote: str, forwarded: str, reader: str):
    assert Proxies(("127.0.0.1", "10.0.0.0/8")).reader(remote, forwarded) == reader


def test_proxies_are_set_in_the_environment():
    set_ = Settings.from_environment({"KB_PROXIES": "127.0.0.1, 10.0.0.0/8"})
    assert set_.proxies == ("127.0.0.1", "10.0.0.0/8")
    assert Settings.from_environment({}).proxies == ()
    with pytest.raises(UserError, match="KB_PROXIES"):
        Settings.from_environment({"KB_PROXIES": "nginx"})
