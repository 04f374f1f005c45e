"""The start page, the page of results, and the whole list behind a facet."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from kb.search.facets import FACETS
from kb.web.context import current_engine, requested_query
from kb.web.search.facets import value_list
from kb.web.search.results import answer
from kb.web.search.start import start_page
from kb.web.urls import search_url

blueprint = Blueprint("search", __name__)


@blueprint.get("/")
def start() -> str | Response:
    """Show what the library holds; an address with a search in it is sent on."""
    query = requested_query()
    if query.to_params():
        return redirect(search_url(query))
    return render_template("search/start.html", page=start_page(current_engine()))


@blueprint.get("/sok")
def results() -> str:
    """Show what a search finds."""
    page = answer(current_engine(), requested_query())
    return render_template("search/results.html", page=page, query=page.query)


@blueprint.get("/sok/<facet>")
def values(facet: str) -> str:
    """Show every value of a facet, in order of the alphabet."""
    if facet not in FACETS:
        abort(404)
    page = value_list(current_engine(), requested_query(), FACETS[facet])
    return render_template("search/values.html", page=page, query=page.query)
