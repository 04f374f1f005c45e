"""Serve the pages with a production WSGI server."""

from __future__ import annotations

import waitress

from kb.config import Settings
from kb.live import LiveIndex
from kb.web import create_app


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Waitress: pure Python, no compiler or configuration, the same on every system,
    threads in one process that share the open index, and long maintained.
    """
    app = create_app(settings, LiveIndex(settings))
    print(f"Minnesbanken: http://{settings.host}:{settings.port}/ (avsluta med Ctrl+C)", flush=True)
    waitress.serve(app, host=settings.host, port=settings.port, threads=settings.threads)
