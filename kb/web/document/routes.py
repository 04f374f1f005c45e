"""A document: its facts and its text, with the words of the search marked."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb import corrections
from kb.actions import reading
from kb.actions.permissions import Right
from kb.articles import is_article
from kb.model import Span
from kb.web import phrases
from kb.web.context import current_engine, index_source, requested_query
from kb.web.corrections.fact_forms import Refused
from kb.web.document.original_routes import blueprint as original
from kb.web.document.page import document_page
from kb.web.identity import desk, may
from kb.web.urls import PLACE, document_url

blueprint = Blueprint("document", __name__)

BLUEPRINTS = (blueprint, original)


@blueprint.get("/dokument/<path:doc_id>")
def show(doc_id: str) -> str | Response:
    """Show a document; for a duplicate, the one it repeats."""
    return document_response(doc_id)


def document_response(doc_id: str, refused: Refused | None = None) -> str | Response:
    """Return the page of a document, with the refused form if there is one."""
    if is_article(doc_id):
        return redirect(document_url(doc_id))
    engine = current_engine()
    duplicates = index_source().status().duplicates
    document = engine.document(doc_id)
    if document is None:
        if doc_id in duplicates:
            return redirect(document_url(duplicates[doc_id], requested_query()))
        why = index_source().status().withheld.get(doc_id)
        if why and may(Right.SEE_HIDDEN):
            flash(why)
            return redirect(url_for("corrections.show"))
        abort(404)
    reading.shown(desk(), document)  # a withheld document is for editors only
    way = request.args.get("lasning", "")
    query = requested_query()
    original = index_source().original(doc_id)
    sidecar = corrections.load(original) if original else corrections.Sidecar()
    page = document_page(
        engine,
        document,
        query,
        reading=way if way in phrases.READINGS else "",
        original=original,
        sidecar=sidecar,
        editor=may(Right.CORRECT),
        people=known.person_of(doc_id) if (known := index_source().knowledge()) else {},
        cited=request.args.get("citera", ""),
        asked=_asked_place(),
    )
    also = sorted(path for path, first in duplicates.items() if first == doc_id)
    return render_template(
        "document/document.html", page=page, query=query, refused=refused, also=also
    )


def _asked_place() -> Span | None:
    """Return the characters of the original that the address points to."""
    start, dash, end = request.args.get(PLACE, "").partition("-")
    if dash and start.isdecimal() and end.isdecimal() and len(start + end) < 20:
        return Span(int(start), int(end))
    return None
