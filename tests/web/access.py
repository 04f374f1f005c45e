"""Who a request is made by, in tests."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.actions.permissions import AccessRole, Person
from kb.web import identity


def key_cookie(app: Flask) -> tuple[str, str]:
    """Return name and value of the cookie that whoever opened the start-up link has."""
    with app.test_request_context():
        return identity.cookie_name(), identity.state().token


def with_key(app: Flask) -> FlaskClient:
    """Return the browser of somebody who has opened the start-up link."""
    client = app.test_client()
    client.set_cookie(*key_cookie(app))
    return client


def be(monkeypatch: pytest.MonkeyPatch, name: str, role: AccessRole) -> None:
    """Let every request be made by somebody else."""
    monkeypatch.setattr("kb.web.identity.person", lambda: Person(name, role))
