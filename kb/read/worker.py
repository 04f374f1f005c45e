"""Reads one file in a process of its own and writes what it got to standard output.

    python -m kb.read.worker KIND FILE

Files come from anywhere and the libraries that read them are large; whatever one makes
them do, it is done here, with limits on time and memory, and not in the server.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from kb import system
from kb.errors import UserError
from kb.read import limits
from kb.read.content import FileKind
from kb.read.extracted import Extracted, Report

_EXTRACTORS = {
    FileKind.HTML: ("html", "read_html"),
    FileKind.EMAIL: ("email", "read_email"),
    FileKind.PDF: ("pdf", "read_pdf"),
    FileKind.DOCX: ("docx", "read_docx"),
    FileKind.ODT: ("odt", "read_odt"),
    FileKind.RTF: ("rtf", "read_rtf"),
    FileKind.PNG: ("image", "read_image"),
    FileKind.JPEG: ("image", "read_image"),
    FileKind.TIFF: ("image", "read_image"),
}


def extract(kind: FileKind, data: bytes) -> Extracted:
    """Read `data` in this process.

    Raises:
        UserError: It cannot be read.
    """
    module, name = _EXTRACTORS[kind]
    extractor: Callable[[bytes], Extracted] = getattr(import_module(f"kb.read.{module}"), name)
    if kind in (FileKind.DOCX, FileKind.ODT):
        from kb.read.archive import check

        check(data)
    extracted = extractor(data)
    if sum(map(len, extracted.pages)) > limits.CHARACTERS:
        raise UserError("Dokumentet innehåller mer text än ett protokoll kan ha.")
    return extracted


def main() -> int:
    """Read the file named on the command line."""
    kind, file = FileKind(sys.argv[1]), Path(sys.argv[2])
    system.limit_memory(limits.MEMORY_BYTES)
    try:
        report = Report(extract(kind, file.read_bytes()))
    except UserError as error:
        report = Report(refused=str(error))
    except MemoryError:
        report = Report(refused=limits.TOO_MUCH_MEMORY)
    except Exception as error:  # a library's error about a file it cannot make sense of
        print(f"{file}: {type(error).__name__}: {error}", file=sys.stderr)
        report = Report(refused=f"Filen är skadad och går inte att läsa som {kind.value}.")
    sys.stdout.buffer.write(msgspec.json.encode(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
