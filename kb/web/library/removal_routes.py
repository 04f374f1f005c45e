"""Removing documents, taking that back, and emptying the bin."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.library import trash
from kb.web import phrases
from kb.web.context import index_source, rebuild
from kb.web.identity import AccessRole, require

blueprint = Blueprint("removal", __name__)


@blueprint.get("/ta-bort/<path:doc_id>")
def confirm(doc_id: str) -> str:
    """Ask whether a document is to be removed."""
    require(AccessRole.EDITOR)
    source = index_source()
    if source.original(doc_id) is None:
        abort(404)
    also = [path for path, first in source.status().duplicates.items() if first == doc_id]
    return render_template("library/remove.html", doc_id=doc_id, also=sorted(also))


@blueprint.post("/ta-bort/<path:doc_id>")
def remove(doc_id: str) -> Response:
    """Move a document to the bin."""
    who = require(AccessRole.EDITOR)
    source = index_source()
    if source.original(doc_id) is None:
        abort(404)
    trash.remove(source.library, doc_id, who.name)
    rebuild()
    flash(phrases.removed(doc_id))
    return redirect(url_for("removal.show"), 303)


@blueprint.get("/papperskorg")
def show() -> str:
    """List what lies in the bin."""
    require(AccessRole.EDITOR)
    return render_template(
        "library/trash.html", removed=trash.removed(index_source().library.folder)
    )


@blueprint.post("/papperskorg/aterstall")
def restore() -> Response:
    """Put a document back where it lay."""
    who = require(AccessRole.EDITOR)
    source = index_source()
    path = trash.restore(source.library, request.form.get("nyckel", ""), who.name)
    rebuild()
    flash(phrases.restored(path))
    return redirect(url_for("removal.show"), 303)


@blueprint.get("/papperskorg/tom")
def confirm_emptying() -> str:
    """Ask whether the bin is to be emptied."""
    require(AccessRole.ADMINISTRATOR)
    count = len(trash.removed(index_source().library.folder))
    return render_template("empty.html", count=count)


@blueprint.post("/papperskorg/tom")
def empty() -> Response:
    """Delete for good what lies in the bin."""
    who = require(AccessRole.ADMINISTRATOR)
    flash(phrases.emptied(trash.empty(index_source().library, who.name)))
    return redirect(url_for("removal.show"), 303)
