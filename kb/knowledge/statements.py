"""Reads decisions, undertakings, postponed points and questions."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from kb.knowledge import answers
from kb.knowledge.rows import SOURCE, Rows, day, source

_STATEMENT = f"""s.id, s.kind, s.text, s.sentence, s.start, s."end", s.confidence, s.due, s.heading,
    {SOURCE}"""
PROMISED = "s.kind = 'åtagande' AND s.id IN (SELECT statement FROM who"
"""What somebody undertook; a condition on `who` and its closing bracket follow."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements are wanted; what is empty does not narrow."""

    kind: str
    municipality: str = ""
    group: str = ""
    person: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    open: bool | None = None


class Statements(Rows):
    """Reads decisions, undertakings, postponed points and questions."""

    def statements(self, wanted: Filter, first: int = 0, most: int = 50) -> answers.StatementSlice:
        """Return some of the statements that pass a filter, the latest first."""
        where, values = ["s.kind = ?"], [wanted.kind]
        if wanted.municipality:
            where.append(
                """(s.path IN (SELECT path FROM part WHERE municipality = ?
                                AND part NOT IN ('nämns', 'frånvarande'))
                    OR s.id IN (SELECT statement FROM who WHERE municipality = ?))"""
            )
            values += [wanted.municipality] * 2
        if wanted.group:
            where.append("d.grp = ?")
            values.append(wanted.group)
        if wanted.person:
            where.append("s.id IN (SELECT statement FROM who WHERE person = ? OR name = ?)")
            values += [wanted.person] * 2
        if wanted.since:
            where.append("s.likely >= ?")
            values.append(wanted.since.isoformat())
        if wanted.until:
            where.append("s.likely <= ?")
            values.append(wanted.until.isoformat())
        if wanted.open is not None:
            where.append("s.open = ?")
            values.append(str(int(wanted.open)))
        condition = " AND ".join(where)
        counted = "SELECT COUNT(*) FROM statement s JOIN document d ON d.path = s.path"
        (total,) = self._db.execute(f"{counted} WHERE {condition}", values).fetchone()
        return answers.StatementSlice(total, self._statements(condition, values, first, most))

    def _statements(
        self, where: str, values: Sequence[object], first: int = 0, most: int = -1
    ) -> tuple[answers.Stated, ...]:
        rows = self._all(
            f"""SELECT {_STATEMENT} FROM statement s JOIN document d ON d.path = s.path
                WHERE {where} ORDER BY s.likely DESC, s.path, s.start LIMIT ? OFFSET ?""",
            *values, most, first,
        )  # fmt: skip
        return tuple(self._stated(row) for row in rows)

    def _stated(self, row: sqlite3.Row) -> answers.Stated:
        later = self._all(
            f"""SELECT l.sentence, l.start, l."end", l.likeness, {SOURCE} FROM later l
                JOIN document d ON d.path = l.path WHERE l.statement = ? ORDER BY d.likely""",
            row["id"],
        )
        who = self._all("SELECT name, person FROM who WHERE statement = ?", row["id"])
        return answers.Stated(
            row["kind"],
            row["text"],
            answers.Quote(
                source(row), row["sentence"], row["start"], row["end"], row["confidence"]
            ),
            tuple(answers.Who(own["name"], own["person"]) for own in who),
            day(row["due"]),
            row["heading"],
            tuple(
                answers.Quote(source(r), r["sentence"], r["start"], r["end"], r["likeness"])
                for r in later
            ),
        )
