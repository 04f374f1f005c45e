"""A search as something other programs follow or take along: Atom, CSV and JSON."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort

from kb.search.results import HitList
from kb.web.context import current_engine, dated, index_source, requested_query
from kb.web.search.feeds import MOST_EXPORTED, atom_feed, csv_table, exported_json, newest

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/sok.atom")
def atom() -> Response:
    """Send the documents a search finds that came to the library last."""
    query = requested_query()
    entries = newest(current_engine(), query, index_source().original)
    if entries is None:
        abort(503)  # an empty feed would say that there is nothing to read
    return dated(Response(atom_feed(query, entries), mimetype="application/atom+xml"))


@blueprint.get("/sok.csv")
def table() -> Response:
    """Send all documents a search finds for a spreadsheet."""
    listed = _all_hits()
    headers = {"Content-Disposition": "attachment; filename=traffar.csv"}
    return dated(Response(csv_table(listed), mimetype="text/csv", headers=headers))


@blueprint.get("/sok.json")
def json() -> Response:
    """Send all documents a search finds as JSON."""
    return dated(Response(exported_json(_all_hits()), mimetype="application/json"))


def _all_hits() -> HitList:
    """Return what the requested search finds, from its first page whichever page was asked for."""
    return current_engine().listing(replace(requested_query(), page=1), MOST_EXPORTED)
