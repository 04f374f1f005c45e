"""RTF documents, by striprtf; it writes the cells of a row with "|" behind each."""

from __future__ import annotations

from collections.abc import Callable

from striprtf.striprtf import rtf_to_text

from kb.errors import UserError
from kb.read.extracted import Extracted, marked, row

_to_text: Callable[..., str] = rtf_to_text  # it ships untyped


def read_rtf(data: bytes) -> Extracted:
    """Read an RTF document.

    Raises:
        UserError: There is no text in it.
    """
    text = _to_text(data.decode("cp1252", errors="replace"), errors="replace")
    if not text.strip():
        raise UserError("RTF-dokumentet innehåller ingen text.")
    return Extracted((marked("\n".join(_line(line) for line in text.splitlines())),))


def _line(line: str) -> str:
    if not line.rstrip().endswith("|"):
        return line
    return row(line.rstrip().removesuffix("|").split("|"))
