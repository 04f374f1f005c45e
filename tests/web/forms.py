"""What a browser knows that has a page open."""

from __future__ import annotations

import re

from flask.testing import FlaskClient


def csrf_token(client: FlaskClient, page: str) -> str:
    """Return the token of the forms on `page`."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert token
    return token[1]
