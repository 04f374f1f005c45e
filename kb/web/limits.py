"""How large a request may be."""

from __future__ import annotations

from flask import Flask, request

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
        if request.endpoint == _UPLOAD:
            request.max_content_length = LARGEST_UPLOAD
