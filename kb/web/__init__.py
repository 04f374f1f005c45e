"""The pages: Flask, rendered on the server, in Swedish."""

from kb.web.app import create_app
from kb.web.source import IndexSource

__all__ = ["IndexSource", "create_app"]
