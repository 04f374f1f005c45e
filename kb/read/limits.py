"""Limits of files; a file beyond them is refused, not truncated."""

from __future__ import annotations

from kb.errors import UserError

FILE_BYTES = 100 << 20
"""Bytes of a file as it lies in the library."""

UNPACKED_BYTES = 400 << 20
"""Bytes of everything in an archive, or in a document that is one inside (DOCX, ODT)."""

MEMBERS = 2_000
"""Files in an archive or message, those within them included."""

DEPTH = 3
"""Depth to which archives and messages may be nested."""

RATIO = 200
"""Highest compression ratio of a large member; that of a zip bomb is far higher."""

SUSPICIOUS_BYTES = 10 << 20
"""Bytes from which that ratio is looked at."""

PAGES = 1_000
"""Pages of a document."""

PIXELS = 120_000_000
"""Pixels of an image; an A3 page at 600 dots an inch has 70 million."""

CHARACTERS = 10_000_000
"""Characters of a text."""

SECONDS = 60
"""Time that reading a file may take."""

SECONDS_A_PAGE = 30
"""Time that text recognition of a page may take on top of that."""

MEMORY_BYTES = 2 << 30
"""Address space of the process that reads a file."""

TOO_MUCH_MEMORY = "Filen tar för mycket minne att läsa."
"""Why a file that takes more is refused."""


def check_size(size: int, most: int = FILE_BYTES) -> None:
    """Check a size.

    Raises:
        UserError: It is too large.
    """
    if size > most:
        raise UserError(f"Filen är för stor: {megabytes(size)} MB, mot högst {megabytes(most)} MB.")


def megabytes(size: int) -> str:
    """Return bytes as whole megabytes, as a Swedish text writes them."""
    return f"{round(size / (1 << 20)):,}".replace(",", " ")
