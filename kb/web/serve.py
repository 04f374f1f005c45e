"""Serve the pages with a production WSGI server."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
import webbrowser

from markupsafe import escape

from kb import durable, layout
from kb.build.current_index import CurrentIndex
from kb.build.watch import Watcher
from kb.config import Settings
from kb.errors import UserError, because
from kb.state import State, open_state, state_folder
from kb.web import create_app, limits, server
from kb.web.opening import link
from kb.web.processes import keep_running
from kb.web.proxies import Proxies

_BACKLOG = 1024  # connections that wait to be accepted

_TURN = 0.02
"""Seconds for which a thread keeps the interpreter lock: about one page. Switching in the middle
of pages, as Python does every 5 ms by default, costs a fifth of the throughput under load."""


def _is_own(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)} if host else set()
    except (OSError, UnicodeError):  # no such name; the server reports that itself
        return True
    return bool(found) and all(ipaddress.ip_address(a.split("%")[0]).is_loopback for a in found)


def serve(settings: Settings, *, browse: bool = False) -> None:
    """Serve until stopped, in as many processes as `settings` asks for.

    The processes take requests from the same sockets, and map the
    same pages of the index; the one that started them watches the library.

    Args:
        settings: How this installation is set up.
        browse: Whether to open the start-up link in a browser.

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
    state = open_state(state_folder(settings.library, settings.state))
    _greet(settings, state, browse=browse)
    Watcher(settings).start()
    if settings.processes == 1:
        _answer(settings, sockets, state)
    else:
        keep_running(settings.processes, _answer, settings, sockets, state)


def _greet(settings: Settings, state: State, *, browse: bool) -> None:
    """Print the address of the pages and how to get the right to change things."""
    here = _root(settings)
    print(f"Minnesbanken: {settings.public or here}/ (avsluta med Ctrl+C)")
    key_link = link(settings.public or here, state.token)
    if settings.everybody:
        print("Alla som når adressen får ändra och ta bort allt (KB_RIGHTS=alla).")
    else:
        print(f"För att få ändra, öppna: {key_link}")
    sys.stdout.flush()
    if browse:
        _open_browser(link(here, state.token), state)


def _root(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def _open_browser(url: str, state: State) -> None:
    """Open the start-up link in a browser.

    The arguments of a program can be seen by all accounts of a machine, so the browser opens a
    file that only this account can read and that redirects, as Jupyter does.
    """
    page = state.folder / layout.STATE_LINK
    sent = f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(url)}">'
    try:
        durable.put(page, sent.encode())
        opened = webbrowser.open(page.as_uri())
    except (OSError, webbrowser.Error):
        opened = False
    if not opened:
        print("Webbläsaren gick inte att öppna. Öppna länken ovan själv.", flush=True)


def _listening(settings: Settings) -> list[socket.socket]:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        return [
            socket.create_server(address[:2], family=family, backlog=_BACKLOG)
            for family, address in dict.fromkeys((family, address) for family, *_, address in found)
        ]
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise UserError(f"Porten {where} är upptagen. Välj en annan med --port.") from error
        raise UserError(f"Det går inte att lyssna på {where}: {because(error)}.") from error


def _answer(settings: Settings, sockets: list[socket.socket], state: State) -> None:
    """Answer requests in this process until it is stopped."""
    sys.setswitchinterval(_TURN)
    app = create_app(settings, CurrentIndex(settings), state)
    server.create(
        app,
        sockets,
        threads=settings.threads,
        proxies=Proxies(settings.proxies),
        largest_body=limits.largest_body(app),
    ).run()
