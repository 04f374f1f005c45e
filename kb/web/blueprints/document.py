"""A document: its facts and its text, with the words of the search marked."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from kb import corrections
from kb.web import phrases
from kb.web.context import current_engine, index_source, requested_query
from kb.web.views.document import document_page

blueprint = Blueprint("document", __name__)


@blueprint.get("/dokument/<path:doc_id>")
def show(doc_id: str) -> str:
    """Show a document."""
    engine = current_engine()
    document = engine.document(doc_id)
    if document is None:
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
    return render_template("document.html", page=page, query=query)
