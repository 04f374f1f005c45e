"""The pages about the library: files sent in and removed, its health, its builds and its log."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kb import read
from kb.actions import files, reading, removal, upkeep
from kb.actions.files import IdentityNumberAnswer
from kb.actions.permissions import Right
from kb.build.missing import MissingAnswer
from kb.library.receipts import Sending
from kb.read.limits import FILE_BYTES
from kb.web import phrases
from kb.web.context import build_state, index_source, is_watched, told
from kb.web.identity import desk
from kb.web.library.health import health_page
from kb.web.library.upload import receipt_page
from kb.web.limits import LARGEST_UPLOAD

uploading = Blueprint("upload", __name__)
removing = Blueprint("removal", __name__)
health = Blueprint("health", __name__)
building = Blueprint("building", __name__)
log = Blueprint("log", __name__)

BLUEPRINTS = (uploading, removing, health, building, log)

EVENTS = 100
"""Events on a page of the log."""

REFRESH = 5
"""Seconds after which a page renews itself while something is under way."""

STILL = "stilla"
"""The parameter that says the reader wants the page to stay as it is."""


@uploading.get("/ladda-upp", endpoint="form")
def upload_form() -> str:
    """Show the form that files are chosen in."""
    return render_template(
        "library/upload.html",
        suffixes=sorted(read.SUFFIXES),
        largest_file=FILE_BYTES,
        largest=LARGEST_UPLOAD,
        asking=sum(one.asks for one in reading.held(desk())),
    )


@uploading.post("/ladda-upp")
def send() -> AnyResponse | str:
    """Receive files; each is safely on disk before this answers, and looked into after it."""
    chosen = [(file.filename, file) for file in request.files.getlist("filer") if file.filename]
    if not chosen:
        flash(phrases.NO_FILES)
        return redirect(url_for("upload.form"), 303)
    sent = told(files.send_files(desk(), ((name, file.read()) for name, file in chosen)))
    if not sent.kept:
        return _receipt(sent.sending)  # so it is shown now, once
    return redirect(url_for("upload.receipt", key=sent.sending.key), 303)


@uploading.get("/ladda-upp/<key>")
def receipt(key: str) -> AnyResponse | str:
    """Show what became of the files that were sent in together."""
    return _receipt(reading.sending(desk(), key))


@uploading.post("/ladda-upp/svar", endpoint="answer")
def answer_about_file() -> AnyResponse:
    """Do with a file that waits what its sender says."""
    try:
        said = IdentityNumberAnswer(request.form.get("svar", ""))
    except ValueError:
        abort(400)
    sending = request.form.get("kvitto", "")
    answered = told(files.answer(desk(), request.form.get("fil", ""), said, sending))
    if not answered.noted:
        receipt = answered.receipt
        flash(f"{receipt.name}: {phrases.OUTCOMES[receipt.outcome].lower()}.")
        return redirect(url_for("health.show", _anchor="mottaget"), 303)
    return redirect(url_for("upload.receipt", key=sending), 303)


def _receipt(sending: Sending) -> AnyResponse | str:
    source = index_source()
    page = receipt_page(sending, source.engine(), source.status(), build_state())
    return _following(render_template("library/receipt.html", page=page), page.follow)


@removing.get("/ta-bort/<path:doc_id>", endpoint="confirm")
def confirm_removal(doc_id: str) -> str:
    """Ask whether a document is to be removed."""
    source = index_source()
    if source.original(doc_id) is None:
        abort(404)
    also = [path for path, first in source.status().duplicates.items() if first == doc_id]
    return render_template("library/remove.html", doc_id=doc_id, also=sorted(also))


@removing.post("/ta-bort/<path:doc_id>")
def remove(doc_id: str) -> AnyResponse:
    """Move a document to the bin."""
    told(removal.remove(desk(), doc_id))
    flash(phrases.removed(doc_id))
    return redirect(url_for("removal.show"), 303)


@removing.get("/papperskorg", endpoint="show")
def show_bin() -> str:
    """List what lies in the bin."""
    return render_template("library/trash.html", removed=reading.removed(desk()))


@removing.post("/papperskorg/aterstall")
def restore() -> AnyResponse:
    """Put a document back where it lay."""
    path = told(removal.restore(desk(), request.form.get("nyckel", "")))
    flash(phrases.restored(path))
    return redirect(url_for("removal.show"), 303)


@removing.get("/papperskorg/tom")
def confirm_emptying() -> str:
    """Ask whether the bin is to be emptied."""
    count = len(reading.removed(desk()))
    return render_template("empty.html", count=count)


@removing.post("/papperskorg/tom", endpoint="empty")
def empty_bin() -> AnyResponse:
    """Delete for good what lies in the bin."""
    flash(phrases.emptied(told(removal.empty_bin(desk()))))
    return redirect(url_for("removal.show"), 303)


@health.get("/bibliotek", endpoint="show")
def show_health() -> str:
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


@health.post("/bibliotek/bevakning")
def watch() -> AnyResponse:
    """Decide whether the library is watched; it holds until somebody decides otherwise."""
    on = request.form.get("bevaka") == "ja"
    upkeep.set_watch(desk(), on=on)
    flash(phrases.WATCHED if on else phrases.NOT_WATCHED)
    return redirect(url_for("health.show", _anchor="bevakning"), 303)


@building.get("/bygget", endpoint="show")
def show_build() -> Response:
    """Show how it stands with the last build; the page renews itself while it runs."""
    build = build_state()
    said = phrases.PHASES[build.phase] if build else None
    page = render_template("library/build.html", build=build, said=said)
    return _following(page, bool(build and build.runs))


@building.post("/bygget", endpoint="start")
def start_build() -> AnyResponse:
    """Start a build."""
    upkeep.start_build(desk())
    return redirect(url_for("building.show"), 303)


@building.post("/bygget/avbryt", endpoint="cancel")
def cancel_build() -> AnyResponse:
    """Stop the build that runs; the old index stays."""
    upkeep.cancel_build(desk())
    return redirect(url_for("building.show"), 303)


@building.post("/bygget/saknade")
def answer_missing() -> AnyResponse:
    """Remove or keep documents whose files are gone from the library."""
    try:
        what = MissingAnswer(request.form.get("svar", ""))
    except ValueError:
        abort(400)
    if unbuilt := upkeep.answer_missing(desk(), what).unbuilt:
        flash(unbuilt)
    return redirect(url_for("building.show"), 303)


@log.get("/logg", endpoint="show")
def show_log() -> str:
    """List the events, newest first."""
    events = reading.events(desk())[::-1]
    asked = request.args.get("sida", "1")
    last = max(1, -(-len(events) // EVENTS))
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), last)
    return render_template(
        "library/log.html",
        events=events[(number - 1) * EVENTS : number * EVENTS],
        total=len(events),
        previous=number - 1 if number > 1 else None,
        next=number + 1 if number < last else None,
    )


def _following(page: str, under_way: bool) -> Response:
    """Return a page that renews itself as long as something is under way."""
    response = make_response(page)
    if under_way and STILL not in request.args:
        response.headers["Refresh"] = str(REFRESH)
    return response
