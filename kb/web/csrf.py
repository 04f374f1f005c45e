"""Protects forms against cross-site requests: a token in each, and a check of the origin.

Flask-WTF (Pallets' own community keeps it) signs the token and ties it to the session cookie.
"""

from __future__ import annotations

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from kb.state import State
from kb.web import phrases
from kb.web.errors import error_page
from kb.web.identity import is_own_origin


def install(app: Flask, kept: State) -> None:
    """Protect every request that may change something, by tokens signed with the state's secret."""
    app.config.update(
        SECRET_KEY=kept.secret,
        SESSION_COOKIE_NAME=f"minnesbanken_{kept.mark}",
        SESSION_COOKIE_HTTPONLY=True,
        # Strict would start a new session when a link in a message is followed, and end the one
        # that forms in other tabs belong to.
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )

    @app.before_request
    def same_origin() -> None:
        changes = request.endpoint and request.method not in {"GET", "HEAD", "OPTIONS"}
        if changes and not is_own_origin():
            raise CSRFError(phrases.FOREIGN_FORM)

    CSRFProtect(app)

    @app.errorhandler(CSRFError)
    def refused(error: CSRFError) -> tuple[str, int]:
        foreign = error.description == phrases.FOREIGN_FORM
        return error_page(400, phrases.FOREIGN_FORM if foreign else phrases.OLD_FORM), 400
