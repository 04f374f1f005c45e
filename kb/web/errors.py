"""Errors as pages: Swedish, helpful, and never a traceback."""

from __future__ import annotations

import logging

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from kb.errors import UserError
from kb.web import phrases

log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Give every error a page."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
        code = error.code or 500
        # A redirect or a "not modified" is no error; it keeps its own answer.
        headers = [(k, v) for k, v in error.get_headers() if k in {"Allow", "Retry-After"}]
        return error_page(code), code, headers

    @app.errorhandler(UserError)
    def user_error(error: UserError) -> tuple[str, int]:
        return error_page(400, str(error)), 400

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        log.error("unhandled error", exc_info=error)
        return error_page(500), 500


def error_page(code: int, message: str | None = None) -> str:
    """Return the page of an error, with `message` for the usual explanation."""
    fallback = 500 if code >= 500 else 400
    heading, explanation = phrases.ERRORS.get(code, phrases.ERRORS[fallback])
    return render_template(
        "error.html",
        code=code,
        heading=heading,
        message=message or explanation,
        # The state of the index may be the very thing that failed.
        bare=code == 500,
    )
