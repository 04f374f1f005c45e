"""Serve the pages with a production WSGI server."""

from __future__ import annotations

import errno
import ipaddress
import secrets
import socket
import sys

from kb.build.current_index import CurrentIndex
from kb.build.watch import Watcher
from kb.config import Settings
from kb.errors import UserError, because
from kb.web import create_app, limits, server
from kb.web.processes import keep_running
from kb.web.proxies import Proxies

_BACKLOG = 1024  # connections that wait to be taken

_TURN = 0.02
"""Seconds for which a thread has Python to itself: about a page. Handing over in the midst of
pages, as Python does every 5 ms, costs a fifth of all pages under load."""


def _is_own(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)} if host else set()
    except (OSError, UnicodeError):  # no such name; the server says so itself
        return True
    return bool(found) and all(ipaddress.ip_address(a.split("%")[0]).is_loopback for a in found)


def serve(settings: Settings) -> None:
    """Serve until stopped, in as many processes as `settings` asks for.

    The processes take requests from the same sockets, and map the
    same pages of the index; the one that started them watches the library.

    Raises:
        UserError: The address cannot be listened on, or others could reach it.
    """
    if not _is_own(settings.host):
        raise UserError(
            f"Adressen ”{settings.host}” kan nås från andra datorer. Innan Minnesbanken lyssnar "
            "där måste åtkomsten ställas in, med konton för dem som får läsa och ändra, och det "
            "går inte än. Använd 127.0.0.1."
        )
    sockets = _listening(settings)
    print(f"Minnesbanken: http://{settings.host}:{settings.port}/ (avsluta med Ctrl+C)", flush=True)
    Watcher(settings).start()
    # New with every start: no secret to keep, and forms older than that are sent anew.
    secret = secrets.token_bytes(32)
    if settings.processes == 1:
        _answer(settings, sockets, secret)
    else:
        keep_running(settings.processes, _answer, settings, sockets, secret)


def _listening(settings: Settings) -> list[socket.socket]:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        return [
            socket.create_server(address[:2], family=family, backlog=_BACKLOG)
            for family, address in dict.fromkeys((own[0], own[4]) for own in found)
        ]
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise UserError(f"Porten {where} är upptagen. Välj en annan med --port.") from error
        raise UserError(f"Det går inte att lyssna på {where}: {because(error)}.") from error


def _answer(settings: Settings, sockets: list[socket.socket], secret: bytes) -> None:
    """Answer requests in this process until it is stopped."""
    sys.setswitchinterval(_TURN)
    app = create_app(settings, CurrentIndex(settings), secret)
    server.create(
        app,
        sockets,
        threads=settings.threads,
        proxies=Proxies(settings.proxies),
        largest_body=limits.largest_body(app),
    ).run()
