"""Plain text, in any of the usual encodings."""

from __future__ import annotations

import codecs

from kb.errors import UserError
from kb.model import SourceText, Span

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_plain(data: bytes, path: str, sha256: str) -> SourceText:
    """Read text in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252.

    Raises:
        UserError: The bytes are not text.
    """
    text, encoding, notes = _decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(
        path=path, text=text, pages=pages_of(text), sha256=sha256, encoding=encoding, notes=notes
    )


def _decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; a lone one must not cost the document.
        text = data.decode("cp1252", errors="replace")
        encoding = "cp1252"
    if "\0" in text:
        raise UserError("Filen innehåller inte text, trots sitt namn.")
    lost = text.count("\ufffd")
    notes = (f"{lost} tecken kunde inte avkodas.",) if lost else ()
    return text, encoding, notes


def pages_of(text: str) -> tuple[Span, ...]:
    """Return the pages; a form feed ends one, as `pdftotext` writes them."""
    pages = []
    start = 0
    for part in text.split("\f"):
        end = min(start + len(part) + 1, len(text))
        if end > start:
            pages.append(Span(start, end))
        start = end
    return tuple(pages) or (Span(0, 0),)
