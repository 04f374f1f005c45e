"""Reads what is known of a generation. Safe to share between threads."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.knowledge import answers
from kb.knowledge.topics import keys_of
from kb.model import Part

_SOURCE = "d.path, d.title, d.grp, d.date, d.proposed, d.doubtful"
_STATEMENT = f"""s.id, s.kind, s.text, s.sentence, s.start, s."end", s.confidence, s.due, s.heading,
    {_SOURCE}"""
_ROW = sqlite3.Row
_PROMISED = "s.kind = 'åtagande' AND s.id IN (SELECT statement FROM who"


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


class KnowledgeBase:
    """What is known. Each thread reads through a connection of its own.

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
            db.row_factory = _ROW
            self._local.db = db
        db = self._local.db
        assert isinstance(db, sqlite3.Connection)
        return db

    def _all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self._db.execute(sql, values).fetchall()

    # Municipalities

    def municipalities(self) -> list[tuple[str, int, int]]:
        """Return every municipality with its meetings and its documents with a round of it."""
        rows = self._all(
            """SELECT municipality, COUNT(DISTINCT path) FROM part WHERE part IN (?, ?, ?)
               GROUP BY municipality ORDER BY 2 DESC, 1""",
            Part.ATTENDED.value, Part.HOST.value, Part.SUBJECT.value,
        )  # fmt: skip
        rounds: dict[str, int] = dict(
            tuple(row)
            for row in self._all(
                "SELECT municipality, COUNT(DISTINCT path) FROM said GROUP BY municipality"
            )
        )
        return [(name, count, rounds.get(name, 0)) for name, count in rows]

    def municipality(self, name: str) -> answers.Municipality | None:
        """Return what is known of a municipality, or None if it is never named."""
        parts = self._all(
            f"""SELECT p.part, p.start, p."end", {_SOURCE} FROM part p JOIN document d
                ON d.path = p.path WHERE p.municipality = ? ORDER BY d.likely DESC, d.path""",
            name,
        )
        if not parts:
            return None
        return answers.Municipality(
            name,
            self._rounds(name),
            tuple(
                answers.Attendance(
                    answers.Quote(_source(row), row["part"], row["start"], row["end"]), row["part"]
                )
                for row in parts
            ),
            self._people("m.municipality = ?", name),
            self._statements(f"{_PROMISED} WHERE municipality = ?)", [name]),
        )

    def _rounds(self, name: str, paths: Iterable[str] | None = None) -> tuple[answers.Round, ...]:
        rows = self._all(
            f"""SELECT a.sentence, a.start, a."end", {_SOURCE} FROM said a JOIN document d
                ON d.path = a.path WHERE a.municipality = ?
                ORDER BY d.likely DESC, d.path, a.start""",
            name,
        )
        wanted = set(paths) if paths is not None else None
        by_document: dict[str, list[answers.Quote]] = {}
        for row in rows:
            if wanted is None or row["path"] in wanted:
                quote = answers.Quote(_source(row), row["sentence"], row["start"], row["end"])
                by_document.setdefault(row["path"], []).append(quote)
        return tuple(
            answers.Round(quotes[0].source, tuple(quotes)) for quotes in by_document.values()
        )

    def matrix(
        self, topics: Sequence[str], municipalities: Sequence[str]
    ) -> dict[tuple[str, str], answers.Cell]:
        """Return what each municipality said of each topic in rounds, the latest first.

        A topic is words; a sentence is about it if it has all of them, inflected or in compounds.
        """
        cells = {}
        for topic in topics:
            keys = keys_of(topic)[: len(topic.split())] or [topic]
            where = " AND ".join(["a.keys LIKE ? ESCAPE '\\'"] * len(keys))
            rows = self._all(
                f"""SELECT a.municipality, a.sentence, a.start, a."end", {_SOURCE} FROM said a
                    JOIN document d ON d.path = a.path WHERE {where}
                    ORDER BY d.likely DESC, d.path, a.start""",
                *(f"% {_escaped(key)} %" for key in keys),
            )
            found = defaultdict(list)
            for row in rows:
                found[row["municipality"]].append(
                    answers.Quote(_source(row), row["sentence"], row["start"], row["end"])
                )
            for name in municipalities:
                cells[name, topic] = answers.Cell(name, topic, tuple(found[name]))
        return cells

    # Groups

    def groups(self) -> tuple[answers.GroupLine, ...]:
        """Return every group with its meetings."""
        rows = self._all(
            """SELECT grp, COUNT(*) AS meetings, MIN(likely) AS first, MAX(likely) AS last
               FROM document WHERE grp IS NOT NULL GROUP BY grp ORDER BY 2 DESC, 1"""
        )
        return tuple(
            answers.GroupLine(r["grp"], r["meetings"], _day(r["first"]), _day(r["last"]))
            for r in rows
        )

    def group(self, name: str) -> answers.Group | None:
        """Return what is known of a group, or None if there are no minutes of it."""
        meetings = self._sources("d.grp = ?", name)
        if not meetings:
            return None
        places = self._all(
            f"""SELECT t.id, t.heading AS thread, p.heading AS text, p.start, p."end", {_SOURCE}
                FROM thread t JOIN thread_place p ON p.thread = t.id
                JOIN document d ON d.path = p.path
                WHERE t.grp = ? ORDER BY t.id, d.likely, d.path""",
            name,
        )
        threads: dict[int, list[Any]] = {}
        for row in places:
            threads.setdefault(row["id"], []).append(row)
        lines = [
            answers.ThreadLine(
                rows[-1]["thread"],
                tuple(answers.Quote(_source(r), r["text"], r["start"], r["end"]) for r in rows),
            )
            for rows in threads.values()
        ]
        return answers.Group(
            name,
            meetings,
            self._people("m.path IN (SELECT path FROM document WHERE grp = ?)", name),
            self._announced("a.grp = ?", name),
            tuple(sorted(lines, key=lambda own: -len(own.quotes))),
        )

    # People

    def people(self) -> tuple[answers.PersonLine, ...]:
        """Return everybody, by name."""
        return self._people("1")

    def _people(self, where: str, *values: object) -> tuple[answers.PersonLine, ...]:
        rows = self._all(
            f"""SELECT q.key, q.name, q.place, COUNT(DISTINCT m.path) AS meetings,
                       MIN(d.likely) AS first, MAX(d.likely) AS last
                FROM mention m JOIN person q ON q.key = m.person JOIN document d ON d.path = m.path
                WHERE m.presence <> '' AND {where} GROUP BY q.key
                ORDER BY meetings DESC, q.name""",
            *values,
        )
        return tuple(
            answers.PersonLine(
                r["key"], r["name"], r["place"], r["meetings"], _day(r["first"]), _day(r["last"])
            )
            for r in rows
        )

    def person(self, key: str) -> answers.Person | None:
        """Return what the minutes say of a person, or None if there is nobody of that key."""
        found = self._all("SELECT key, name, place FROM person WHERE key = ?", key)
        if not found:
            return None
        rows = self._all(
            f"""SELECT m.stated, m.start, m."end", m.municipality, m.organisation, m.role,
                       m.title AS occupation, m.presence, m.confidence, {_SOURCE}, d.likely
                FROM mention m JOIN document d ON d.path = m.path
                WHERE m.person = ? AND m.presence <> '' ORDER BY d.likely DESC, d.path""",
            key,
        )
        spellings = self._all(
            "SELECT * FROM spelling WHERE person = ? ORDER BY reason, count DESC", key
        )
        return answers.Person(
            key,
            found[0]["name"],
            found[0]["place"],
            tuple(
                answers.Spelling(
                    s["name"], s["place"], s["identity"], s["count"], s["reason"], s["confidence"]
                )
                for s in spellings
            ),
            _memberships(rows),
            tuple(
                answers.Attendance(
                    answers.Quote(_source(r), r["stated"], r["start"], r["end"], r["confidence"]),
                    r["presence"],
                    r["role"],
                )
                for r in rows
            ),
            self._statements(f"{_PROMISED} WHERE person = ?)", [key]),
            self._suggestions("one_key = ? OR other_key = ?", key, key),
        )

    def person_of(self, path: str) -> dict[str, str]:
        """Return the keys of the people of a document by their names there."""
        rows = self._all("SELECT name, person FROM mention WHERE path = ?", path)
        return {row["name"]: row["person"] for row in rows}

    def mentions(self, path: str) -> tuple[answers.Named, ...]:
        """Return where people are named in a document and who they are, in order of place."""
        rows = self._all(
            'SELECT name, start, "end", person FROM mention WHERE path = ? ORDER BY start', path
        )
        return tuple(answers.Named(r["name"], r["start"], r["end"], r["person"]) for r in rows)

    def bearers(self, name: str) -> tuple[str, ...]:
        """Return the keys of the people who are written with a name."""
        rows = self._all("SELECT DISTINCT person FROM spelling WHERE name = ? ORDER BY 1", name)
        return tuple(row["person"] for row in rows)

    def unused(self) -> tuple[str, ...]:
        """Return the decisions of editors about names that are no longer there."""
        return tuple(row[0] for row in self._all("SELECT names FROM unused"))

    def suggestions(self) -> tuple[answers.Suggestion, ...]:
        """Return the names that may be one person's, the likeliest first."""
        return self._suggestions("1")

    def _suggestions(self, where: str, *values: object) -> tuple[answers.Suggestion, ...]:
        rows = self._all(
            f"SELECT * FROM suggestion WHERE {where} ORDER BY confidence DESC, one, other", *values
        )
        return tuple(answers.Suggestion(**dict(row)) for row in rows)

    # Statements

    def statements(self, wanted: Filter, first: int = 0, most: int = 50) -> answers.Page:
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
        return answers.Page(total, self._statements(condition, values, first, most))

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
            f"""SELECT l.sentence, l.start, l."end", l.likeness, {_SOURCE} FROM later l
                JOIN document d ON d.path = l.path WHERE l.statement = ? ORDER BY d.likely""",
            row["id"],
        )
        who = self._all("SELECT name, person FROM who WHERE statement = ?", row["id"])
        return answers.Stated(
            row["kind"],
            row["text"],
            answers.Quote(
                _source(row), row["sentence"], row["start"], row["end"], row["confidence"]
            ),
            tuple(answers.Who(own["name"], own["person"]) for own in who),
            _day(row["due"]),
            row["heading"],
            tuple(
                answers.Quote(_source(r), r["sentence"], r["start"], r["end"], r["likeness"])
                for r in later
            ),
        )

    # Meetings

    def coming(self, since: dt.date) -> tuple[answers.Coming, ...]:
        """Return the announced meetings from a day on, the next first."""
        return self._announced("a.date >= ?", since.isoformat())

    def missing(self, until: dt.date) -> tuple[answers.Coming, ...]:
        """Return the meetings announced for before a day that have no minutes here."""
        return self._announced("a.date < ? AND a.held = '[]'", until.isoformat())

    def absences(self) -> list[tuple[answers.Source, tuple[str, ...], tuple[str, ...]]]:
        """Return the municipalities and people that were absent, by meeting, the latest first."""
        found = []
        for source in self._sources(
            """d.path IN (SELECT path FROM part WHERE part = 'frånvarande'
                          UNION SELECT path FROM mention WHERE presence = 'ej närvarande')"""
        )[::-1]:
            places = self._all(
                "SELECT municipality FROM part WHERE path = ? AND part = 'frånvarande'", source.path
            )
            people = self._all(
                "SELECT name FROM mention WHERE path = ? AND presence = 'ej närvarande'",
                source.path,
            )
            found.append((source, tuple(r[0] for r in places), tuple(r[0] for r in people)))
        return found

    def _announced(self, where: str, *values: object) -> tuple[answers.Coming, ...]:
        rows = self._all(f"SELECT * FROM announced a WHERE {where} ORDER BY date, grp", *values)
        found = []
        for row in rows:
            quotes = self._all(
                f"""SELECT n.sentence, n.start, n."end", n.confidence, {_SOURCE}
                    FROM announcement n JOIN document d ON d.path = n.path
                    WHERE n.announced = ? ORDER BY d.likely DESC""",
                row["id"],
            )
            found.append(
                answers.Coming(
                    row["grp"],
                    dt.date.fromisoformat(row["date"]),
                    dt.time.fromisoformat(row["time"]) if row["time"] else None,
                    row["place"],
                    tuple(
                        answers.Quote(
                            _source(q), q["sentence"], q["start"], q["end"], q["confidence"]
                        )
                        for q in quotes
                    ),
                    tuple(json.loads(row["held"])),
                )
            )
        return tuple(found)

    def pack(self, name: str) -> answers.Pack | None:
        """Return what a group needs for its next meeting, or None if there are no minutes of it."""
        group = self.group(name)
        if group is None:
            return None
        dated = [own for own in group.meetings if own.likely]
        last = dated[-1] if dated else None
        rounds = {}
        for municipality, *_ in self.municipalities():
            found = self._rounds(municipality, [own.path for own in group.meetings])
            if found:
                rounds[municipality] = found[0]
        since = last.likely if last else None
        return answers.Pack(
            group,
            last,
            self._statements("s.kind = 'åtagande' AND s.open = 1 AND d.grp = ?", [name]),
            self._statements("s.kind = 'uppskjutet' AND s.open = 1 AND d.grp = ?", [name]),
            tuple(sorted(rounds.items())),
            self._sources("d.likely > ? AND d.grp IS NOT ?", since.isoformat(), name)
            if since
            else (),
        )

    def _sources(self, where: str, *values: object) -> tuple[answers.Source, ...]:
        rows = self._all(
            f"SELECT {_SOURCE} FROM document d WHERE {where} ORDER BY d.likely, d.path", *values
        )
        return tuple(map(_source, rows))


def _source(row: sqlite3.Row) -> answers.Source:
    return answers.Source(
        row["path"],
        row["title"],
        row["grp"],
        _day(row["date"]),
        _day(row["proposed"]),
        bool(row["doubtful"]),
    )


def _memberships(rows: Sequence[sqlite3.Row]) -> tuple[answers.Membership, ...]:
    """Return what a person was, each with its first and last meeting, the latest first."""
    days: defaultdict[str, list[dt.date | None]] = defaultdict(list)
    for row in rows:
        for what in {row["municipality"], row["organisation"], row["role"], row["occupation"],
                     row["grp"]} - {None, ""}:  # fmt: skip
            days[what].append(_day(row["likely"]))
    found = []
    for what, each in days.items():
        known = [day for day in each if day]
        found.append(
            answers.Membership(what, min(known, default=None), max(known, default=None), len(each))
        )
    return tuple(sorted(found, key=lambda own: (-own.meetings, own.what)))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
