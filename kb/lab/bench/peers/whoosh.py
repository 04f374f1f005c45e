"""Whoosh as its documentation shows it: `groupedby` for facets, `highlights` for snippets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kb.lab.bench.peers.base import FACETS, TOP, PeerAnswer, PeerQuestion, Sample, Shape

_SEPARATOR = "\x1f"


class Stock:
    """Whoosh with its own codec, writer and searcher."""

    name = "Whoosh"

    def available(self) -> bool:
        """Tell whether it is installed."""
        return True

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Write an index in one segment."""
        from whoosh import analysis, fields, index

        plain = analysis.RegexTokenizer(r"[^ ]+")
        values = analysis.RegexTokenizer(f"[^{_SEPARATOR}]+")
        schema = fields.Schema(
            id=fields.ID(stored=True),
            text=fields.TEXT(analyzer=plain, stored=True),
            **{facet: fields.KEYWORD(analyzer=values) for facet in FACETS},
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for sample in samples:
            facets = {facet: _SEPARATOR.join(sample.facets[facet]) for facet in FACETS}
            writer.add_document(id=sample.id, text=sample.text, **facets)
        writer.commit(optimize=True)

    def open(self, folder: Path) -> _Searching:
        """Open a finished index."""
        from whoosh import index

        return _Searching(index.open_dir(str(folder)).searcher())


class _Searching:
    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question."""
        from whoosh import query, sorting

        words = whoosh_query(question, "text")
        narrowed = query.Term(*question.filter) if question.filter else None
        groups = [sorting.FieldFacet(f, allow_overlap=True, maptype=sorting.Count) for f in FACETS]
        grouped = dict(zip(FACETS, groups, strict=True)) if whole else None
        found = self._searcher.search(words, limit=TOP, filter=narrowed, groupedby=grouped)
        top = tuple(hit["id"] for hit in found)
        if not whole:
            return PeerAnswer(len(found), top)
        snippets = [hit.highlights("text") for hit in found]
        facets = {
            facet: {value: count for value, count in found.groups(facet).items() if value}
            for facet in FACETS
        }
        return PeerAnswer(len(found), top, facets, len(snippets))


def whoosh_query(question: PeerQuestion, field: str) -> Any:
    """Return a question's words as a Whoosh query over `field`."""
    from whoosh import query

    terms = [query.Term(field, term) for term in question.terms]
    match question.shape:
        case Shape.TERM:
            return terms[0]
        case Shape.AND:
            return query.And(terms)
        case Shape.OR:
            return query.Or(terms)
        case Shape.PHRASE:
            return query.Phrase(field, list(question.terms))
        case Shape.PREFIX:
            return query.Prefix(field, question.terms[0])
