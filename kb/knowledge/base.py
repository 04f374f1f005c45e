"""Reads the knowledge of a generation. Safe to share between threads."""

from __future__ import annotations

from pathlib import Path

from kb.knowledge import answers
from kb.knowledge.groups import Groups
from kb.knowledge.meetings import Meetings
from kb.knowledge.municipalities import Municipalities
from kb.knowledge.persons import Persons
from kb.knowledge.rows import Rows
from kb.knowledge.statements import Filter, Statements
from kb.model import STATEMENT_KINDS

__all__ = ["Filter", "KnowledgeBase"]


class KnowledgeBase:
    """The questions that can be asked of a generation; each reader answers those of its subject.

    Args:
        file: The file of a generation.
    """

    def __init__(self, file: Path) -> None:
        self._rows = Rows(file)
        self._statements = Statements(self._rows)
        persons = Persons(self._rows, self._statements)
        meetings = Meetings(self._rows)
        self._municipalities = Municipalities(self._rows, self._statements, persons)
        self._groups = Groups(self._rows, persons, meetings)

        self.statements = self._statements.statements
        self.people = persons.people
        self.person = persons.person
        self.person_of = persons.person_of
        self.people_named = persons.people_named
        self.mentions = persons.mentions
        self.suggestions = persons.suggestions
        self.unused = persons.unused
        self.coming = meetings.coming
        self.missing = meetings.missing
        self.absences = meetings.absences
        self.municipalities = self._municipalities.municipalities
        self.municipality = self._municipalities.municipality
        self.matrix = self._municipalities.matrix
        self.groups = self._groups.groups
        self.group = self._groups.group

    def pack(self, name: str) -> answers.Pack | None:
        """Return what a group needs for its next meeting, or None if there are no minutes of it."""
        group = self.group(name)
        if group is None:
            return None
        dated = [meeting for meeting in group.meetings if meeting.likely]
        last = dated[-1] if dated else None
        paths = [meeting.path for meeting in group.meetings]
        rounds = {}
        for municipality in [line.name for line in self.municipalities() if line.rounds]:
            found = self._municipalities.rounds(municipality, paths)
            if found:
                rounds[municipality] = found[0]
        return answers.Pack(
            group=group,
            last=last,
            open={
                kind.name: self._open(kind.name, name)
                for kind in STATEMENT_KINDS.values()
                if kind.state
            },
            rounds=tuple(sorted(rounds.items())),
            new=self._since(last, name),
        )

    def _open(self, kind: str, group: str) -> tuple[answers.Stated, ...]:
        return self._statements.where("s.kind = ? AND s.open = 1 AND d.grp = ?", [kind, group])

    def _since(
        self, last: answers.SourceDocument | None, group: str
    ) -> tuple[answers.SourceDocument, ...]:
        """Return the minutes of others since the last meeting of a group."""
        if last is None or last.likely is None:
            return ()
        after = last.likely.isoformat()
        return self._rows.sources("d.likely > ? AND d.grp IS NOT ?", after, group)
