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

from kb.model import Document, OffsetMap
from kb.search.answering import Answering
from kb.search.columns import Columns
from kb.search.entry import Row, entry
from kb.search.expand import Expander, Need
from kb.search.fields import LENGTH_NORM, SATURATION, SCHEMA_VERSION, Field
from kb.search.query import Query
from kb.search.results import Card, Overview, Results
from kb.search.vocabulary import Vocabulary
from kb.search.whoosh_engine.compile import compile_needs
from kb.search.whoosh_engine.schema import ID, RECORD, schema
from kb.swedish.analysis import Analyzer, Word, default_analyzer

VERSION = f"whoosh-2.7.5/{SCHEMA_VERSION}"

_COLUMNS = "columns.json"
_WORDS = "words.json"


class WhooshKind:
    """Makes and opens Whoosh indexes."""

    version = VERSION

    def build(self, folder: Path, documents: Iterable[Document]) -> int:
        """Write an index of `documents` into the empty `folder`; return how many."""
        analyzer = default_analyzer()
        rows: list[Row] = []
        words: set[Word] = set()
        writer = index.create_in(str(folder), schema()).writer(limitmb=256)
        for document in documents:
            made = entry(document, analyzer)
            record = msgspec.json.encode(document).decode()
            postings = {field.value: made.postings[field] for field in Field}
            writer.add_document(**{ID: document.id, RECORD: record}, **postings)
            rows.append(made.row)
            words |= made.words
        # One segment, so that a document's number is its place in the columns.
        writer.commit(optimize=True)
        (folder / _COLUMNS).write_bytes(msgspec.json.encode(rows))
        (folder / _WORDS).write_bytes(msgspec.json.encode(list(words)))
        return len(rows)

    def open(self, folder: Path) -> WhooshEngine:
        """Open a finished index for searching."""
        return WhooshEngine(folder, default_analyzer())


class WhooshEngine:
    """Answers queries over one finished Whoosh index."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        rows = msgspec.json.decode((folder / _COLUMNS).read_bytes(), type=list[Row])
        self._columns = Columns(rows)
        self._folder = folder
        self._analyzer = analyzer
        self._expander = Expander(analyzer, self._words)
        self._index = index.open_dir(str(folder), readonly=True)
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
        return msgspec.json.decode((self._folder / _WORDS).read_bytes(), type=list[Word])

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
