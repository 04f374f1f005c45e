"""Delivery of answers: compression, conditional requests and rate limits."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress
from flask_limiter import Limiter

from kb.actions.permissions import Right
from kb.web.identity import is_loopback, may
from kb.web.proxies import Proxies

RATE = "300 per minute; 3000 per hour"
"""Rate limits of one address; people who may change things are not limited.

A reader opens a page a few times a minute, a type-ahead asks some times a second. Each
serving process counts separately, so that nothing is shared: the limit is multiplied by the
number of processes that a reader reaches.
"""

_PACKED = ["text/html", "text/css", "text/javascript", "application/json", "text/csv",
           "application/atom+xml", "application/problem+json", "image/svg+xml"]  # fmt: skip
_STATIC = "static"
_NOBODY = "-"  # a request without an address


def install(app: Flask, proxies: Proxies) -> None:
    """Compress answers, and answer 304 for unchanged content and 429 above the rate limit."""
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
        """Set an ETag from the content, so that unchanged content is not sent again."""
        if request.method in {"GET", "HEAD"} and response.status_code == 200:
            if not response.is_streamed and not response.get_etag()[0]:
                response.add_etag()
            response.make_conditional(request)
        packed: Response = compress.after_request(response)
        return packed


_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers by which a proxy shows that the address is the proxy's, not the reader's."""


def _is_anybody() -> bool:
    """Tell whether the address does not identify the reader.

    Users of this machine, and all readers behind a proxy that does not name them, share one
    address, and must not use up each other's rate limit. It gives no right.
    """
    address = request.remote_addr or ""
    return is_loopback(address) and not any(name in request.headers for name in _FORWARDED)
