"""The health of the library."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.actions import reading, upkeep
from kb.actions.permissions import Right
from kb.web import phrases
from kb.web.context import index_source, is_watched
from kb.web.identity import desk
from kb.web.library.health import health_page

blueprint = Blueprint("health", __name__)


@blueprint.get("/bibliotek")
def show() -> str:
    """Show what became of every file, and what somebody should see to."""
    source = index_source()
    source.look_again()  # whoever looks here wants to know how it is now
    # What was sent in and refused or removed is nobody's business but theirs who can mend it.
    here = desk()
    page = health_page(
        source.status(),
        reading.held(here) if here.person.may(Right.SEE_SENDINGS) else (),
        len(reading.removed(here)) if here.person.may(Right.SEE_BIN) else 0,
        sees_hidden=here.person.may(Right.SEE_HIDDEN),
    )
    return render_template("library/health.html", page=page, watched=is_watched())


@blueprint.post("/bibliotek/bevakning")
def watch() -> Response:
    """Decide whether the library is watched; it holds until somebody decides otherwise."""
    on = request.form.get("bevaka") == "ja"
    upkeep.set_watch(desk(), on=on)
    flash(phrases.WATCHED if on else phrases.NOT_WATCHED)
    return redirect(url_for("health.show", _anchor="bevakning"), 303)
