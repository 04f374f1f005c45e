"""Which announced meetings there are minutes of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.knowledge.document_facts import AnnouncedMeeting, DocumentFacts
from kb.knowledge.topics import keys_of


@dataclass(frozen=True, slots=True)
class CoveredMeeting:
    """A meeting that was announced.

    Attributes:
        group: The group that is to meet: the one that announced it, if its sentence names no
            other one that met on that day.
        home: Of which municipality, if that is known.
        date: When.
        sources: The documents that announce it, the latest first, and where.
        held: The documents of that meeting; none are here if it is empty.
    """

    group: str
    home: str
    date: dt.date
    sources: tuple[tuple[DocumentFacts, int, AnnouncedMeeting], ...]
    held: tuple[str, ...]


def announced(contributions: Iterable[DocumentFacts]) -> list[CoveredMeeting]:
    """Return every announced meeting, by date."""
    days = _Days()
    said: defaultdict[tuple[str, str, dt.date], list[tuple[DocumentFacts, int, AnnouncedMeeting]]]
    said = defaultdict(list)
    for own in contributions:
        days.add(own)
        for number, coming in enumerate(own.announced):
            said[coming.group or _name(own), own.home, coming.date].append((own, number, coming))
    found = []
    for (group, home, day), sources in said.items():
        sources.sort(key=lambda s: s[0].likely or dt.date.min, reverse=True)
        meant, held = days.held(group, home, day, sources)
        found.append(CoveredMeeting(meant, home, day, tuple(sources), held))
    return sorted(found, key=lambda own: (own.date, own.group, own.home))


class _Days:
    """The documents of each day."""

    def __init__(self) -> None:
        self._documents: defaultdict[dt.date, list[DocumentFacts]] = defaultdict(list)

    def add(self, own: DocumentFacts) -> None:
        for day in {own.date, own.proposed} - {None}:
            assert day
            self._documents[day].append(own)

    def held(
        self,
        group: str,
        home: str,
        day: dt.date,
        sources: Sequence[tuple[DocumentFacts, int, AnnouncedMeeting]],
    ) -> tuple[str, tuple[str, ...]]:
        """Return which group met on a day and the documents of that meeting."""
        announcing = {own.path for own, _, _ in sources}
        there = [
            own
            for own in self._documents.get(day, ())
            if (not home or not own.home or own.home == home) and own.path not in announcing
        ]
        paths = tuple(own.path for own in there if _name(own).casefold() == group.casefold())
        if paths or not there:
            return group, paths
        # One group may announce what another will do: the board its association's next meeting.
        words = {key for _, _, coming in sources for key in keys_of(coming.sentence)}
        words -= set(keys_of(group))
        named = {_name(own) for own in there if words.intersection(keys_of(own.group or ""))}
        if len(named) != 1:
            return group, ()
        (meant,) = named
        return meant, tuple(own.path for own in there if _name(own) == meant)


def _name(own: DocumentFacts) -> str:
    return own.group or own.title
