"""SQLite's FTS5 with facets counted by numpy over ordinals, its best form."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np

from kb.lab.bench.peers.base import FACETS, TOP, PeerAnswer, PeerQuestion, Sample, Shape

_FILE = "index.sqlite"
_FACETS = "facets.json"
_TABLE = (
    "CREATE VIRTUAL TABLE texts USING fts5(text, tokenize="
    "\"unicode61 remove_diacritics 0 tokenchars '-:.,§/@_&+’'''\")"
)


class Fts5:
    """FTS5; its own tokenizer splits at the spaces between ready tokens."""

    name = "FTS5"

    def available(self) -> bool:
        """Tell whether SQLite was built with it."""
        with sqlite3.connect(":memory:") as memory:
            return bool(
                memory.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
            )

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Write an index."""
        values: dict[str, list[tuple[str, ...]]] = {facet: [] for facet in FACETS}
        with sqlite3.connect(folder / _FILE) as database:
            database.execute("PRAGMA journal_mode=OFF")
            database.execute("PRAGMA synchronous=OFF")
            database.execute("PRAGMA cache_size=-262144")
            database.execute("CREATE TABLE names (id TEXT)")
            database.execute(_TABLE)
            for number, sample in enumerate(samples, start=1):
                database.execute("INSERT INTO names(rowid, id) VALUES (?, ?)", (number, sample.id))
                database.execute(
                    "INSERT INTO texts(rowid, text) VALUES (?, ?)", (number, sample.text)
                )
                for facet in FACETS:
                    values[facet].append(sample.facets[facet])
            database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        (folder / _FACETS).write_bytes(msgspec.json.encode(values))

    def open(self, folder: Path) -> _Searching:
        """Open a finished index."""
        values = msgspec.json.decode(
            (folder / _FACETS).read_bytes(), type=dict[str, list[tuple[str, ...]]]
        )
        return _Searching(sqlite3.connect(folder / _FILE), values)


class _Ordinals:
    """The values of a facet as numbers, document by document."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        self.values = sorted({value for row in rows for value in row})
        number = {value: n for n, value in enumerate(self.values)}
        self._flat = np.array([number[v] for row in rows for v in row], dtype=np.int32)
        self._starts = np.concatenate(([0], np.cumsum([len(row) for row in rows])))

    def count(self, docs: np.ndarray) -> dict[str, int]:
        lengths = self._starts[docs + 1] - self._starts[docs]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0)
        places += np.repeat(self._starts[docs] - ends + lengths, lengths)
        counts = np.bincount(self._flat[places], minlength=len(self.values))
        return {self.values[n]: int(counts[n]) for n in np.flatnonzero(counts)}

    def having(self, value: str) -> np.ndarray:
        if value not in self.values:
            return np.zeros(len(self._starts) - 1, dtype=bool)
        wanted = np.zeros(len(self._starts) - 1, dtype=bool)
        hits = np.flatnonzero(self._flat == self.values.index(value))
        wanted[np.searchsorted(self._starts, hits, side="right") - 1] = True
        return wanted


class _Searching:
    def __init__(
        self, database: sqlite3.Connection, values: dict[str, list[tuple[str, ...]]]
    ) -> None:
        self._database = database
        self._facets = {facet: _Ordinals(rows) for facet, rows in values.items()}

    def ask(self, question: PeerQuestion, *, whole: bool) -> PeerAnswer | None:
        """Answer a question."""
        expression = _expression(question)
        ask = self._database.execute
        if not whole and question.filter is None:
            total = ask("SELECT count(*) FROM texts WHERE texts MATCH ?", (expression,)).fetchone()[
                0
            ]
            best = ask(
                "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?",
                (expression, TOP),
            ).fetchall()
            return PeerAnswer(total, self._names([row for (row,) in best]))
        found = ask("SELECT rowid, rank FROM texts WHERE texts MATCH ?", (expression,)).fetchall()
        docs = np.array([row for row, _ in found], dtype=np.int64) - 1
        ranks = np.array([rank for _, rank in found])
        if question.filter is not None:
            facet, value = question.filter
            kept = self._facets[facet].having(value)[docs]
            docs, ranks = docs[kept], ranks[kept]
        best_first = np.argsort(ranks, kind="stable")[:TOP]
        rows = [int(doc) + 1 for doc in docs[best_first]]
        if not whole:
            return PeerAnswer(len(docs), self._names(rows))
        facets = {facet: ordinals.count(docs) for facet, ordinals in self._facets.items()}
        snippets = [
            ask(
                "SELECT snippet(texts, 0, '<mark>', '</mark>', '…', 30) FROM texts "
                "WHERE texts MATCH ? AND rowid = ?",
                (expression, row),
            ).fetchone()[0]
            for row in rows
        ]
        return PeerAnswer(len(docs), self._names(rows), facets, len(snippets))

    def _names(self, rows: list[int]) -> tuple[str, ...]:
        ask = self._database.execute
        return tuple(
            ask("SELECT id FROM names WHERE rowid = ?", (row,)).fetchone()[0] for row in rows
        )


def _expression(question: PeerQuestion) -> str:
    quoted = ['"' + term.replace('"', '""') + '"' for term in question.terms]
    match question.shape:
        case Shape.PREFIX:
            return quoted[0] + "*"
        case Shape.PHRASE:
            return " + ".join(quoted)
        case Shape.OR:
            return " OR ".join(quoted)
        case _:
            return " AND ".join(quoted)
