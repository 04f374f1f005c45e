"""The interface of search engines; other rooms depend on this only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol

from kb.model import Document
from kb.search.query import Query
from kb.search.results import Card, Explanation, HitList, Overview, RelatedDocument, Results, Stats


class Engine(Protocol):
    """Answers queries over one finished index. Safe to share between threads."""

    def search(self, query: Query) -> Results:
        """Answer `query`; no text a user can type raises."""
        ...

    def listing(self, query: Query, most: int) -> HitList:
        """Return how many documents answer `query`, and the first `most` of them.

        They start at the query's page, in its order, without passages and reasons.
        """
        ...

    def related(self, doc_id: str, most: int = 5) -> tuple[RelatedDocument, ...]:
        """Return the documents most similar to one, the best first; none if it does not exist."""
        ...

    def suggest(self, beginning: str, most: int = 8) -> tuple[str, ...]:
        """Return the commonest words of the collection with a prefix, commonest first."""
        ...

    def explain(self, doc_id: str, query: Query) -> Explanation | None:
        """Return the parts of a document's score for `query`; None if it does not match."""
        ...

    def stats(self) -> Stats:
        """Return how large the index is."""
        ...

    def ids(self) -> frozenset[str]:
        """Return the id of every document in the index."""
        ...

    def document(self, doc_id: str) -> Document | None:
        """Return a document with all that was derived from it, or None."""
        ...

    def marks(self, doc_id: str, query: Query) -> list[tuple[int, int, str]]:
        """Return where the words of `query` stand in a document's source text.

        Each mark is (start, end, kind of match), in order, not overlapping.
        """
        ...

    def neighbours(self, doc_id: str) -> tuple[Card | None, Card | None]:
        """Return the previous and next meeting of the document's group."""
        ...

    def overview(self) -> Overview:
        """Return the totals of the index."""
        ...

    def close(self) -> None:
        """Close the files; running calls may finish."""
        ...


class IndexWriter(Protocol):
    """Adds documents to an index and removes them; engines opened before do not see it.

    Used in a `with`, which discards the changes unless `commit` was called.
    """

    def add(self, document: Document) -> None:
        """Add a document, in place of the one of the same id if there is one."""
        ...

    def remove(self, doc_id: str) -> bool:
        """Remove a document; return whether there was one."""
        ...

    def commit(self, *, purge: bool = False) -> int:
        """Write what has been added and removed; return how many documents there are now.

        Files are never written to, only added and deleted, so that they can be linked.

        Args:
            purge: Whether the text of removed documents must be gone from all files at once, not
                only when their segment happens to be merged.
        """
        ...

    def __enter__(self) -> IndexWriter: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None: ...


class EngineKind(Protocol):
    """How an engine's index is made and opened.

    Attributes:
        modules: The modules that decide what stands in the files of an index. Where one of
            these, or what it imports, has changed, the index is made new.
    """

    modules: tuple[str, ...]

    def build(self, folder: Path, documents: Iterable[Document], processes: int = 1) -> int:
        """Write an index of `documents` into the empty `folder`; return how many.

        With several processes, each imports the program's main module again (Python's "spawn"),
        so that importing it must have no effects.
        """
        ...

    def writer(self, folder: Path) -> IndexWriter:
        """Return a writer that adds to and removes from the index in `folder`.

        Raises:
            OperatorError: Another writer is at work on it.
        """
        ...

    def open(self, folder: Path) -> Engine:
        """Open a finished index for searching."""
        ...
