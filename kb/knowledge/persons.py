"""Reads who people are and what the minutes say of them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from kb.knowledge import answers
from kb.knowledge.rows import SOURCE, Rows, day, quote
from kb.knowledge.statements import PROMISED, Statements
from kb.model import doubt


class Persons:
    """Reads who people are and what the minutes say of them."""

    def __init__(self, rows: Rows, statements: Statements) -> None:
        self._rows = rows
        self._statements = statements

    def people(self) -> tuple[answers.PersonLine, ...]:
        """Return everybody, by name."""
        return self.where("1")

    def where(self, condition: str, *values: object) -> tuple[answers.PersonLine, ...]:
        """Return the people whose mentions `m` meet a condition, those of most meetings first."""
        rows = self._rows.all(
            f"""SELECT q.key, q.name, q.place, COUNT(DISTINCT m.path) AS meetings,
                       MIN(d.likely) AS first, MAX(d.likely) AS last
                FROM mention m JOIN person q ON q.key = m.person JOIN document d ON d.path = m.path
                WHERE m.presence <> '' AND {condition} GROUP BY q.key
                ORDER BY meetings DESC, q.name""",
            *values,
        )
        return tuple(
            answers.PersonLine(
                key=row["key"],
                name=row["name"],
                place=row["place"],
                meetings=row["meetings"],
                first=day(row["first"]),
                last=day(row["last"]),
            )
            for row in rows
        )

    def person(self, key: str) -> answers.PersonPage | None:
        """Return what the minutes say of a person, or None if there is nobody of that key."""
        found = self._rows.all("SELECT key, name, place FROM person WHERE key = ?", key)
        if not found:
            return None
        rows = self._rows.all(
            f"""SELECT m.stated, m.start, m."end", m.municipality, m.organisation, m.role,
                       m.title AS occupation, m.presence, m.confidence, {SOURCE}, d.likely
                FROM mention m JOIN document d ON d.path = m.path
                WHERE m.person = ? AND m.presence <> '' ORDER BY d.likely DESC, d.path""",
            key,
        )
        spellings = self._rows.all(
            """SELECT name, place, identity, count, reason, confidence FROM spelling
               WHERE person = ? ORDER BY reason, count DESC""",
            key,
        )
        return answers.PersonPage(
            key=key,
            name=found[0]["name"],
            place=found[0]["place"],
            spellings=tuple(answers.NameSpelling(**dict(spelling)) for spelling in spellings),
            memberships=_memberships(rows),
            meetings=tuple(map(_attendance, rows)),
            actions=self._statements.where(f"{PROMISED} WHERE person = ?)", [key]),
            suggestions=self._suggestions("one_key = ? OR other_key = ?", key, key),
        )

    def person_of(self, path: str) -> dict[str, str]:
        """Return the keys of the people of a document by their names there."""
        rows = self._rows.all("SELECT name, person FROM mention WHERE path = ?", path)
        return {row["name"]: row["person"] for row in rows}

    def people_named(self, name: str) -> tuple[str, ...]:
        """Return the keys of the people with a name."""
        rows = self._rows.all(
            "SELECT DISTINCT person FROM spelling WHERE name = ? ORDER BY 1", name
        )
        return tuple(row["person"] for row in rows)

    def mentions(self, path: str) -> tuple[answers.NamedPerson, ...]:
        """Return the places of names in a document and whose they are, in order of place."""
        rows = self._rows.all(
            'SELECT name, start, "end", person FROM mention WHERE path = ? ORDER BY start', path
        )
        return tuple(
            answers.NamedPerson(row["name"], row["start"], row["end"], row["person"])
            for row in rows
        )

    def unused(self) -> tuple[str, ...]:
        """Return the decisions of editors about names that no longer exist."""
        return tuple(row[0] for row in self._rows.all("SELECT names FROM unused"))

    def suggestions(self) -> tuple[answers.NameSuggestion, ...]:
        """Return the pairs of names that may be one person's, the likeliest first."""
        return self._suggestions("1")

    def _suggestions(self, where: str, *values: object) -> tuple[answers.NameSuggestion, ...]:
        rows = self._rows.all(
            f"""SELECT one, other, one_key, other_key, confidence, reason FROM suggestion
                WHERE {where} ORDER BY confidence DESC, one, other""",
            *values,
        )
        return tuple(answers.NameSuggestion(**dict(row)) for row in rows)


def _attendance(row: sqlite3.Row) -> answers.AttendanceRow:
    stated = quote(row, "stated", confidence=row["confidence"], threshold=doubt.PARTICIPANT)
    return answers.AttendanceRow(stated, row["presence"], row["role"])


def _memberships(rows: Sequence[sqlite3.Row]) -> tuple[answers.Membership, ...]:
    """Return a person's roles, titles and organisations, those of most meetings first."""
    days: defaultdict[str, list[dt.date | None]] = defaultdict(list)
    for row in rows:
        for what in {row["municipality"], row["organisation"], row["role"], row["occupation"],
                     row["grp"]} - {None, ""}:  # fmt: skip
            days[what].append(day(row["likely"]))
    found = []
    for what, each in days.items():
        known = [day for day in each if day]
        found.append(
            answers.Membership(what, min(known, default=None), max(known, default=None), len(each))
        )
    return tuple(sorted(found, key=lambda membership: (-membership.meetings, membership.what)))
