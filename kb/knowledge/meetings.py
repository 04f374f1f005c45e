"""Reads announced meetings, and who was absent."""

from __future__ import annotations

import datetime as dt
import json

from kb.knowledge import answers
from kb.knowledge.rows import SOURCE, Rows, source


class Meetings(Rows):
    """Reads announced meetings, and who was absent."""

    def coming(self, since: dt.date) -> tuple[answers.ComingMeeting, ...]:
        """Return the announced meetings from a day on, the next first."""
        return self._announced("a.date >= ?", since.isoformat())

    def missing(self, until: dt.date) -> tuple[answers.ComingMeeting, ...]:
        """Return the meetings announced for before a day that have no minutes here."""
        return self._announced("a.date < ? AND a.held = '[]'", until.isoformat())

    def absences(self) -> list[tuple[answers.SourceDocument, tuple[str, ...], tuple[str, ...]]]:
        """Return the municipalities and people that were absent, by meeting, the latest first."""
        found = []
        for own in self._sources(
            """d.path IN (SELECT path FROM part WHERE part = 'frånvarande'
                          UNION SELECT path FROM mention WHERE presence = 'ej närvarande')"""
        )[::-1]:
            places = self._all(
                "SELECT municipality FROM part WHERE path = ? AND part = 'frånvarande'", own.path
            )
            people = self._all(
                "SELECT name FROM mention WHERE path = ? AND presence = 'ej närvarande'",
                own.path,
            )
            found.append((own, tuple(r[0] for r in places), tuple(r[0] for r in people)))
        return found

    def _announced(self, where: str, *values: object) -> tuple[answers.ComingMeeting, ...]:
        rows = self._all(f"SELECT * FROM announced a WHERE {where} ORDER BY date, grp", *values)
        found = []
        for row in rows:
            quotes = self._all(
                f"""SELECT n.sentence, n.start, n."end", n.confidence, {SOURCE}
                    FROM announcement n JOIN document d ON d.path = n.path
                    WHERE n.announced = ? ORDER BY d.likely DESC""",
                row["id"],
            )
            found.append(
                answers.ComingMeeting(
                    row["grp"],
                    dt.date.fromisoformat(row["date"]),
                    dt.time.fromisoformat(row["time"]) if row["time"] else None,
                    row["place"],
                    tuple(
                        answers.Quote(
                            source(q), q["sentence"], q["start"], q["end"], q["confidence"]
                        )
                        for q in quotes
                    ),
                    tuple(json.loads(row["held"])),
                )
            )
        return tuple(found)
