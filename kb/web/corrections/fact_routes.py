"""Corrections of facts: sent from a document's page, and taken back."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from kb import corrections
from kb.corrections import wording
from kb.errors import UserError
from kb.library import log
from kb.model import Fact, FactCorrection
from kb.web import phrases
from kb.web.context import current_engine, index_source, rebuild, requested_query
from kb.web.corrections.fact_forms import Refused, entry_of
from kb.web.corrections.fact_rows import fact_rows
from kb.web.document.routes import document_response
from kb.web.identity import AccessRole, Identity, require
from kb.web.urls import document_url

blueprint = Blueprint("facts", __name__, url_prefix="/rattningar/fakta")


@blueprint.post("")
def add() -> Response | tuple[str | Response, int]:
    """Remember what a fact is; a form that cannot be used comes back with what stood in it."""
    who = require(AccessRole.EDITOR)
    doc_id = request.form.get("dokument", "")
    document = current_engine().document(doc_id)
    file = index_source().library.locate(doc_id)
    if document is None or file is None:
        abort(404)
    held = corrections.load(file).facts
    shown, _ = fact_rows(document, held, editor=True)
    try:
        entry = entry_of(request.form, shown, held)
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        fact = corrections.checked_fact({**entry, "by": who.name, "at": now}, shown)
        corrections.add_fact(file, fact)
    except UserError as error:
        refused = Refused(request.form.get("formular", ""), str(error), request.form)
        return document_response(doc_id, refused), 400
    _record(who, log.Act.CORRECT, doc_id, f"{wording.subject(fact)}: {wording.verdict(fact)}")
    return _back(doc_id, phrases.fact_saved(wording.subject(fact), wording.verdict(fact)))


@blueprint.post("/angra")
def undo() -> Response:
    """Forget what a fact was said to be."""
    who = require(AccessRole.EDITOR)
    doc_id, start = request.form.get("dokument", ""), request.form.get("start", "")
    file = index_source().library.locate(doc_id)
    name = request.form.get("fakta", "")
    if file is None or name not in set(Fact) or (start and not start.isdecimal()):
        abort(404)
    place = int(start[:12]) if start else None
    fact = FactCorrection(Fact(name), request.form.get("value", ""), start=place)
    corrections.undo_fact(file, fact)
    _record(who, log.Act.UNDO, doc_id, wording.subject(fact))
    return _back(doc_id, phrases.fact_undone(wording.subject(fact)))


def _record(who: Identity, act: log.Act, doc_id: str, detail: str) -> None:
    log.record(index_source().library.folder, who.name, act, doc_id, detail)


def _back(doc_id: str, message: str) -> Response:
    rebuild()
    if "lista" in request.form:
        flash(message, "")
        return redirect(url_for("corrections.show"), 303)
    flash(message, phrases.FACTS_NOTICE)
    reading = request.args.get("lasning", "")
    reading = reading if reading in phrases.READINGS else ""
    return redirect(document_url(doc_id, requested_query(), reading=reading, anchor="fakta"), 303)
