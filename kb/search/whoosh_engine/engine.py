"""The Whoosh engine; this package is the only one that knows whoosh.

Whoosh keeps the schema, the segments with their term dictionary and deletions, the
lock and the table of contents; postings and everything beside them are mapped arrays
(`segment`), and queries are answered over those (`searcher`). An engine opened is a
snapshot: it keeps reading the segments it was opened on, whatever is committed later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

import numpy as np
from whoosh import index

from kb.errors import OperatorError
from kb.model import Document, OffsetMap
from kb.search.answering import Answering, clauses_of
from kb.search.arrays import Scored
from kb.search.budget import Budget
from kb.search.columns import Columns
from kb.search.expand import Expander, Need
from kb.search.fields import Field
from kb.search.query import Query
from kb.search.related import related
from kb.search.results import Card, Explanation, HitList, Overview, RelatedDocument, Results, Stats
from kb.search.vocabulary import CollectionVocabulary
from kb.search.whoosh_engine import parallel
from kb.search.whoosh_engine.compile import compile_needs
from kb.search.whoosh_engine.explain import explanation
from kb.search.whoosh_engine.schema import schema
from kb.search.whoosh_engine.searcher import Searcher
from kb.search.whoosh_engine.segment import open_segments
from kb.search.whoosh_engine.writer import ArrayIndexWriter, purging
from kb.swedish.analysis import Analyzer, default_analyzer


class WhooshKind:
    """Makes and opens Whoosh indexes."""

    modules: tuple[str, ...] = (
        "kb.search.whoosh_engine.writer",
        "kb.search.whoosh_engine.parallel",
    )

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

    def commit(self, *, purge: bool = False) -> int:
        """Write what has been added and removed; return how many documents there are now."""
        self._writer.commit(mergetype=purging if purge else None)
        count: int = self._index.doc_count()
        return count

    def __enter__(self) -> WhooshWriter:
        return self

    def __exit__(self, kind: object, error: object, at: object) -> None:
        if not self._writer.is_closed:
            # On a full disk closing fails too, and would hide why.
            with suppress(Exception) if error else nullcontext():
                self._writer.cancel()


class WhooshEngine:
    """Answers queries over an index as it was when opened.

    Nothing in it changes after that but caches, so all threads share it without locks.
    """

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        opened = index.open_dir(str(folder), readonly=True)
        self._segments = open_segments(opened)
        opened.close()
        self._folder = folder
        live = [segment.alive().astype(np.uint32) for segment in self._segments]
        lexicons = [segment.lexicon for segment in self._segments]
        self._columns = Columns([segment.rows for segment in self._segments], live)
        self._vocabulary = CollectionVocabulary(
            lexicons, [segment.tokens for segment in self._segments]
        )
        self._searcher = Searcher(self._segments)
        self._expander = Expander(analyzer, self._vocabulary)
        self.answering = Answering(
            self._segments, self._columns, self._expander, self._vocabulary, self._score
        )
        # Tables that every query needs are computed in advance, so that the first one is fast.
        self._searcher.prepare(field.value for field in Field)
        _ = self._columns.overview

    def _score(self, needs: Sequence[Need], budget: Budget) -> Scored:
        if not needs:
            return Scored(self._columns.everything, np.ones(self._columns.documents))
        lookup = self._searcher.lookup()
        asked = compile_needs(needs, lookup, self._vocabulary)
        return self._searcher.score(asked, lookup, budget)

    def search(self, query: Query) -> Results:
        """Answer `query`."""
        return self.answering.answer(query)

    def listing(self, query: Query, most: int) -> HitList:
        """Return how many documents answer `query`, and the first of them."""
        return self.answering.listing(query, most)

    def related(self, doc_id: str, most: int = 5) -> tuple[RelatedDocument, ...]:
        """Return the documents most like one, the likest first."""
        number = self._number(doc_id)
        return () if number is None else related(self._segments, self._columns, number, most)

    def suggest(self, beginning: str, most: int = 8) -> tuple[str, ...]:
        """Return the commonest words that begin so, commonest first."""
        return self._vocabulary.beginning(beginning.casefold(), most) if beginning else ()

    def ids(self) -> frozenset[str]:
        """Return the id of every document in the index."""
        found: set[str] = set()
        for segment in self._segments:
            docs = segment.keys.postings(0, segment.keys.term_count).docs
            alive = ~np.isin(docs, segment.deleted)
            keys = segment.keys.all_terms()
            found.update(keys[n].decode() for n in np.flatnonzero(alive).tolist())
        return frozenset(found)

    def _number(self, doc_id: str) -> int | None:
        """Return the number of a document, counted through all segments."""
        # If several documents have the id, the last one is valid.
        for segment in reversed(range(len(self._segments))):
            found = self._segments[segment].find(doc_id)
            if found is not None:
                return int(self._searcher.bases[segment]) + found
        return None

    def document(self, doc_id: str) -> Document | None:
        """Return a document with all that was derived from it, or None."""
        number = self._number(doc_id)
        if number is None:
            return None
        segment, doc = self._columns.place(number)
        return self._segments[segment].rows.document(doc)

    def marks(self, doc_id: str, query: Query) -> list[tuple[int, int, str]]:
        """Return where the words of `query` stand in a document's source text."""
        number = self._number(doc_id)
        document = self.document(doc_id)
        if number is None or document is None:
            return []
        offsets = OffsetMap(document.repaired.changes)
        found: dict[tuple[int, int], str] = {}
        for match in self.answering.marks(number, query):
            span = offsets.to_source(match.start, match.end)
            found.setdefault((span.start, span.end), match.kind.value)
        return [(start, end, kind) for (start, end), kind in sorted(found.items())]

    def explain(self, doc_id: str, query: Query) -> Explanation | None:
        """Return what a document's score for `query` is made of; None if it does not match."""
        number = self._number(doc_id)
        if number is None:
            return None
        clauses, _ = clauses_of(self._columns.understood(query))
        needs = self._expander.expand(clauses, query.off)
        return explanation(self._searcher, self._vocabulary, needs, number)

    def neighbours(self, doc_id: str) -> tuple[Card | None, Card | None]:
        """Return the previous and next meeting of the document's group."""
        number = self._number(doc_id)
        return (None, None) if number is None else self._columns.neighbours(number)

    def overview(self) -> Overview:
        """Return what the index holds."""
        return self._columns.overview

    def stats(self) -> Stats:
        """Return how large the index is."""
        return Stats(
            documents=self._columns.documents,
            deleted=sum(len(segment.deleted) for segment in self._segments),
            segments=len(self._segments),
            words=sum(segment.fields[Field.FORM].term_count for segment in self._segments),
            bytes=sum(file.stat().st_size for file in self._folder.iterdir() if file.is_file()),
        )

    def close(self) -> None:
        """Close the files.

        Does nothing: the pages are unmapped when the last search that reads them ends.
        """
