"""Removing documents, taking that back, and emptying the bin."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.actions import reading, removal
from kb.web import phrases
from kb.web.context import index_source, told
from kb.web.identity import desk

blueprint = Blueprint("removal", __name__)


@blueprint.get("/ta-bort/<path:doc_id>")
def confirm(doc_id: str) -> str:
    """Ask whether a document is to be removed."""
    source = index_source()
    if source.original(doc_id) is None:
        abort(404)
    also = [path for path, first in source.status().duplicates.items() if first == doc_id]
    return render_template("library/remove.html", doc_id=doc_id, also=sorted(also))


@blueprint.post("/ta-bort/<path:doc_id>")
def remove(doc_id: str) -> Response:
    """Move a document to the bin."""
    told(removal.remove(desk(), doc_id))
    flash(phrases.removed(doc_id))
    return redirect(url_for("removal.show"), 303)


@blueprint.get("/papperskorg")
def show() -> str:
    """List what lies in the bin."""
    return render_template("library/trash.html", removed=reading.removed(desk()))


@blueprint.post("/papperskorg/aterstall")
def restore() -> Response:
    """Put a document back where it lay."""
    path = told(removal.restore(desk(), request.form.get("nyckel", "")))
    flash(phrases.restored(path))
    return redirect(url_for("removal.show"), 303)


@blueprint.get("/papperskorg/tom")
def confirm_emptying() -> str:
    """Ask whether the bin is to be emptied."""
    count = len(reading.removed(desk()))
    return render_template("empty.html", count=count)


@blueprint.post("/papperskorg/tom")
def empty() -> Response:
    """Delete for good what lies in the bin."""
    flash(phrases.emptied(told(removal.empty_bin(desk()))))
    return redirect(url_for("removal.show"), 303)
