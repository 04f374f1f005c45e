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
from kb.actions import files, reading
from kb.actions.files import IdentityNumberAnswer
from kb.library.receipts import Sending
from kb.read.limits import FILE_BYTES
from kb.web import phrases
from kb.web.context import build_state, index_source, told
from kb.web.identity import desk
from kb.web.library.upload import receipt_page
from kb.web.limits import LARGEST_UPLOAD
from kb.web.refresh import following

blueprint = Blueprint("upload", __name__)


@blueprint.get("/ladda-upp")
def form() -> str:
    """Show the form that files are chosen in."""
    return render_template(
        "library/upload.html",
        suffixes=sorted(read.SUFFIXES),
        largest_file=FILE_BYTES,
        largest=LARGEST_UPLOAD,
        asking=sum(one.asks for one in reading.held(desk())),
    )


@blueprint.post("/ladda-upp")
def send() -> AnyResponse | str:
    """Receive files; each is safely on disk before this answers, and looked into after it."""
    chosen = [(file.filename, file) for file in request.files.getlist("filer") if file.filename]
    if not chosen:
        flash(phrases.NO_FILES)
        return redirect(url_for("upload.form"), 303)
    sent = told(files.send_files(desk(), ((name, file.read()) for name, file in chosen)))
    if not sent.kept:
        return _page(sent.sending)  # so it is shown now, once
    return redirect(url_for("upload.receipt", key=sent.sending.key), 303)


@blueprint.get("/ladda-upp/<key>")
def receipt(key: str) -> AnyResponse | str:
    """Show what became of the files that were sent in together."""
    return _page(reading.sending(desk(), key))


@blueprint.post("/ladda-upp/svar")
def answer() -> AnyResponse:
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


def _page(sending: Sending) -> AnyResponse | str:
    source = index_source()
    page = receipt_page(sending, source.engine(), source.status(), build_state())
    return following(render_template("library/receipt.html", page=page), page.follow)
