"""Serve the pages with a production WSGI server."""

from __future__ import annotations

import errno
import ipaddress
import socket

import waitress.server

from kb.config import Settings
from kb.errors import UserError, because
from kb.live import LiveIndex
from kb.watch import Watcher
from kb.web import create_app


def _is_own(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)} if host else set()
    except (OSError, UnicodeError):  # no such name; the server says so itself
        return True
    return bool(found) and all(ipaddress.ip_address(a.split("%")[0]).is_loopback for a in found)


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Waitress: pure Python, no compiler or configuration, the same on every system,
    threads in one process that share the open index, and long maintained.

    Raises:
        UserError: The address cannot be listened on, or others could reach it.
    """
    if not _is_own(settings.host):
        raise UserError(
            f"Adressen ”{settings.host}” kan nås från andra datorer. Innan Minnesbanken lyssnar "
            "där måste åtkomsten ställas in, med konton för dem som får läsa och ändra, och det "
            "går inte än. Använd 127.0.0.1."
        )
    app = create_app(settings, LiveIndex(settings))
    try:
        server = waitress.server.create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            # What a proxy says is not believed, but that there is one must be seen (identity.py).
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise UserError(f"Porten {where} är upptagen. Välj en annan med --port.") from error
        raise UserError(f"Det går inte att lyssna på {where}: {because(error)}.") from error
    print(f"Minnesbanken: http://{settings.host}:{settings.port}/ (avsluta med Ctrl+C)", flush=True)
    Watcher(settings).start()
    server.run()
