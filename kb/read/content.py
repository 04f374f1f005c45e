"""The type of a file by its first bytes, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from kb.errors import UserError


class FileKind(StrEnum):
    """A kind of file; the values are what users call it."""

    TEXT = "textfil"
    HTML = "webbsida"
    EMAIL = "e-postmeddelande"
    PDF = "PDF"
    DOCX = "Word-dokument"
    ODT = "OpenDocument-text"
    RTF = "RTF-dokument"
    PNG = "PNG-bild"
    JPEG = "JPEG-bild"
    TIFF = "TIFF-bild"
    ZIP = "ZIP-arkiv"


SUFFIXES: dict[str, FileKind] = {
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
    ".md": FileKind.TEXT,
    ".markdown": FileKind.TEXT,
    ".tex": FileKind.TEXT,
    ".typ": FileKind.TEXT,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".eml": FileKind.EMAIL,
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".odt": FileKind.ODT,
    ".rtf": FileKind.RTF,
    ".png": FileKind.PNG,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".tif": FileKind.TIFF,
    ".tiff": FileKind.TIFF,
    ".zip": FileKind.ZIP,
}

TEXTUAL = frozenset({FileKind.TEXT, FileKind.HTML, FileKind.EMAIL})
"""Kinds that no first bytes tell apart."""

IMAGES = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.TIFF})

_PDF = b"%PDF-"
_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (_PDF, FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_HEAD = 1024  # a PDF may have this much before its mark


def named_kind(path: str) -> FileKind | None:
    """Return the type of a file by its name, or None if it cannot be read."""
    return SUFFIXES.get(PurePosixPath(path).suffix.lower())


def kind_of(path: str, data: bytes) -> FileKind:
    """Return the type of a file.

    Raises:
        UserError: It cannot be read, or it is not of the type that its name says.
    """
    suffix = PurePosixPath(path).suffix.lower()
    named = named_kind(path)
    if named is None:
        kinds = ", ".join(dict.fromkeys(SUFFIXES))
        raise UserError(f"Filtypen ”{suffix or 'utan ändelse'}” kan inte läsas (bara {kinds}).")
    if not data:
        raise UserError("Filen är tom.")
    found = _by_content(data)
    if found is None and named is FileKind.PDF and _PDF in data[:_HEAD]:
        found = FileKind.PDF
    if found is None and named not in TEXTUAL:
        raise UserError(f"Filen heter {suffix} men innehållet är inte {_one(named)}.")
    if found is not None and found is not named:
        raise UserError(f"Filen heter {suffix} men innehåller {_one(found)}.")
    return named


def _by_content(data: bytes) -> FileKind | None:
    if data.startswith(_OLE):
        raise UserError(
            "Filen är ett krypterat eller äldre Office-dokument (.doc). "
            "Spara den utan lösenord som .docx eller PDF."
        )
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(data)
    return None


def _packed_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return FileKind.DOCX
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    if member.read(200).startswith(_ODT_TYPE):
                        return FileKind.ODT
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise UserError("Filen är skadad: den går inte att packa upp.") from error
    return FileKind.ZIP


def _one(kind: FileKind) -> str:
    article = "ett" if kind.endswith(("dokument", "arkiv", "meddelande")) else "en"
    return f"{article} {kind.value}"
