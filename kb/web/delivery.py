"""How answers travel: compressed, not sent twice, and not asked for without end."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress
from flask_limiter import Limiter

from kb.actions.permissions import Right
from kb.web.identity import is_loopback, may
from kb.web.proxies import Proxies

RATE = "300 per minute; 3000 per hour"
"""Requests of one address; who may change things is not counted.

A reader opens a page a few times a minute, a type-ahead asks some times a second. Each
process that serves counts for itself, so that there is nothing to share: of several, a
reader who asks them all gets as many times more.
"""

_PACKED = ["text/html", "text/css", "text/javascript", "application/json", "text/csv",
           "application/atom+xml", "application/problem+json", "image/svg+xml"]  # fmt: skip
_STATIC = "static"
_NOBODY = "-"  # a request that says nothing of where it came from


def install(app: Flask, proxies: Proxies) -> None:
    """Compress, answer 304 to what the reader has, and 429 to what is too much."""
    app.config.setdefault("COMPRESS_MIMETYPES", _PACKED)
    app.config.setdefault("COMPRESS_REGISTER", False)
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", True)
    compress = Compress(app)

    def address() -> str:
        """Return whose request it is."""
        forwarded = ",".join(request.headers.getlist("X-Forwarded-For"))
        return proxies.reader(request.remote_addr or _NOBODY, forwarded)

    limiter = Limiter(
        address,
        app=app,
        application_limits=[RATE],
        storage_uri="memory://",
        strategy="moving-window",
    )

    @limiter.request_filter
    def is_free() -> bool:
        return request.endpoint == _STATIC or may(Right.CORRECT) or _is_anybody()

    @app.after_request
    def once(response: Response) -> Response:
        """Name what is sent by its content, so that the same is not sent again."""
        if request.method in {"GET", "HEAD"} and response.status_code == 200:
            if not response.is_streamed and not response.get_etag()[0]:
                response.add_etag()
            response.make_conditional(request)
        packed: Response = compress.after_request(response)
        return packed


_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers by which a proxy says that the address is its own, not the reader's."""


def _is_anybody() -> bool:
    """Tell whether the address says nothing of whose request it is.

    Those at the machine itself and all readers of a proxy that names nobody come from the same
    address, and one must not use up what the others may ask. It gives no right.
    """
    address = request.remote_addr or ""
    return is_loopback(address) and not any(name in request.headers for name in _FORWARDED)
