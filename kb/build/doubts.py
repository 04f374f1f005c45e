"""What needs checking in a document, and when two documents are duplicates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kb.model import Document
from kb.swedish.identity_numbers import find_identity_numbers

_READABLE = 0.8
"""Share of known words below which a text is hard to read; clean minutes have 0.9 and up."""

_WORD = re.compile(r"\w+")


def doubts(document: Document) -> Iterator[str]:
    """Yield in Swedish what is doubtful about a document."""
    date = document.minutes.date
    if date.proposed:
        stated = f", inte {date.stated}" if date.stated else ""
        yield f"Osäkert datum: troligen {date.proposed}{stated}."
    elif not date.stated:
        yield "Inget datum hittades."
    elif date.is_doubtful:
        yield f"Osäkert datum: {date.stated}."
    if not document.minutes.municipalities:
        yield "Ingen kommun hittades."
    quality = document.repaired.quality
    if quality.known_words < _READABLE:
        share = round(quality.known_words * 100)
        yield f"Svårläst text: bara {share} % av orden gick att känna igen."
    # The sender was not asked about those in a scan read later or a file copied into the folder.
    if numbers := len(find_identity_numbers(document.source.text)):
        yield f"Innehåller {'ett' if numbers == 1 else numbers} personnummer."
    yield from document.source.notes


def words_digest(text: str) -> str:
    """Return a digest of the words of a text; case, spaces and punctuation do not count."""
    words = " ".join(_WORD.findall(text.casefold()))
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest() if words else ""
