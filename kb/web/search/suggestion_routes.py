"""What a search that is being typed may become, for the script of the search box and browsers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, url_for

from kb.search.completing import complete
from kb.web import phrases
from kb.web.context import current_engine, requested_query
from kb.web.urls import search_url

blueprint = Blueprint("suggestions", __name__)


@blueprint.get("/forslag")
def show() -> Response:
    """Answer with the ways to go on, the likeliest first, as JSON."""
    found = complete(current_engine(), requested_query())
    return jsonify(
        suggestions=[
            {
                "label": own.label,
                "kind": own.facet.label if own.facet else "",
                "count": phrases.hits(own.count),
                "text": own.label if own.facet is None else "",
                "url": search_url(own.query),
            }
            for own in found
        ]
    )


@blueprint.get("/forslag/webblasare")
def for_browsers() -> Response:
    """Answer as browsers ask (OpenSearch Suggestions 1.1)."""
    query = requested_query()
    words = [own for own in complete(current_engine(), query) if own.facet is None]
    answer = jsonify(
        [
            query.text,
            [own.label for own in words],
            [phrases.hits(own.count) for own in words],
            [url_for("search.results", q=own.label, _external=True) for own in words],
        ]
    )
    answer.mimetype = "application/x-suggestions+json"
    return answer


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Describe the search, so that a browser can add it to its own."""
    page = render_template("search/opensearch.xml")
    return Response(page, mimetype="application/opensearchdescription+xml")
