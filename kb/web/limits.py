"""How large a request may be, by its address."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from kb.articles.store import LONGEST

LARGEST_FORM = 100_000
"""Bytes of a request; forms are small."""

LARGEST_UPLOAD = 300 << 20
"""Bytes of a request that sends files."""

LARGEST_ARTICLE = 7 * LONGEST
"""Bytes of a request that sends an article: a letter takes up to six when form-encoded."""


def install(app: Flask) -> None:
    """Answer 413 to larger requests; this must be registered before anything parses a form."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM

    @app.before_request
    def allow_more() -> None:
        request.max_content_length = _largest(request.endpoint)
        # Files are on disk, fields in memory: a file sent with a form costs none.
        request.max_form_memory_size = min(request.max_content_length, LARGEST_ARTICLE)


def largest_body(app: Flask) -> Callable[[str, str], int]:
    """Return a function that tells how large a body may be, before it is received.

    Its arguments are the method and the path, the latter as in WSGI.
    """
    addresses = app.url_map.bind("localhost")

    def largest(method: str, path: str) -> int:
        try:
            endpoint, _ = addresses.match(path.encode("latin-1").decode("utf-8", "replace"), method)
        except HTTPException:  # no such address or method
            endpoint = None
        return _largest(endpoint)

    return largest


def _largest(endpoint: str | None) -> int:
    match endpoint:
        case "upload.send":
            return LARGEST_UPLOAD
        case "articles.create" | "articles.save":
            return LARGEST_ARTICLE
        case _:
            return LARGEST_FORM
