"""What is known of a generation, row by row. Safe to share between threads."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from pathlib import Path

from kb.knowledge import answers

SOURCE = "d.path, d.title, d.grp, d.date, d.proposed, d.doubtful"
"""The columns of a document that every statement needs; `source` makes them one."""


class Rows:
    """The tables of a generation. Each thread reads through a connection of its own.

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

    def _all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self._db.execute(sql, values).fetchall()

    def _sources(self, where: str, *values: object) -> tuple[answers.SourceDocument, ...]:
        rows = self._all(
            f"SELECT {SOURCE} FROM document d WHERE {where} ORDER BY d.likely, d.path", *values
        )
        return tuple(map(source, rows))


def source(row: sqlite3.Row) -> answers.SourceDocument:
    """Return the document of a row that has the columns `SOURCE`."""
    return answers.SourceDocument(
        row["path"],
        row["title"],
        row["grp"],
        day(row["date"]),
        day(row["proposed"]),
        bool(row["doubtful"]),
    )


def day(text: str | None) -> dt.date | None:
    """Return a stored day."""
    return dt.date.fromisoformat(text) if text else None
