"""Errors as pages: Swedish, helpful, and never a traceback."""

from __future__ import annotations

import logging

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from kb.actions.permissions import NotAllowedError
from kb.errors import NotFoundError, UserError
from kb.web import phrases
from kb.web.api.blueprint import PREFIX, problem
from kb.web.forms import kept_form

log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Register a page for every error."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = _answer(error.code or 500)
        # A redirect or a "not modified" is not an error and is left as it is.
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                response.headers[name] = value
        return response

    @app.errorhandler(UserError)
    def user_error(error: UserError) -> Response:
        if isinstance(error, NotAllowedError):
            return _answer(403)
        return _answer(404 if isinstance(error, NotFoundError) else 400, str(error))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unhandled error", exc_info=error)
        return _answer(500)


def _answer(code: int, message: str | None = None) -> Response:
    if request.path.startswith(f"{PREFIX}/"):
        return problem(code, message)
    return Response(error_page(code, message), code, mimetype="text/html")


def error_page(code: int, message: str | None = None, *, bare: bool = False) -> str:
    """Return the page of an error, with `message` for the usual explanation.

    A `bare` page does not mention the index.
    """
    fallback = 500 if code >= 500 else 400
    heading, explanation = phrases.ERRORS.get(code, phrases.ERRORS[fallback])
    return render_template(
        "error.html",
        code=code,
        heading=heading,
        message=message or explanation,
        kept=kept_form(),
        # The state of the index may be what failed, and is not shown to everybody.
        bare=bare or code in (421, 500),
    )
