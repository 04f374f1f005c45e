"""The start page, the page of results and all that lists or exports what a search finds."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.library import region
from kb.search.completing import complete
from kb.search.facets import FACETS
from kb.search.results import HitList
from kb.web import phrases
from kb.web.context import MAX_TEXT, current_engine, dated, index_source, requested_query
from kb.web.search.facets import value_list
from kb.web.search.feeds import MOST_EXPORTED, atom_feed, csv_table, exported_json, newest
from kb.web.search.results import answer
from kb.web.search.start import start_page
from kb.web.search.trend import MOST_SERIES, TrendPage, trend_csv, trend_page
from kb.web.urls import search_url

pages = Blueprint("search", __name__)
suggestions = Blueprint("suggestions", __name__)
feeds = Blueprint("feeds", __name__)
trend = Blueprint("trend", __name__)

BLUEPRINTS = (pages, suggestions, feeds, trend)


@pages.get("/")
def start() -> str | AnyResponse:
    """Show what the library holds; an address with a search in it is sent on."""
    query = requested_query()
    if query.to_params():
        return redirect(search_url(query))
    return render_template(
        "search/start.html",
        page=start_page(current_engine(), region.load(index_source().library.folder)),
    )


@pages.get("/sok")
def results() -> str:
    """Show what a search finds."""
    page = answer(current_engine(), requested_query())
    return render_template("search/results.html", page=page, query=page.query)


@pages.get("/sok/<facet>")
def values(facet: str) -> str:
    """Show every value of a facet, in order of the alphabet."""
    if facet not in FACETS:
        abort(404)
    page = value_list(current_engine(), requested_query(), FACETS[facet])
    return render_template("search/values.html", page=page, query=page.query)


@suggestions.get("/forslag", endpoint="show")
def suggest() -> Response:
    """Answer the search box with the ways to go on, the likeliest first, as JSON."""
    found = complete(current_engine(), requested_query())
    return jsonify(
        suggestions=[
            {
                "label": completion.label,
                "kind": completion.facet.label if completion.facet else "",
                "count": phrases.hits(completion.count),
                "text": completion.label if completion.facet is None else "",
                "url": search_url(completion.query),
            }
            for completion in found
        ]
    )


@suggestions.get("/forslag/webblasare", endpoint="for_browsers")
def suggest_to_browser() -> Response:
    """Answer as browsers ask (OpenSearch Suggestions 1.1)."""
    query = requested_query()
    words = [one for one in complete(current_engine(), query) if one.facet is None]
    suggested = jsonify(
        [
            query.text,
            [one.label for one in words],
            [phrases.hits(one.count) for one in words],
            [url_for("search.results", q=one.label, _external=True) for one in words],
        ]
    )
    suggested.mimetype = "application/x-suggestions+json"
    return suggested


@suggestions.get("/opensearch.xml", endpoint="description")
def describe_to_browser() -> Response:
    """Describe the search, so that a browser can add it to its own."""
    page = render_template("search/opensearch.xml")
    return Response(page, mimetype="application/opensearchdescription+xml")


@feeds.get("/sok.atom")
def atom() -> Response:
    """Send the documents a search finds that came to the library last."""
    query = requested_query()
    entries = newest(current_engine(), query, index_source().original)
    if entries is None:
        abort(503)  # an empty feed would say that there is nothing to read
    return dated(Response(atom_feed(query, entries), mimetype="application/atom+xml"))


@feeds.get("/sok.csv")
def table() -> Response:
    """Send all documents a search finds for a spreadsheet."""
    return dated(_attached(csv_table(_all_hits()), "traffar.csv"))


@feeds.get("/sok.json")
def json() -> Response:
    """Send all documents a search finds as JSON."""
    return dated(Response(exported_json(_all_hits()), mimetype="application/json"))


@trend.get("/trend", endpoint="show")
def show_trend() -> str:
    """Show the trends of the searches in the address, as picture and table."""
    return render_template("search/trend.html", page=_trend(), most=MOST_SERIES)


@trend.get("/trend.csv", endpoint="table")
def trend_table() -> Response:
    """Send the figures for a spreadsheet."""
    return dated(_attached(trend_csv(_trend()), "trend.csv"))


def _trend() -> TrendPage:
    typed = request.args.getlist("ord")[:20]
    clean = (text.encode("utf-8", "replace").decode()[:MAX_TEXT].strip() for text in typed)
    return trend_page(current_engine(), list(clean))


def _all_hits() -> HitList:
    """Return what the requested search finds, from its first page whichever page was asked for."""
    return current_engine().listing(replace(requested_query(), page=1), MOST_EXPORTED)


def _attached(table: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(table, mimetype="text/csv", headers=headers)
