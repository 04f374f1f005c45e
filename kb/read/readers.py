"""The modules that read each kind of file, and the version of each by itself."""

from __future__ import annotations

from kb.read import ocr
from kb.read.content import FileKind
from kb.versions import imports, version_of

READERS: dict[FileKind, str] = {
    FileKind.TEXT: "plain",
    FileKind.HTML: "html",
    FileKind.EMAIL: "email",
    FileKind.PDF: "pdf",
    FileKind.DOCX: "docx",
    FileKind.ODT: "odt",
    FileKind.RTF: "rtf",
    FileKind.PNG: "image",
    FileKind.JPEG: "image",
    FileKind.TIFF: "image",
}
"""The module of `kb.read` that reads a kind of file, by its function `read_<module>`."""


_APART = ("kb.errors", "kb.system")
"""What went wrong is not kept, so how it is said does not count, nor what ends a process."""


def modules_of(kind: FileKind) -> tuple[str, ...]:
    """Return the modules that get the text out of a kind of file; none if nothing does."""
    return ("kb.read.worker", f"kb.read.{READERS[kind]}") if kind in READERS else ()


def extraction_version(kind: FileKind) -> str:
    """Return what changes whenever the same bytes would give another text.

    What is done with the text afterwards does not count. The version of text recognition
    counts where it is used.
    """
    modules = modules_of(kind)
    version = version_of(*modules, without=_APART)
    recognises = imports("kb.read.ocr", *modules)
    return f"{version}-{ocr.version() or 'none'}" if recognises else version


def recognition_version() -> str:
    """Return what changes whenever the same image may be recognised otherwise."""
    return f"{version_of('kb.read.ocr', without=_APART)}-{ocr.version() or 'none'}"
