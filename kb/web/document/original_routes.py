"""The originals, byte for byte, served so that no active content runs."""

from __future__ import annotations

import codecs
from pathlib import Path, PurePosixPath

from flask import Blueprint, Response, abort, send_file

from kb.actions import reading
from kb.web.context import index_source
from kb.web.identity import desk

blueprint = Blueprint("original", __name__)

_TEXT = frozenset({".txt", ".text", ".md", ".markdown", ".csv", ".log", ""})
_SHOWN = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
"""Kinds a browser shows by itself without running anything with this site's rights."""

_SENT = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".html": "text/html",
    ".htm": "text/html",
    ".eml": "message/rfc822",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".zip": "application/zip",
}
"""Kinds that are active, or that browsers do not show: always sent as downloads."""

_UNKNOWN = "application/octet-stream"


@blueprint.get("/original/<path:doc_id>")
def send(doc_id: str) -> Response:
    """Send an original; what a browser might run is sent as a download."""
    file = _locate(doc_id)
    suffix = file.suffix.lower()
    is_text = suffix in _TEXT
    shown = "text/plain" if is_text else _SHOWN.get(suffix)
    response = send_file(
        file,
        mimetype=shown or _SENT.get(suffix, _UNKNOWN),
        as_attachment=shown is None,
        download_name=file.name,
        max_age=0,
    )
    if is_text:
        response.content_type = f"text/plain; charset={_charset(doc_id)}"
    # The PDF viewer of some browsers does not start in a sandbox.
    policy = "default-src 'none'; frame-ancestors 'none'"
    response.headers["Content-Security-Policy"] = (
        "frame-ancestors 'none'" if suffix == ".pdf" else f"{policy}; sandbox"
    )
    return response


def _locate(doc_id: str) -> Path:
    """Return the path of an original's file."""
    pure = PurePosixPath(doc_id)
    if pure.is_absolute() or ".." in pure.parts or "\0" in doc_id:
        abort(404)
    return reading.original(desk(), doc_id, _same(doc_id)).resolve()


def _same(doc_id: str) -> list[str]:
    """Return the duplicates of an original."""
    firsts = index_source().status().duplicates
    first = firsts.get(doc_id, doc_id)
    return sorted({first, *(path for path, other in firsts.items() if other == first)})


def _charset(doc_id: str) -> str:
    """Return the encoding the text was read with, as a browser knows it."""
    engine = index_source().engine()
    document = engine.document(doc_id) if engine else None
    try:
        name = codecs.lookup(document.source.encoding).name if document else "utf-8"
    except LookupError:
        return "utf-8"
    return {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(name, name)
