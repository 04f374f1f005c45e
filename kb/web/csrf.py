"""Keeps other sites from sending our forms: a token in each, and an origin that is ours.

Flask-WTF (Pallets' own community keeps it) signs the token and ties it to the session cookie.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from kb.web import phrases
from kb.web.errors import error_page


def install(app: Flask, secret: bytes) -> None:
    """Protect every request that may change something, by tokens signed with `secret`."""
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="minnesbanken",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )

    @app.before_request
    def same_origin() -> None:
        if request.endpoint and request.method not in {"GET", "HEAD", "OPTIONS"}:
            origin = urlsplit(request.headers.get("Origin", ""))
            if not origin.netloc or origin.netloc != request.host:
                raise CSRFError(phrases.FOREIGN_FORM)

    CSRFProtect(app)

    @app.errorhandler(CSRFError)
    def refused(error: CSRFError) -> tuple[str, int]:
        own = error.description == phrases.FOREIGN_FORM
        return error_page(400, phrases.FOREIGN_FORM if own else phrases.OLD_FORM), 400
