"""The one place where a request is asked who it is and what it may do.

Until accounts exist, whoever sits at the machine itself is its operator: an administrator
under the name of the operating system's user, who could change the files by hand all the same.
Everybody else is a reader.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from flask import Flask, abort, request

from kb.config import operator


class AccessRole(IntEnum):
    """What somebody may do; each role may do all that those before it may."""

    READER = 1  # läsare
    EDITOR = 2  # redaktör
    ADMINISTRATOR = 3  # administratör


@dataclass(frozen=True, slots=True)
class Identity:
    """Who makes a request."""

    name: str
    role: AccessRole

    def may(self, role: AccessRole) -> bool:
        """Tell whether this identity may do what `role` may."""
        return self.role >= role


def identity() -> Identity:
    """Return who makes the current request."""
    if is_from_this_machine():
        return Identity(operator(), AccessRole.ADMINISTRATOR)
    return Identity("", AccessRole.READER)


def may_edit() -> bool:
    """Tell whether the current request may change anything, for the templates."""
    return identity().may(AccessRole.EDITOR)


def may_administer() -> bool:
    """Tell whether the current request may do what cannot be undone, for the templates."""
    return identity().may(AccessRole.ADMINISTRATOR)


def require(role: AccessRole) -> Identity:
    """Return who makes the current request; answers 403 when it is not theirs to make."""
    who = identity()
    if not who.may(role):
        abort(403)
    return who


def install(app: Flask) -> None:
    """Let readers read and editors send; views ask for more where they need it."""

    @app.before_request
    def guard() -> None:
        # A foreign name may have been made to point here, so that a page of another site reads
        # ours through the reader's own browser (DNS rebinding). Who comes by one is nobody.
        if not _is_own_name():
            abort(421)
        if request.endpoint:
            reads = request.method in {"GET", "HEAD", "OPTIONS"}
            require(AccessRole.READER if reads else AccessRole.EDITOR)


_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers of a proxy: the address is then the proxy's, not the reader's."""


def is_from_this_machine() -> bool:
    """Tell whether the current request was made on this very machine, not through a proxy."""
    return (
        _is_loopback(request.remote_addr or "")
        and _is_own_name()
        and not any(name in request.headers for name in _FORWARDED)
    )


def _is_own_name() -> bool:
    """Tell whether the current request was made to a name that only means this machine."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:  # as of "[::1"
        return False
    return host == "localhost" or _is_loopback(host)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
