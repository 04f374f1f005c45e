"""A document: its facts and its text, with the words of the search marked."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from kb import corrections
from kb.web import phrases
from kb.web.context import current_engine, index_source, requested_query
from kb.web.urls import document_url
from kb.web.views.document import document_page

blueprint = Blueprint("document", __name__)


@blueprint.get("/dokument/<path:doc_id>")
def show(doc_id: str) -> str | Response:
    """Show a document; one that says what another one says is shown as that one."""
    engine = current_engine()
    duplicates = index_source().status().duplicates
    document = engine.document(doc_id)
    if document is None:
        if doc_id in duplicates:
            return redirect(document_url(duplicates[doc_id], requested_query()))
        abort(404)
    reading = request.args.get("lasning", "")
    query = requested_query()
    original = index_source().original(doc_id)
    page = document_page(
        engine,
        document,
        query,
        reading=reading if reading in phrases.READINGS else "",
        original=original,
        corrections=corrections.load(original).corrections if original else (),
    )
    also = sorted(path for path, first in duplicates.items() if first == doc_id)
    return render_template("document.html", page=page, query=query, also=also)
