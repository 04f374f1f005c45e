"""Announced meetings matched with their minutes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.knowledge.document_facts import AnnouncedMeeting, DocumentFacts
from kb.knowledge.topics import keys_of


@dataclass(frozen=True, slots=True)
class CoveredMeeting:
    """An announced meeting.

    Attributes:
        group: The group that is to meet: the one that announced it, unless the sentence names
            another one that met on that day.
        home: Its municipality, if known.
        date: The day.
        sources: (document, number of the announcement in it, announcement), the latest first.
        held: Ids of the minutes of that meeting; empty if the library has none.
    """

    group: str
    home: str
    date: dt.date
    sources: tuple[tuple[DocumentFacts, int, AnnouncedMeeting], ...]
    held: tuple[str, ...]


def announced(documents: Iterable[DocumentFacts]) -> list[CoveredMeeting]:
    """Return every announced meeting, by date."""
    days = _Days()
    said: defaultdict[tuple[str, str, dt.date], list[tuple[DocumentFacts, int, AnnouncedMeeting]]]
    said = defaultdict(list)
    for document in documents:
        days.add(document)
        for number, coming in enumerate(document.announced):
            said[coming.group or _name(document), document.home, coming.date].append(
                (document, number, coming)
            )
    found = []
    for (group, home, day), sources in said.items():
        sources.sort(key=lambda s: s[0].likely or dt.date.min, reverse=True)
        meant, held = days.held(group, home, day, sources)
        found.append(CoveredMeeting(meant, home, day, tuple(sources), held))
    return sorted(found, key=lambda meeting: (meeting.date, meeting.group, meeting.home))


class _Days:
    """The documents by day."""

    def __init__(self) -> None:
        self._documents: defaultdict[dt.date, list[DocumentFacts]] = defaultdict(list)

    def add(self, document: DocumentFacts) -> None:
        for day in {document.date, document.proposed} - {None}:
            assert day
            self._documents[day].append(document)

    def held(
        self,
        group: str,
        home: str,
        day: dt.date,
        sources: Sequence[tuple[DocumentFacts, int, AnnouncedMeeting]],
    ) -> tuple[str, tuple[str, ...]]:
        """Return which group met on a day and the documents of that meeting."""
        announcing = {document.path for document, _, _ in sources}
        there = [
            document
            for document in self._documents.get(day, ())
            if (not home or not document.home or document.home == home)
            and document.path not in announcing
        ]
        paths = tuple(
            document.path for document in there if _name(document).casefold() == group.casefold()
        )
        if paths or not there:
            return group, paths
        # A group may announce another group's meeting: the board that of its association.
        words = {key for _, _, coming in sources for key in keys_of(coming.sentence)}
        words -= set(keys_of(group))
        named = {
            _name(document)
            for document in there
            if words.intersection(keys_of(document.group or ""))
        }
        if len(named) != 1:
            return group, ()
        (meant,) = named
        return meant, tuple(document.path for document in there if _name(document) == meant)


def _name(document: DocumentFacts) -> str:
    return document.group or document.title
