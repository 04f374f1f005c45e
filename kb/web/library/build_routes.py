"""Building the index: started, followed and stopped."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.actions import upkeep
from kb.build.missing import MissingAnswer
from kb.web import phrases
from kb.web.context import build_state
from kb.web.identity import desk
from kb.web.refresh import following

blueprint = Blueprint("building", __name__)


@blueprint.get("/bygget")
def show() -> Response:
    """Show how it stands with the last build; the page renews itself while it runs."""
    build = build_state()
    said = phrases.PHASES[build.phase] if build else None
    page = render_template("library/build.html", build=build, said=said)
    return following(page, bool(build and build.runs))


@blueprint.post("/bygget")
def start() -> AnyResponse:
    """Start a build."""
    upkeep.start_build(desk())
    return redirect(url_for("building.show"), 303)


@blueprint.post("/bygget/avbryt")
def cancel() -> AnyResponse:
    """Stop the build that runs; the old index stays."""
    upkeep.cancel_build(desk())
    return redirect(url_for("building.show"), 303)


@blueprint.post("/bygget/saknade")
def answer_missing() -> AnyResponse:
    """Remove or keep documents whose files are gone from the library."""
    try:
        what = MissingAnswer(request.form.get("svar", ""))
    except ValueError:
        abort(400)
    if unbuilt := upkeep.answer_missing(desk(), what).unbuilt:
        flash(unbuilt)
    return redirect(url_for("building.show"), 303)
