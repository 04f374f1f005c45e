"""Reads the meetings, members and threads of groups."""

from __future__ import annotations

from typing import Any

from kb.knowledge import answers
from kb.knowledge.meetings import Meetings
from kb.knowledge.persons import Persons
from kb.knowledge.rows import SOURCE, Rows, day, quote


class Groups:
    """Reads the meetings, members and threads of groups."""

    def __init__(self, rows: Rows, persons: Persons, meetings: Meetings) -> None:
        self._rows = rows
        self._persons = persons
        self._meetings = meetings

    def groups(self) -> tuple[answers.GroupLine, ...]:
        """Return every group with its meetings."""
        rows = self._rows.all(
            """SELECT grp, COUNT(*) AS meetings, MIN(likely) AS first, MAX(likely) AS last
               FROM document WHERE grp IS NOT NULL GROUP BY grp ORDER BY 2 DESC, 1"""
        )
        return tuple(
            answers.GroupLine(row["grp"], row["meetings"], day(row["first"]), day(row["last"]))
            for row in rows
        )

    def group(self, name: str) -> answers.GroupPage | None:
        """Return what is known of a group, or None if it has neither minutes nor announcements."""
        meetings = self._rows.sources("d.grp = ?", name)
        announced = self._meetings.announced("a.grp = ?", name)
        if not meetings and not announced:
            return None
        places = self._rows.all(
            f"""SELECT t.id, t.heading AS thread, p.heading AS text, p.start, p."end", {SOURCE}
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
                tuple(quote(row, "text") for row in rows),
            )
            for rows in threads.values()
        ]
        return answers.GroupPage(
            name,
            meetings,
            self._persons.where("m.path IN (SELECT path FROM document WHERE grp = ?)", name),
            announced,
            tuple(sorted(lines, key=lambda line: -len(line.quotes))),
        )
