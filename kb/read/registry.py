"""The readers of the file types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from kb.errors import AwaitsRecognition, UserError, because
from kb.model import SourceText
from kb.read import limits, sandbox
from kb.read.cache import Cache
from kb.read.content import SUFFIXES as KINDS, FileKind, kind_of
from kb.read.extracted import Extracted
from kb.read.ocr import INSTALL
from kb.read.plain import pages_of, read_plain
from kb.read.readers import READERS, extraction_version, recognition_version
from kb.read.recognised import Recognised

SUFFIXES = frozenset(KINDS)
"""The file types that can be read, in lower case."""

_NO_TEXT = "Det finns ingen text i filen."

_WAITING = "Väntar på textigenkänning"
"""How a remark about pages that wait for text recognition begins."""


def read_original(file: Path, path: str, cache: Cache | None = None) -> SourceText:
    """Read one original.

    Args:
        file: The original.
        path: Its POSIX path inside the library, which becomes its id.
        cache: The cache of extracted text.

    Raises:
        Waiting: It is an image without text, and text recognition is not installed.
        UserError: The file cannot be read; the message says why.
    """
    data = _bytes(file)
    digest = hashlib.sha256(data).hexdigest()
    kind = kind_of(path, data)
    if kind is FileKind.TEXT:
        plain = read_plain(data, path, digest)
        if not plain.text.strip():
            raise UserError(_NO_TEXT)
        return plain
    if kind is FileKind.ZIP:
        raise UserError(f"Ett arkiv läses inte där det ligger. Lägg till det: kb add ”{path}”.")
    version = extraction_version(kind)
    extracted = cache.get(digest, version) if cache else None
    if extracted is None:
        known = cache.recognised(digest, recognition_version()) if cache else Recognised()
        extracted = sandbox.extract(READERS[kind], kind, file, known)
        if cache:
            cache.put(digest, version, extracted)
    text = "\f".join(extracted.pages)
    if not text.strip() and extracted.waiting:
        raise AwaitsRecognition(f"{_WAITING}. Installera den så: {INSTALL}")
    if not text.strip():
        raise UserError(_NO_TEXT)
    return SourceText(
        path=path,
        text=text,
        pages=pages_of(text),
        sha256=digest,
        encoding="utf-8",
        notes=tuple(_notes(extracted)),
    )


def waits(source: SourceText) -> bool:
    """Tell whether some of a text's pages wait for text recognition."""
    return any(note.startswith(_WAITING) for note in source.notes)


def _notes(extracted: Extracted) -> Iterator[str]:
    yield from extracted.notes
    if extracted.recognised:
        yield f"Maskinläst från bild: {_pages(extracted.recognised)}."
    if extracted.waiting:
        yield f"{_WAITING}: {_pages(extracted.waiting)}. Installera: {INSTALL}"


def _pages(count: int) -> str:
    return "1 sida" if count == 1 else f"{count} sidor"


def _bytes(file: Path) -> bytes:
    try:
        limits.check_size(file.stat().st_size)
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"Filen går inte att öppna: {because(error)}.") from error
