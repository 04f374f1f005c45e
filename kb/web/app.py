"""The application factory: joins settings, the index and the blueprints."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, request, url_for

from kb import logs
from kb.actions.permissions import Right
from kb.config import Settings
from kb.model import STATEMENT_KINDS
from kb.read.limits import megabytes
from kb.search.facets import FACETS
from kb.state import State, open_state
from kb.web import (
    csrf,
    delivery,
    formats,
    forms,
    identity,
    limits,
    opening,
    phrases,
    security,
    urls,
)
from kb.web.api import blueprint as api
from kb.web.articles import routes as articles
from kb.web.context import EXTENSION, WATCH, build_state, index_status
from kb.web.corrections import routes as corrections
from kb.web.document import routes as document
from kb.web.errors import register_errors
from kb.web.help import routes as help_pages
from kb.web.knowledge import routes as knowledge
from kb.web.library import routes as library
from kb.web.proxies import Proxies
from kb.web.search import routes as search
from kb.web.source import IndexSource

_PAGES = (search, document, corrections, library, articles, knowledge, help_pages, opening, api)
"""The modules that have blueprints."""

_FONTS = ("fonts/source-sans-3-latin-wght-normal.woff2", "fonts/minnesbanken-serif-latin-600.woff2")
"""Fonts that are preloaded before the style sheet is parsed, so that no text is drawn twice."""

_PACKAGE = Path(__file__).resolve().parent.parent


def templates_folder() -> Path:
    """Return the templates: inside the package once installed, beside it in a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def create_app(settings: Settings, source: IndexSource, state: State | None = None) -> Flask:
    """Make the web application.

    Args:
        settings: How this installation is set up.
        source: Provides the current index.
        state: Keys, the same in all processes that serve together; None for new ones that last
            as long as the application.
    """
    app = Flask("kb.web", template_folder=str(templates_folder()))
    if state is None:
        passing = TemporaryDirectory()
        app.extensions["minnesbanken.passing"] = passing  # it is deleted with the application
        state = open_state(Path(passing.name))
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 86_400
    app.extensions[EXTENSION] = source
    app.extensions[WATCH] = settings.watch
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(
        {
            "antal": formats.number,
            "capfirst": formats.capitalized,
            "nagra": formats.abridged,
            "datum": formats.long_date,
            "veckodag": formats.weekday_date,
            "procent": formats.percent,
            "storlek": formats.file_size,
            "megabyte": megabytes,
            "tidpunkt": formats.moment,
            "tidsrymd": formats.span,
        }
    )
    app.jinja_env.globals.update(
        site=phrases.SITE,
        facets=FACETS,
        statement_kinds=STATEMENT_KINDS,
        asset=_asset,
        fonts=_FONTS,
        filter_url=urls.filter_url,
        municipality_url=urls.municipality_url,
        group_url=urls.group_url,
        person_url=urls.person_url,
        index_status=index_status,
        build_state=build_state,
        may=identity.may,
        Right=Right,
        form_keys=forms.form_keys,
    )
    for page in _PAGES:
        for blueprint in page.BLUEPRINTS:
            app.register_blueprint(blueprint)
    register_errors(app)
    app.before_request(_log_address)
    identity.install(app, settings, state)
    limits.install(app)
    csrf.install(app, state)
    forms.install(app, state.forms)
    security.install(app)
    delivery.install(app, Proxies(settings.proxies))
    return app


def _log_address() -> None:
    logs.asked(f"{request.method} {request.path}")


def _asset(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]
