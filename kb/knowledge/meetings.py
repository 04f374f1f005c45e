"""Reads announced meetings, and who was absent."""

from __future__ import annotations

import datetime as dt
import json

from kb.knowledge import answers
from kb.knowledge.rows import SOURCE, Rows, quote
from kb.model import doubt


class Meetings:
    """Reads announced meetings, and who was absent."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def coming(self, since: dt.date) -> tuple[answers.ComingMeeting, ...]:
        """Return the meetings announced for a day or later, the next first."""
        return self.announced("a.date >= ?", since.isoformat())

    def missing(self, until: dt.date) -> tuple[answers.ComingMeeting, ...]:
        """Return the meetings announced for before a day that the library has no minutes of."""
        return self.announced("a.date < ? AND a.held = '[]'", until.isoformat())

    def absences(self) -> list[tuple[answers.SourceDocument, tuple[str, ...], tuple[str, ...]]]:
        """Return the municipalities and people that were absent, by meeting, the latest first."""
        found = []
        for meeting in self._rows.sources(
            """d.path IN (SELECT path FROM part WHERE part = 'frånvarande'
                          UNION SELECT path FROM mention WHERE presence = 'ej närvarande')"""
        )[::-1]:
            places = self._rows.all(
                "SELECT municipality FROM part WHERE path = ? AND part = 'frånvarande'",
                meeting.path,
            )
            people = self._rows.all(
                "SELECT name FROM mention WHERE path = ? AND presence = 'ej närvarande'",
                meeting.path,
            )
            found.append((meeting, tuple(r[0] for r in places), tuple(r[0] for r in people)))
        return found

    def announced(self, where: str, *values: object) -> tuple[answers.ComingMeeting, ...]:
        """Return the announced meetings `a` that meet a condition, by date."""
        rows = self._rows.all(
            f"SELECT * FROM announced a WHERE {where} ORDER BY date, grp", *values
        )
        found = []
        for row in rows:
            announcements = self._rows.all(
                f"""SELECT n.sentence, n.start, n."end", n.confidence, {SOURCE}
                    FROM announcement n JOIN document d ON d.path = n.path
                    WHERE n.announced = ? ORDER BY d.likely DESC""",
                row["id"],
            )
            found.append(
                answers.ComingMeeting(
                    group=row["grp"],
                    date=dt.date.fromisoformat(row["date"]),
                    time=dt.time.fromisoformat(row["time"]) if row["time"] else None,
                    place=row["place"],
                    quotes=tuple(
                        quote(said, confidence=said["confidence"], threshold=doubt.MEETING)
                        for said in announcements
                    ),
                    held=tuple(json.loads(row["held"])),
                )
            )
        return tuple(found)
