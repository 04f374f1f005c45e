"""Error pages that the server sends without calling the application, rendered at the start."""

from __future__ import annotations

from flask import Flask

from kb.web import security
from kb.web.api.blueprint import PREFIX, problem
from kb.web.api.openapi import PROBLEM
from kb.web.errors import error_page

_CODES = (400, 408, 413, 429, 431, 500, 501)
_SECONDS = "10"  # after which the client may try again

Headers = list[tuple[str, str]]


class Refusals:
    """Error pages and problem details of `app`, rendered in advance."""

    def __init__(self, app: Flask) -> None:
        with app.test_request_context("/"):
            self._pages = {code: error_page(code, bare=True).encode() for code in _CODES}
            self._problems = {code: problem(code).get_data() for code in _CODES}

    def answer(self, code: int, path: str) -> tuple[Headers, bytes]:
        """Return headers and body of an answer of that status to a request for `path`."""
        code = code if code in self._pages else 500 if code >= 500 else 400
        is_api = path.startswith(f"{PREFIX}/")
        headers = [
            ("Content-Type", PROBLEM if is_api else "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *security.HEADERS.items(),
        ]
        if code in (408, 429):
            headers.append(("Retry-After", _SECONDS))
        return headers, self._problems[code] if is_api else self._pages[code]
