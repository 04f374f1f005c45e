from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import replace

import pytest

from kb.config import Settings
from kb.web import create_app, delivery

PROXIED = {"X-Forwarded-For": "192.0.2.7"}


def test_what_the_reader_has_is_not_sent_again(client):
    for path in ("/", "/sok?q=barn", "/api/v1/overview", "/trend?ord=barn"):
        first = client.get(path)
        assert first.headers["ETag"]
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
    other = client.get("/sok?q=familjehem", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/sok.atom?q=barn", "/sok.csv", "/sok.json", "/trend.csv?ord=ja"])
def test_what_follows_from_the_index_is_as_old_as_it(client, source, path):
    built = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)
    source.state = replace(source.state, built=built)
    first = client.get(path)
    assert first.last_modified == built
    known = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(path, headers=known).status_code == 304
    source.state = replace(source.state, built=built + dt.timedelta(minutes=1))
    assert client.get(path, headers=known).status_code == 200


def test_originals_and_what_pages_are_made_of_tell_when_they_changed(client):
    for path in ("/original/003_5e5d61977808aeba.txt", "/static/style.css"):
        first = client.get(path)
        known = {"If-Modified-Since": first.headers["Last-Modified"]}
        assert client.get(path, headers=known).status_code == 304


def test_pages_travel_packed(client):
    plain = client.get("/sok?q=barn")
    packed = client.get("/sok?q=barn", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data).startswith(b"<!doctype html>")
    tag = packed.headers["ETag"]
    again = client.get("/sok?q=barn", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert again.status_code == 304


@pytest.fixture
def proxied(source):
    """Ask as readers do through a proxy that is set."""
    return create_app(Settings(proxies=("127.0.0.1",)), source).test_client()


def test_a_reader_cannot_pass_for_another(stranger, proxied):
    most = int(delivery.RATE.split()[0])
    for number in range(most):
        invented = {"X-Forwarded-For": f"198.51.100.{number % 250}"}
        assert stranger.get("/hjalp", headers=invented).status_code == 200
        added = {"X-Forwarded-For": f"198.51.100.{number % 250}, 192.0.2.7"}
        assert proxied.get("/hjalp", headers=added).status_code == 200
    assert stranger.get("/hjalp", headers=PROXIED).status_code == 429
    assert proxied.get("/hjalp", headers=PROXIED).status_code == 429


def test_whoever_asks_without_end_is_told_to_wait(client, proxied):
    most = int(delivery.RATE.split()[0])
    for _ in range(most):
        assert proxied.get("/hjalp", headers=PROXIED).status_code == 200
    answer = proxied.get("/hjalp", headers=PROXIED)
    assert answer.status_code == 429
    assert "Vänta en liten stund" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert proxied.get("/api/v1/status", headers=PROXIED).json["status"] == 429
    # Others, what pages are made of, and who may change things are not held up.
    other = {"X-Forwarded-For": "192.0.2.8"}
    assert proxied.get("/hjalp", headers=other).status_code == 200
    assert proxied.get("/static/style.css", headers=PROXIED).status_code == 200
    assert proxied.get("/hjalp").status_code == 200
    assert client.get("/hjalp", headers=PROXIED).status_code == 200
