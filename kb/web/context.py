"""What a request needs at hand: the current index, its state, and the search in the address."""

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
"""Characters of a search that are read; nobody types more, and a page must stay quick."""

MAX_PARAMS = 200


def index_source() -> IndexSource:
    """Return the source of the index that this application was made with."""
    return cast(IndexSource, current_app.extensions[EXTENSION])


def index_status() -> Status:
    """Return the state of the index, for the banner on every page."""
    return index_source().status()


def dated(response: Response) -> Response:
    """Tell of an answer that follows from the index alone that it is as old as the index."""
    built = index_status().built
    if built:
        response.last_modified = built
    return response


def is_watched() -> bool:
    """Tell whether files put into the library by other means are noticed by themselves."""
    decided = preferences.watch(index_source().library.folder)
    return bool(current_app.extensions[WATCH]) if decided is None else decided


def build_state() -> BuildState | None:
    """Return how it stands with the last build, or None if there was none."""
    return index_source().build_state()


def told(done: Done[T]) -> T:
    """Return what an action made; say on the next page why no build was started after it."""
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
    """Read the search out of the address."""
    params = list(request.args.items(multi=True))[:MAX_PARAMS]
    return Query.from_params((name, value[:MAX_TEXT]) for name, value in params)
