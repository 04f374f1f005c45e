"""Uploading: files in, and a receipt that says what became of each."""

from __future__ import annotations

from dataclasses import replace

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
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from kb import intake, read
from kb.errors import UserError
from kb.library import inbox, receipts
from kb.library.receipts import Outcome, Receipt, Sending
from kb.read.limits import FILE_BYTES
from kb.web import phrases, security
from kb.web.context import build_state, index_source, rebuild
from kb.web.identity import Role, require
from kb.web.limits import LARGEST_UPLOAD
from kb.web.refresh import following
from kb.web.views.upload import receipt_page

blueprint = Blueprint("upload", __name__)

_STORED = (Outcome.ADDED, Outcome.WAITING)


@blueprint.get("/ladda-upp")
def form() -> Response:
    """Show the form that files are chosen in."""
    require(Role.EDITOR)
    page = render_template(
        "upload.html",
        suffixes=sorted(read.SUFFIXES),
        largest_file=FILE_BYTES,
        largest=LARGEST_UPLOAD,
        asking=sum(one.asks for one in inbox.held(index_source().library.folder)),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = security.WITH_SCRIPT
    return response


@blueprint.post("/ladda-upp")
def send() -> AnyResponse | str:
    """Take files in; each is safely on disk before this answers."""
    who = require(Role.EDITOR)
    source = index_source()
    files = [file for file in request.files.getlist("filer") if file.filename]
    if not files:
        flash(phrases.NO_FILES)
        return redirect(url_for("upload.form"), 303)
    sending = receipts.sending(who.name, [one for f in files for one in _taken(f, who.name)])
    if any(one.outcome in _STORED for one in sending.receipts):
        rebuild()
    try:
        receipts.keep(source.library.folder, sending)
    except OSError:  # the files are told of all the same, once
        return _page(sending)
    return redirect(url_for("upload.receipt", key=sending.key), 303)


@blueprint.get("/ladda-upp/<key>")
def receipt(key: str) -> AnyResponse | str:
    """Show what became of the files that were sent in together."""
    require(Role.EDITOR)
    sending = receipts.find(index_source().library.folder, key)
    if sending is None:
        abort(404)
    return _page(sending)


@blueprint.post("/ladda-upp/svar")
def answer() -> AnyResponse:
    """Do with a file that waits what its sender says."""
    who = require(Role.EDITOR)
    source = index_source()
    key = request.form.get("fil", "")
    try:
        said = intake.Answer(request.form.get("svar", ""))
    except ValueError:
        abort(400)
    done = intake.answer(source.library, key, said, who.name)
    if done.outcome in _STORED:
        rebuild()
    sending = receipts.find(source.library.folder, request.form.get("kvitto", ""))
    if sending is None:
        flash(f"{done.name}: {phrases.OUTCOMES[done.outcome].lower()}.")
        return redirect(url_for("health.show", _anchor="mottaget"), 303)
    told = tuple(
        replace(done, name=own.name) if own.key == key else own for own in sending.receipts
    )
    receipts.keep(source.library.folder, replace(sending, receipts=told))
    return redirect(url_for("upload.receipt", key=sending.key), 303)


def _taken(file: FileStorage, by: str) -> list[Receipt]:
    """Take one file in; what goes wrong with it costs no other."""
    source = index_source()
    name = file.filename or ""
    done: list[Receipt] = []
    try:
        for one in intake.take_in(source.library, name, file.read(), by, source.texts()):
            done.append(one)
    except (UserError, OSError) as error:
        why = str(error) if isinstance(error, UserError) else phrases.NOT_SAVED
        done.append(Receipt(name, Outcome.REFUSED, message=why))
    return done


def _page(sending: Sending) -> AnyResponse | str:
    source = index_source()
    page = receipt_page(sending, source.engine(), source.status(), build_state())
    return following(render_template("receipt.html", page=page), page.follow)
