"""The tables of a generation, read row by row. Safe to share between threads."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from pathlib import Path

from kb.knowledge import answers

SOURCE = "d.path, d.title, d.grp, d.date, d.proposed, d.doubtful"
"""The columns of `document d` that `source` and `quote` read."""


class Rows:
    """Queries over the tables of a generation. Each thread reads through its own connection.

    Args:
        file: The file of a generation.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._local = threading.local()

    @property
    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            db = sqlite3.connect(f"file:{self._file}?mode=ro&immutable=1", uri=True)
            db.row_factory = sqlite3.Row
            self._local.db = db
        db = self._local.db
        assert isinstance(db, sqlite3.Connection)
        return db

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows that a query gives."""
        return self._db.execute(sql, values).fetchall()

    def number(self, sql: str, *values: object) -> int:
        """Return the one number that a query gives."""
        (number,) = self._db.execute(sql, values).fetchone()
        return int(number)

    def sources(self, where: str, *values: object) -> tuple[answers.SourceDocument, ...]:
        """Return the documents `d` that meet a condition, the earliest first."""
        rows = self.all(
            f"SELECT {SOURCE} FROM document d WHERE {where} ORDER BY d.likely, d.path", *values
        )
        return tuple(map(source, rows))


def source(row: sqlite3.Row) -> answers.SourceDocument:
    """Return the document of a row that has the columns `SOURCE`."""
    return answers.SourceDocument(
        path=row["path"],
        title=row["title"],
        group=row["grp"],
        date=day(row["date"]),
        proposed=day(row["proposed"]),
        doubtful=bool(row["doubtful"]),
    )


def quote(
    row: sqlite3.Row, text: str = "sentence", *, confidence: float = 1.0, threshold: float = 0.0
) -> answers.Quote:
    """Return the words of a row with the columns `SOURCE`, `start` and `end`.

    Args:
        row: The row.
        text: Its column that holds the words.
        confidence: How sure the fact is that the words state.
        threshold: The confidence below which such a fact is doubtful.
    """
    return answers.Quote(
        source=source(row),
        text=row[text],
        start=row["start"],
        end=row["end"],
        confidence=confidence,
        is_doubtful=confidence < threshold,
    )


def day(text: str | None) -> dt.date | None:
    """Return a stored day."""
    return dt.date.fromisoformat(text) if text else None
