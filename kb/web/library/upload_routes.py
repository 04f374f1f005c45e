"""Uploading: files in, and a receipt that says what became of each."""

from __future__ import annotations

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kb import read
from kb.build import intake
from kb.library import inbox, receipts
from kb.library.receipts import IntakeOutcome, Sending
from kb.read.limits import FILE_BYTES
from kb.web import phrases
from kb.web.context import build_state, index_source, rebuild
from kb.web.identity import AccessRole, require
from kb.web.library.upload import receipt_page
from kb.web.limits import LARGEST_UPLOAD
from kb.web.refresh import following

blueprint = Blueprint("upload", __name__)

_STORED = (IntakeOutcome.ADDED, IntakeOutcome.WAITING)


@blueprint.get("/ladda-upp")
def form() -> str:
    """Show the form that files are chosen in."""
    require(AccessRole.EDITOR)
    return render_template(
        "library/upload.html",
        suffixes=sorted(read.SUFFIXES),
        largest_file=FILE_BYTES,
        largest=LARGEST_UPLOAD,
        asking=sum(one.asks for one in inbox.held(index_source().library.folder)),
    )


@blueprint.post("/ladda-upp")
def send() -> AnyResponse | str:
    """Receive files; each is safely on disk before this answers, and looked into after it."""
    who = require(AccessRole.EDITOR)
    library = index_source().library
    files = [(file.filename, file) for file in request.files.getlist("filer") if file.filename]
    if not files:
        flash(phrases.NO_FILES)
        return redirect(url_for("upload.form"), 303)
    sending = intake.receive(library, ((name, file.read()) for name, file in files), who.name)
    if any(one.outcome is IntakeOutcome.RECEIVED for one in sending.receipts):
        rebuild()
    if receipts.find(library.folder, sending.key) is None:
        return _page(sending)  # it could not be kept: the files are told of all the same, once
    return redirect(url_for("upload.receipt", key=sending.key), 303)


@blueprint.get("/ladda-upp/<key>")
def receipt(key: str) -> AnyResponse | str:
    """Show what became of the files that were sent in together."""
    require(AccessRole.EDITOR)
    sending = receipts.find(index_source().library.folder, key)
    if sending is None:
        abort(404)
    return _page(sending)


@blueprint.post("/ladda-upp/svar")
def answer() -> AnyResponse:
    """Do with a file that waits what its sender says."""
    who = require(AccessRole.EDITOR)
    source = index_source()
    key = request.form.get("fil", "")
    try:
        said = intake.IdentityNumberAnswer(request.form.get("svar", ""))
    except ValueError:
        abort(400)
    done = intake.answer(source.library, key, said, who.name)
    if done.outcome in _STORED:
        rebuild()
    folder, sending = source.library.folder, request.form.get("kvitto", "")
    if receipts.find(folder, sending) is None:
        flash(f"{done.name}: {phrases.OUTCOMES[done.outcome].lower()}.")
        return redirect(url_for("health.show", _anchor="mottaget"), 303)
    receipts.tell(folder, sending, key, [done])
    return redirect(url_for("upload.receipt", key=sending), 303)


def _page(sending: Sending) -> AnyResponse | str:
    source = index_source()
    page = receipt_page(sending, source.engine(), source.status(), build_state())
    return following(render_template("library/receipt.html", page=page), page.follow)
