"""The Whoosh engine; this package is the only one that knows whoosh.

Whoosh keeps postings, positions and stored documents; Swedish, facets and snippets
are ours. Known faults of Whoosh 2.7 are kept clear of: every search opens a searcher
of its own (a shared one mixes up threads, a refreshed one brings documents back),
its analyzers, stop words and `groupedby` are not used, and an index is only ever
opened from the folder it was built in (its table of contents is a pickle).
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from whoosh import collectors, index, scoring
from whoosh.searching import Searcher

from kb.errors import OperatorError
from kb.model import Document, OffsetMap
from kb.search.answering import Answering
from kb.search.columns import Columns
from kb.search.expand import Expander, Need
from kb.search.fields import LENGTH_NORM, SATURATION, SCHEMA_VERSION, Field
from kb.search.query import Query
from kb.search.results import Card, Overview, Results
from kb.search.vocabulary import Vocabulary
from kb.search.whoosh_engine import parallel
from kb.search.whoosh_engine.compile import compile_needs
from kb.search.whoosh_engine.schema import RECORD, schema
from kb.search.whoosh_engine.segment import open_segments
from kb.search.whoosh_engine.writer import ArrayIndexWriter
from kb.swedish.analysis import Analyzer, Word, default_analyzer

VERSION = f"whoosh-2.7.5/{SCHEMA_VERSION}"


class WhooshKind:
    """Makes and opens Whoosh indexes."""

    version = VERSION

    def build(self, folder: Path, documents: Iterable[Document], processes: int = 1) -> int:
        """Write an index of `documents` into the empty `folder`; return how many."""
        opened = index.create_in(str(folder), schema())
        if processes > 1:
            parallel.build(folder, documents, processes)
        else:
            with self.writer(folder) as writer:
                for document in documents:
                    writer.add(document)
                writer.commit()
        count: int = opened.doc_count()
        return count

    def writer(self, folder: Path) -> WhooshWriter:
        """Return a writer that adds to and removes from the index in `folder`.

        Raises:
            OperatorError: Another writer is at work on it.
        """
        return WhooshWriter(index.open_dir(str(folder)), default_analyzer())

    def open(self, folder: Path) -> WhooshEngine:
        """Open a finished index for searching."""
        return WhooshEngine(folder, default_analyzer())


class WhooshWriter:
    """Adds documents to an index and removes them; nothing is seen before `commit`."""

    def __init__(self, opened: index.FileIndex, analyzer: Analyzer) -> None:
        self._index = opened
        try:
            self._writer = ArrayIndexWriter(opened, analyzer)
        except index.LockError as error:
            raise OperatorError("another writer is at work on the index") from error

    def add(self, document: Document) -> None:
        """Add a document, in place of the one of the same id if there is one."""
        self._writer.add(document)

    def remove(self, doc_id: str) -> bool:
        """Remove a document; return whether there was one."""
        return self._writer.remove(doc_id)

    def commit(self) -> int:
        """Write what has been added and removed; return how many documents there are now."""
        self._writer.commit()
        count: int = self._index.doc_count()
        return count

    def __enter__(self) -> WhooshWriter:
        return self

    def __exit__(self, kind: object, error: object, at: object) -> None:
        if not self._writer.is_closed:
            self._writer.cancel()


class WhooshEngine:
    """Answers queries over one finished Whoosh index."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._index = index.open_dir(str(folder), readonly=True)
        self._segments = open_segments(self._index)
        self._columns = Columns([s.rows.row(n) for s in self._segments for n in range(s.doc_count)])
        self._analyzer = analyzer
        self._expander = Expander(analyzer, self._words)
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._searchers: queue.SimpleQueue[Searcher] = queue.SimpleQueue()

    @contextmanager
    def _searcher(self) -> Iterator[Searcher]:
        """Lend a searcher that no other thread is using."""
        try:
            searcher = self._searchers.get_nowait()
        except queue.Empty:
            searcher = self._index.searcher(weighting=scoring.BM25F(B=LENGTH_NORM, K1=SATURATION))
        try:
            yield searcher
        finally:
            self._searchers.put(searcher)

    @contextmanager
    def _answering(self) -> Iterator[Answering]:
        with self._searcher() as searcher:
            yield Answering(
                columns=self._columns,
                analyzer=self._analyzer,
                expander=self._expander,
                vocabulary=self._words,
                score=lambda needs: _scores(searcher, needs),
                load=lambda number: _document(searcher.stored_fields(number)),
            )

    def search(self, query: Query) -> Results:
        """Answer `query`."""
        with self._answering() as answering:
            return answering.answer(query)

    def _words(self) -> Vocabulary:
        with self._lock:
            if self._vocabulary is None:
                field = Field.FORM.value
                with self._searcher() as searcher:
                    reader = searcher.reader()
                    counts = {
                        word.decode(): reader.doc_frequency(field, word)
                        for word in reader.lexicon(field)
                    }
                self._vocabulary = Vocabulary(counts, self._analysed)
            return self._vocabulary

    def ids(self) -> frozenset[str]:
        """Return the id of every document in the index."""
        return frozenset(self._columns.number)

    def _analysed(self) -> list[Word]:
        types = {t for segment in self._segments for t in segment.tokens.types() if t}
        return [Word(t.form, t.lemma, t.key, (), t.parts, "") for t in types]

    def document(self, doc_id: str) -> Document | None:
        """Return a document with all that was derived from it, or None."""
        number = self._columns.number.get(doc_id)
        if number is None:
            return None
        with self._searcher() as searcher:
            return _document(searcher.stored_fields(number))

    def marks(self, doc_id: str, query: Query) -> list[tuple[int, int, str]]:
        """Return where the words of `query` stand in a document's source text."""
        document = self.document(doc_id)
        if document is None:
            return []
        offsets = OffsetMap(document.repaired.changes)
        found: dict[tuple[int, int], str] = {}
        with self._answering() as answering:
            for match in answering.marks(document, query):
                span = offsets.to_source(match.start, match.end)
                found.setdefault((span.start, span.end), match.kind.value)
        return [(start, end, kind) for (start, end), kind in sorted(found.items())]

    def neighbours(self, doc_id: str) -> tuple[Card | None, Card | None]:
        """Return the previous and next meeting of the document's group."""
        if doc_id not in self._columns.number:
            return None, None
        return self._columns.neighbours(doc_id)

    def overview(self) -> Overview:
        """Return what the index holds."""
        return self._columns.overview()

    def close(self) -> None:
        """Let go of files; a search under way keeps its own searcher until it ends."""
        while not self._searchers.empty():
            self._searchers.get_nowait().close()
        self._index.close()


def _document(stored: dict[str, str]) -> Document:
    return msgspec.json.decode(stored[RECORD], type=Document)


def _scores(searcher: Searcher, needs: Sequence[Need]) -> dict[int, float]:
    collector = collectors.UnlimitedCollector()
    searcher.search_with_collector(compile_needs(searcher.reader(), needs), collector)
    return {number: score for score, number in collector.items}
