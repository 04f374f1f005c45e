"""Corrections: of words, made on a document's page; all of them, reviewed on a separate page."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb import corrections
from kb.actions.permissions import Right
from kb.actions.words import correct_word, undo_word
from kb.errors import UserError
from kb.web import phrases
from kb.web.context import current_engine, index_source, requested_query, told
from kb.web.corrections.fact_routes import blueprint as facts
from kb.web.corrections.page import corrections_page, row_anchor
from kb.web.identity import desk, may
from kb.web.urls import document_url

blueprint = Blueprint("corrections", __name__)

BLUEPRINTS = (blueprint, facts)


@blueprint.get("/rattningar")
def show() -> str:
    """List every correction of the library, newest first."""
    number = request.args.get("sida", "1")
    page = corrections_page(
        corrections.gather(index_source().library),
        current_engine(),
        int(number) if number.isdecimal() and len(number) < 6 else 1,
        index_source().status().withheld,
        editor=may(Right.SEE_HIDDEN),
    )
    return render_template("corrections/corrections.html", page=page)


@blueprint.post("/rattningar")
def add() -> Response:
    """Save the right reading of a word."""
    doc_id = request.form.get("dokument", "")
    document = current_engine().document(doc_id)
    if document is None:
        abort(404)
    word, text = request.form.get("ord", ""), document.source.text
    done = correct_word(desk(), doc_id, text, _original(), word, start=_start())
    correction = told(done)
    return _back(doc_id, phrases.saved(correction.original, correction.corrected))


@blueprint.post("/rattningar/angra")
def undo() -> Response:
    """Delete the correction of a word."""
    doc_id, word = request.form.get("dokument", ""), _original()
    told(undo_word(desk(), doc_id, word, start=_start()))
    return _back(doc_id, phrases.undone(word))


def _original() -> str:
    # Forms are sent with CRLF line ends, texts are read with LF.
    return request.form.get("original", "").replace("\r\n", "\n")


def _start() -> int | None:
    """Return the place a correction is for, or None if it is for all of the document."""
    start = request.form.get("start", "")
    if "overallt" in request.form or not start:
        return None
    if not start.isdecimal() or len(start) > 12:
        raise UserError(phrases.NO_PLACE)
    return int(start)


def _back(doc_id: str, message: str) -> Response:
    """Return to the page of the form, with a notice."""
    row = request.form.get("rad", "")
    flash(message, row_anchor(int(row)) if row.isdecimal() and len(row) <= 12 else "")
    if "lista" in request.form:
        return redirect(url_for("corrections.show"), 303)
    reading = request.args.get("lasning", "")
    reading = reading if reading in phrases.READINGS else ""
    url = document_url(doc_id, requested_query(), reading=reading, anchor="rattningar")
    return redirect(url, 303)
