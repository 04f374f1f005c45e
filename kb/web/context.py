"""The context of a request: the current index, its state, and the search in the address."""

from __future__ import annotations

from typing import TypeVar, cast

from flask import Response, abort, current_app, flash, request

from kb.actions.desk import Done
from kb.build.background import BuildState
from kb.build.status import Status
from kb.knowledge import KnowledgeBase
from kb.library import preferences
from kb.search.engine import Engine
from kb.search.query import Query
from kb.web.source import IndexSource

T = TypeVar("T")

EXTENSION = "minnesbanken"

WATCH = "minnesbanken.bevaka"
"""Whether the server was started to watch the library."""

MAX_TEXT = 1000
"""Characters of a search that are read; real searches are shorter, and pages must stay fast."""

MAX_PARAMS = 200


def index_source() -> IndexSource:
    """Return the source of the index of this application."""
    return cast(IndexSource, current_app.extensions[EXTENSION])


def index_status() -> Status:
    """Return the state of the index, for the banner on every page."""
    return index_source().status()


def dated(response: Response) -> Response:
    """Set the age of an answer that depends on the index alone to the age of the index."""
    built = index_status().built
    if built:
        response.last_modified = built
    return response


def is_watched() -> bool:
    """Tell whether files copied into the library folder are noticed automatically."""
    decided = preferences.watch(index_source().library.folder)
    return bool(current_app.extensions[WATCH]) if decided is None else decided


def build_state() -> BuildState | None:
    """Return the state of the last build, or None if there was none."""
    return index_source().build_state()


def told(done: Done[T]) -> T:
    """Return the result of an action; the next page shows why no build followed, if so."""
    if done.unbuilt:
        flash(done.unbuilt)
    return done.result


def current_engine() -> Engine:
    """Return the current engine; answers 503 when there is no index."""
    engine = index_source().engine()
    if engine is None:
        abort(503)
    return engine


def current_knowledge() -> KnowledgeBase:
    """Return what is known of the current index; answers 503 when there is no index."""
    known = index_source().knowledge()
    if known is None:
        abort(503)
    return known


def requested_query() -> Query:
    """Parse the search in the address."""
    params = list(request.args.items(multi=True))[:MAX_PARAMS]
    return Query.from_params((name, value[:MAX_TEXT]) for name, value in params)
