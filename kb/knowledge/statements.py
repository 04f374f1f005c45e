"""Reads the statements of minutes."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from kb.knowledge import answers
from kb.knowledge.rows import SOURCE, Rows, day, quote
from kb.model import ACTION, doubt

_STATEMENT = f"""s.id, s.kind, s.text, s.sentence, s.start, s."end", s.confidence, s.due, s.heading,
    {SOURCE}"""
PROMISED = f"s.kind = '{ACTION.name}' AND s.id IN (SELECT statement FROM who"
"""What somebody undertook; a condition on `who` and its closing bracket follow."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements are wanted; an empty value does not filter."""

    kind: str
    municipality: str = ""
    group: str = ""
    person: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    open: bool | None = None


class Statements:
    """Reads the statements of minutes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def statements(self, wanted: Filter, first: int = 0, most: int = 50) -> answers.StatementSlice:
        """Return a page of the statements that pass a filter, the latest first."""
        conditions, values = ["s.kind = ?"], [wanted.kind]
        if wanted.municipality:
            conditions.append(
                """(s.path IN (SELECT path FROM part WHERE municipality = ?
                                AND part NOT IN ('nämns', 'frånvarande'))
                    OR s.id IN (SELECT statement FROM who WHERE municipality = ?))"""
            )
            values += [wanted.municipality] * 2
        if wanted.group:
            conditions.append("d.grp = ?")
            values.append(wanted.group)
        if wanted.person:
            conditions.append("s.id IN (SELECT statement FROM who WHERE person = ? OR name = ?)")
            values += [wanted.person] * 2
        if wanted.since:
            conditions.append("s.likely >= ?")
            values.append(wanted.since.isoformat())
        if wanted.until:
            conditions.append("s.likely <= ?")
            values.append(wanted.until.isoformat())
        if wanted.open is not None:
            conditions.append("s.open = ?")
            values.append(str(int(wanted.open)))
        condition = " AND ".join(conditions)
        counted = "SELECT COUNT(*) FROM statement s JOIN document d ON d.path = s.path"
        total = self._rows.number(f"{counted} WHERE {condition}", *values)
        return answers.StatementSlice(total, self.where(condition, values, first, most))

    def where(
        self, condition: str, values: Sequence[object], first: int = 0, most: int = -1
    ) -> tuple[answers.Stated, ...]:
        """Return a page of the statements `s` that meet a condition, the latest first."""
        rows = self._rows.all(
            f"""SELECT {_STATEMENT} FROM statement s JOIN document d ON d.path = s.path
                WHERE {condition} ORDER BY s.likely DESC, s.path, s.start LIMIT ? OFFSET ?""",
            *values, most, first,
        )  # fmt: skip
        return tuple(self._stated(row) for row in rows)

    def _stated(self, row: sqlite3.Row) -> answers.Stated:
        later = self._rows.all(
            f"""SELECT l.sentence, l.start, l."end", l.likeness, {SOURCE} FROM later l
                JOIN document d ON d.path = l.path WHERE l.statement = ? ORDER BY d.likely""",
            row["id"],
        )
        who = self._rows.all("SELECT name, person FROM who WHERE statement = ?", row["id"])
        return answers.Stated(
            kind=row["kind"],
            text=row["text"],
            quote=quote(row, confidence=row["confidence"], threshold=doubt.STATEMENT),
            who=tuple(answers.Who(person["name"], person["person"]) for person in who),
            due=day(row["due"]),
            heading=row["heading"],
            later=tuple(
                quote(mention, confidence=mention["likeness"], threshold=doubt.LATER)
                for mention in later
            ),
        )
