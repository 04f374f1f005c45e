"""Reads the meetings, members and threads of groups."""

from __future__ import annotations

from typing import Any

from kb.knowledge import answers
from kb.knowledge.meetings import Meetings
from kb.knowledge.persons import Persons
from kb.knowledge.rows import SOURCE, day, source


class Groups(Persons, Meetings):
    """Reads the meetings, members and threads of groups."""

    def groups(self) -> tuple[answers.GroupLine, ...]:
        """Return every group with its meetings."""
        rows = self._all(
            """SELECT grp, COUNT(*) AS meetings, MIN(likely) AS first, MAX(likely) AS last
               FROM document WHERE grp IS NOT NULL GROUP BY grp ORDER BY 2 DESC, 1"""
        )
        return tuple(
            answers.GroupLine(r["grp"], r["meetings"], day(r["first"]), day(r["last"]))
            for r in rows
        )

    def group(self, name: str) -> answers.GroupPage | None:
        """Return what is known of a group, or None if it has neither minutes nor announcements."""
        meetings = self._sources("d.grp = ?", name)
        announced = self._announced("a.grp = ?", name)
        if not meetings and not announced:
            return None
        places = self._all(
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
                tuple(answers.Quote(source(r), r["text"], r["start"], r["end"]) for r in rows),
            )
            for rows in threads.values()
        ]
        return answers.GroupPage(
            name,
            meetings,
            self._people("m.path IN (SELECT path FROM document WHERE grp = ?)", name),
            announced,
            tuple(sorted(lines, key=lambda own: -len(own.quotes))),
        )
