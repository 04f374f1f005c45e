"""Corrections of facts: sent from a document's page, and undone."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from kb import corrections
from kb.actions.facts import correct_fact, hide_instead, undo_fact
from kb.actions.permissions import NotAllowedError
from kb.corrections import wording
from kb.errors import NotFoundError, UserError
from kb.model import Fact, FactCorrection
from kb.web import phrases
from kb.web.context import current_engine, index_source, requested_query, told
from kb.web.corrections.fact_forms import Refused, entry_of
from kb.web.corrections.fact_rows import fact_rows
from kb.web.document.routes import document_response
from kb.web.identity import desk
from kb.web.urls import document_url

blueprint = Blueprint("facts", __name__, url_prefix="/rattningar/fakta")


@blueprint.post("")
def add() -> Response | tuple[str | Response, int]:
    """Save the right value of a fact; a refused form is shown again with its values."""
    doc_id = request.form.get("dokument", "")
    document = current_engine().document(doc_id)
    file = index_source().library.locate(doc_id)
    if document is None or file is None:
        abort(404)
    held = corrections.load(file).facts
    shown, _ = fact_rows(document, held, editor=True)
    try:
        entry = entry_of(request.form, shown, held)
        fact = told(correct_fact(desk(), doc_id, shown, entry))
    except (NotAllowedError, NotFoundError):
        raise
    except UserError as error:
        refused = Refused(request.form.get("formular", ""), str(error), request.form)
        return document_response(doc_id, refused), 400
    return _back(doc_id, phrases.fact_saved(wording.subject(fact), wording.verdict(fact)))


@blueprint.post("/i-stallet")
def hide_other() -> Response:
    """Hide another section instead of one that is no longer there."""
    doc_id, heading = request.form.get("dokument", ""), request.form.get("heading", "")
    told(hide_instead(desk(), doc_id, _meant(), heading))
    return _back(doc_id, phrases.HIDDEN_INSTEAD)


def _meant() -> FactCorrection:
    """Return the correction that the form is about."""
    name, start = request.form.get("fakta", ""), request.form.get("start", "")
    if name not in set(Fact) or (start and not start.isdecimal()):
        abort(404)
    place = int(start[:12]) if start else None
    return FactCorrection(Fact(name), request.form.get("value", ""), start=place)


@blueprint.post("/angra")
def undo() -> Response:
    """Delete the correction of a fact."""
    doc_id, fact = request.form.get("dokument", ""), _meant()
    told(undo_fact(desk(), doc_id, fact))
    return _back(doc_id, phrases.fact_undone(wording.subject(fact)))


def _back(doc_id: str, message: str) -> Response:
    if "lista" in request.form:
        flash(message, "")
        return redirect(url_for("corrections.show"), 303)
    flash(message, phrases.FACTS_NOTICE)
    reading = request.args.get("lasning", "")
    reading = reading if reading in phrases.READINGS else ""
    return redirect(document_url(doc_id, requested_query(), reading=reading, anchor="fakta"), 303)
