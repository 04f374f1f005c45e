"""The health of the library."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.library import inbox, preferences, trash
from kb.web import phrases
from kb.web.context import index_source, is_watched
from kb.web.identity import AccessRole, require
from kb.web.library.health import health_page

blueprint = Blueprint("health", __name__)


@blueprint.get("/bibliotek")
def show() -> str:
    """Show what became of every file, and what somebody should see to."""
    who = require(AccessRole.READER)
    source = index_source()
    source.look_again()  # whoever looks here wants to know how it is now
    # What was sent in and refused or removed is nobody's business but theirs who can mend it.
    own = who.may(AccessRole.EDITOR)
    folder = source.library.folder
    page = health_page(
        source.status(),
        inbox.held(folder) if own else (),
        len(trash.removed(folder)) if own else 0,
    )
    return render_template("library/health.html", page=page, watched=is_watched())


@blueprint.post("/bibliotek/bevakning")
def watch() -> Response:
    """Decide whether the library is watched; it holds until somebody decides otherwise."""
    require(AccessRole.ADMINISTRATOR)
    on = request.form.get("bevaka") == "ja"
    preferences.set_watch(index_source().library.folder, on)
    flash(phrases.WATCHED if on else phrases.NOT_WATCHED)
    return redirect(url_for("health.show", _anchor="bevakning"), 303)
