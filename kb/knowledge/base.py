"""Reads all that is known of a generation. Safe to share between threads."""

from __future__ import annotations

from kb.knowledge import answers
from kb.knowledge.groups import Groups
from kb.knowledge.municipalities import Municipalities
from kb.knowledge.statements import Filter

__all__ = ["Filter", "KnowledgeBase"]


class KnowledgeBase(Municipalities, Groups):
    """What is known.

    Args:
        file: The file of a generation.
    """

    def pack(self, name: str) -> answers.Pack | None:
        """Return what a group needs for its next meeting, or None if there are no minutes of it."""
        group = self.group(name)
        if group is None:
            return None
        dated = [own for own in group.meetings if own.likely]
        last = dated[-1] if dated else None
        rounds = {}
        for municipality in [own.name for own in self.municipalities() if own.rounds]:
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
