"""Who makes a request, and the guard that every request passes.

Until accounts exist there are two kinds of people: those who have opened the link that `kb serve`
prints, whose browsers keep its key as a cookie, and readers. The address of a request gives no
right, since behind a proxy every request comes from this machine.
"""

from __future__ import annotations

import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

from kb.actions.desk import Desk
from kb.actions.permissions import AccessRole, Person, Right
from kb.config import Settings, operator
from kb.state import State
from kb.web.context import index_source
from kb.web.rules import RULES

_STATE = "minnesbanken.state"
_SETTINGS = "minnesbanken.settings"
_DAYS = 180
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def person() -> Person:
    """Return who makes the current request."""
    if _settings().everybody or is_key(request.cookies.get(cookie_name(), "")):
        return Person(operator(), AccessRole.ADMINISTRATOR)
    return Person("", AccessRole.READER)


def desk() -> Desk:
    """Return the desk of the person who makes the current request."""
    return Desk(person(), index_source())


def may(right: Right) -> bool:
    """Tell whether the person who makes the current request has a right; also for templates."""
    return person().may(Right(right))


def is_key(given: str) -> bool:
    """Tell whether something is the key in the start-up link."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), state().token.encode())


def keep_key(response: Response | object, *, forget: bool = False) -> None:
    """Set or delete the browser's cookie with the key."""
    assert isinstance(response, Response)
    if forget:
        response.delete_cookie(cookie_name(), path="/")
        return
    response.set_cookie(
        cookie_name(),
        state().token,
        max_age=_DAYS * 86_400,
        path="/",
        httponly=True,
        # Lax: a link in a message leads an editor to a page they can edit.
        samesite="Lax",
        secure=request.is_secure or _settings().public.startswith("https:"),
    )


def cookie_name() -> str:
    """Return the name of the key's cookie; servers on other ports of this host see it as well."""
    return f"minnesbanken_nyckel_{state().mark}"


def state() -> State:
    """Return the state of this application."""
    held: State = current_app.extensions[_STATE]
    return held


def install(app: Flask, settings: Settings, kept: State) -> None:
    """Refuse each request whose person lacks the right that its rule requires."""
    app.extensions[_STATE], app.extensions[_SETTINGS] = kept, settings

    @app.before_request
    def guard() -> None:
        # A foreign name may have been made to point here, so that a page of another site reads this
        # one through the reader's browser (DNS rebinding). Requests to one have no rights.
        if not _is_own_name():
            abort(421)
        if request.endpoint:
            needed = RULES.get(request.endpoint)
            if needed is None or not may(needed):
                abort(403)


def is_own_origin() -> bool:
    """Tell whether the current request was sent from a page of this site."""
    origin = request.headers.get("Origin", "").lower()
    host = urlsplit(origin).netloc
    # A proxy may rewrite the host name of the request.
    return bool(host) and (host == request.host.lower() or origin == _settings().public)


def _settings() -> Settings:
    settings: Settings = current_app.extensions[_SETTINGS]
    return settings


def _is_own_name() -> bool:
    """Tell whether the current request was made to a name of this machine, or the public one."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:  # for example "[::1"
        return False
    return host == "localhost" or is_loopback(host) or host == urlsplit(_settings().public).hostname


def is_loopback(address: str) -> bool:
    """Tell whether an address only means this machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
