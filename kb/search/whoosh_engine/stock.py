"""Whoosh as its documentation shows it, as a baseline for measurements."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh import fields, index, qparser
from whoosh.analysis import LanguageAnalyzer


class StockWhoosh:
    """An index with Whoosh's own Swedish analyzer over title and body.

    Args:
        folder: An existing, empty folder for the index.
        documents: (id, title, text) of every document.
    """

    def __init__(self, folder: Path, documents: Iterable[tuple[str, str, str]]) -> None:
        text = fields.TEXT(analyzer=LanguageAnalyzer("sv"))
        schema = fields.Schema(id=fields.ID(stored=True), title=text, body=text)
        self._index = index.create_in(str(folder), schema)
        writer = self._index.writer(limitmb=256)
        for doc_id, title, body in documents:
            writer.add_document(id=doc_id, title=title, body=body)
        writer.commit()

    def search(self, text: str, *, any_word: bool = False, limit: int = 10) -> list[str]:
        """Return the ids of the best documents for a query, best first."""
        group = qparser.OrGroup if any_word else qparser.AndGroup
        parser = qparser.MultifieldParser(["title", "body"], self._index.schema, group=group)
        with self._index.searcher() as searcher:
            hits = searcher.search(parser.parse(text), limit=limit)
            return [hit["id"] for hit in hits]
