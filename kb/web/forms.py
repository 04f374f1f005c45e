"""Forms that lose nothing: one sent twice is done once, and a refused one is shown again."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from flask import Flask, Response, g, redirect, request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kb import durable
from kb.errors import Busy
from kb.web import phrases
from kb.web.identity import is_own_origin, person

_TOKEN, _ONCE = "csrf_token", "engang"
_KEPT = 86_400.0  # seconds for which the outcome of a form is kept
_PATIENCE = 60.0  # seconds that a repeated form waits for the first
_FLASHES = "_flashes"  # where Flask keeps notices in a session
_LONG = frozenset({"text"})
_SECRET = frozenset({"opening.take"})

_log = logging.getLogger(__name__)


def form_keys() -> Markup:
    """Return the hidden fields that every form has: CSRF token and unique key."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(_TOKEN, generate_csrf()) + field.format(_ONCE, secrets.token_urlsafe(12))


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A refused form, to be shown and sent again.

    Attributes:
        action: The address it is sent to.
        hidden: Name and value of fields that cannot be changed here.
        texts: Label, name and value of long texts.
        shown: Label and value of the other fields.
        files: Whether files were sent with it; a page cannot preselect files.
    """

    action: str
    hidden: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str, str], ...]
    shown: tuple[tuple[str, str], ...]
    files: bool


def kept_form() -> KeptForm | None:
    """Return the form that the current request sends, or None if it sends none of this site."""
    if request.method != "POST" or request.endpoint in {None, *_SECRET} or not is_own_origin():
        return None
    try:
        sent = [(name, value) for name, value in _fields() if name not in (_TOKEN, _ONCE)]
        files = bool(request.files)
    except HTTPException:  # it was too large to be parsed
        return None
    labels = phrases.FIELDS
    return KeptForm(
        action=request.full_path.removesuffix("?"),
        hidden=tuple((name, value) for name, value in sent if name not in _LONG),
        texts=tuple((labels[name], name, value) for name, value in sent if name in _LONG),
        shown=tuple(
            (labels[name], value)
            for name, value in sent
            if name in labels and name not in _LONG and value
        ),
        files=files,
    )


def _fields() -> Iterator[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        yield name, value.replace("\r\n", "\n")


def install(app: Flask, folder: Path) -> None:
    """Process a form once however often it is sent; `folder` holds the outcomes."""

    @app.before_request
    def once() -> AnyResponse | None:
        if request.method != "POST" or not request.endpoint or not request.form.get(_ONCE):
            return None
        place = folder / _digest()
        try:
            durable.private_folder(folder)
            lock = FileLock(place.with_suffix(".las"), timeout=_PATIENCE, mode=0o600)
            lock.acquire()
        except Timeout as error:
            raise Busy(phrases.STILL_SENDING) from error
        except OSError as error:  # then it may be done twice, but it is not lost
            _log.warning("forms sent twice are not noticed: %s", error)
            return None
        g.form_lock = lock
        try:
            done = json.loads(place.read_bytes())
        except (OSError, ValueError):
            g.form_place = place
            return None
        session[_FLASHES] = [
            (kind, f"{said} {phrases.SENT_TWICE}") for kind, said in done["notices"]
        ] or [("", phrases.SENT_TWICE)]
        return redirect(done["location"], 303)

    @app.after_request
    def remember(response: Response) -> Response:
        place: Path | None = g.pop("form_place", None)
        if place and response.status_code in (302, 303):
            done = {"location": response.location, "notices": session.get(_FLASHES, [])}
            try:
                durable.put(place, json.dumps(done).encode())
                _sweep(folder)
            except OSError as error:
                _log.warning("forms sent twice are not noticed: %s", error)
        return response

    @app.teardown_request
    def release(_: BaseException | None) -> None:
        lock: FileLock | None = g.pop("form_lock", None)
        if lock:
            lock.release()


def _digest() -> str:
    """Return a key of the form of the current request, which differs when its content differs."""
    said = hashlib.sha256()
    parts = [request.full_path, person().name]
    parts += [part for pair in _fields() if pair[0] != _TOKEN for part in pair]
    for name, file in request.files.items(multi=True):
        size = file.stream.seek(0, 2)
        file.stream.seek(0)
        parts += [name, file.filename or "", str(size)]
    for part in parts:
        said.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    return said.hexdigest()


def _sweep(folder: Path) -> None:
    for file in folder.iterdir():
        try:
            if time.time() - file.stat().st_mtime > _KEPT:
                file.unlink()
        except FileNotFoundError:
            continue
