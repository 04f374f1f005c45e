"""tantivy (Rust) through its Python package: terms aggregations over fast fields for facets."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb.lab.bench.peers.base import FACETS, TOP, PeerAnswer, PeerQuestion, Sample, Shape

_VALUES = 10_000
_HEAP = 256 << 20


class Tantivy:
    """tantivy, given ready tokens through its whitespace tokenizer."""

    name = "tantivy"

    def available(self) -> bool:
        """Tell whether it is installed."""
        return find_spec("tantivy") is not None

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Write an index, on one thread, in one segment."""
        import tantivy

        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for sample in samples:
            document = tantivy.Document(id=sample.id, text=sample.text)
            for facet in FACETS:
                for value in sample.facets[facet]:
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> _Searching:
        """Open a finished index."""
        import tantivy

        return _Searching(tantivy.Index.open(str(folder)))


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
    for facet in FACETS:
        builder.add_text_field(
            facet, fast=True, stored=True, tokenizer_name="raw", index_option="basic"
        )
    return builder.build()


class _Searching:
    def __init__(self, index: Any) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question."""
        import tantivy

        query, words = self._query(question)
        found = self._searcher.search(query, TOP, count=True)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        top = tuple(document["id"][0] for document in documents)
        if not whole:
            return PeerAnswer(found.count, top)
        wanted = {f: {"terms": {"field": f, "size": _VALUES}} for f in FACETS}
        buckets = self._searcher.aggregate(query, wanted)
        facets = {
            f: {bucket["key"]: bucket["doc_count"] for bucket in buckets[f]["buckets"]}
            for f in FACETS
        }
        generator = tantivy.SnippetGenerator.create(self._searcher, words, self._schema, "text")
        snippets = [generator.snippet_from_doc(document).to_html() for document in documents]
        return PeerAnswer(found.count, top, facets, len(snippets))

    def _query(self, question: PeerQuestion) -> tuple[Any, Any]:
        import tantivy

        query = tantivy.Query

        def term(text: str) -> Any:
            return query.term_query(self._schema, "text", text)

        match question.shape:
            case Shape.TERM:
                words = term(question.terms[0])
            case Shape.PHRASE:
                words = query.phrase_query(self._schema, "text", list(question.terms))
            case Shape.PREFIX:
                words = query.regex_query(self._schema, "text", question.terms[0] + ".*")
            case _:
                must = question.shape is Shape.AND
                occur = tantivy.Occur.Must if must else tantivy.Occur.Should
                words = query.boolean_query([(occur, term(text)) for text in question.terms])
        if question.filter is None:
            return words, words
        facet, value = question.filter
        narrowed = query.const_score_query(query.term_query(self._schema, facet, value), 0.0)
        both = [(tantivy.Occur.Must, words), (tantivy.Occur.Must, narrowed)]
        return query.boolean_query(both), words
