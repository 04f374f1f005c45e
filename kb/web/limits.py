"""How large a request may be, by its address."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, request
from werkzeug.exceptions import HTTPException

LARGEST_FORM = 100_000
"""Bytes of a request; forms are small."""

LARGEST_UPLOAD = 300 << 20
"""Bytes of a request that sends files."""

_UPLOAD = "upload.send"


def install(app: Flask) -> None:
    """Answer 413 to what is larger; this must stand before anything looks into a form."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM

    @app.before_request
    def allow_uploads() -> None:
        request.max_content_length = _largest(request.endpoint)


def largest_body(app: Flask) -> Callable[[str, str], int]:
    """Return what tells the bytes that a body may have, before it is received.

    It is given the method and the path, the latter as WSGI has it.
    """
    addresses = app.url_map.bind("localhost")

    def largest(method: str, path: str) -> int:
        try:
            endpoint, _ = addresses.match(path.encode("latin-1").decode("utf-8", "replace"), method)
        except HTTPException:  # no such address, or not by that method
            endpoint = None
        return _largest(endpoint)

    return largest


def _largest(endpoint: str | None) -> int:
    return LARGEST_UPLOAD if endpoint == _UPLOAD else LARGEST_FORM
