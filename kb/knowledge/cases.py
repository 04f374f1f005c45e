"""Case numbers, and the parts of a document that are about each case.

Points with the same case number are the same point, whatever their headings; this is the strongest
evidence in minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kb.model import Document, OffsetMap

# "Ärendenummer SLK-2024-00255", "Dnr 2026.123 KS", "Diarienr: KS 2019/45".
_LABEL = re.compile(
    r"\b(?:ärendenummer|ärendenr|diarienummer|diarienr|dnr)\b[.:]?[ \t]*"
    r"(?P<number>(?:[A-ZÅÄÖ]{1,5}[ \t])?(?=[\w./:-]*\d[\w./:-]*[./:-]\d)[\w./:-]+\w)",
    re.IGNORECASE,
)
# "§ 37 0497/22": a number of the year's cases beside that of the paragraph.
_BESIDE = re.compile(r"^§[ \t]*\d+[ \t]+(?P<number>\d{1,5}/\d{2,4})[ \t]*$", re.MULTILINE)
_PARAGRAPH = re.compile(r"^[ \t]*§[ \t]*\d+", re.MULTILINE)


class CaseReference(msgspec.Struct, frozen=True):
    """A case and the part of the original that is about it."""

    number: str
    start: int
    end: int


def cases(document: Document, offsets: OffsetMap) -> Iterator[CaseReference]:
    """Yield the paragraphs of a document that a case number begins, in order."""
    text = document.repaired.text
    begins = [match.start() for match in _PARAGRAPH.finditer(text)]
    if not begins:
        return
    for start, end in zip(begins, [*begins[1:], len(text)], strict=True):
        head = text.find("\n\n", start, end)
        found = _BESIDE.search(text, start, end) or _LABEL.search(
            text, start, end if head < 0 else head
        )
        if found:
            span = offsets.to_source(start, end)
            yield CaseReference(found["number"].casefold(), span.start, span.end)
