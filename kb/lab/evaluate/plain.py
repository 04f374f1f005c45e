"""Plain texts as documents, for measuring search without reading, repair or parsing."""

from __future__ import annotations

from kb.model import DateFinding, Document, Minutes, RepairedText, SourceText


def plain_document(doc_id: str, text: str, title: str = "") -> Document:
    """Return `text` as a document with a title and no other facts."""
    repaired = RepairedText.untouched(SourceText.of(text, doc_id))
    return Document(repaired, Minutes(title, "", DateFinding(None, 0.0)))
