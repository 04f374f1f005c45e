"""Pages that renew themselves while something is under way, also without a script."""

from __future__ import annotations

from flask import Response, make_response, request

SECONDS = 5

STILL = "stilla"
"""The parameter that says the reader wants the page to stay as it is."""


def following(page: str, under_way: bool) -> Response:
    """Return a page that renews itself as long as something is under way."""
    response = make_response(page)
    if under_way and STILL not in request.args:
        response.headers["Refresh"] = str(SECONDS)
    return response
