"""Which announced meetings there are minutes of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.knowledge.contribution import Announced, Contribution


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that was announced.

    Attributes:
        group: The group that is to meet.
        home: Of which municipality, if that is known.
        date: When.
        sources: The documents that announce it, the latest first, and where.
        held: The documents of that meeting; none are here if it is empty.
    """

    group: str
    home: str
    date: dt.date
    sources: tuple[tuple[Contribution, int, Announced], ...]
    held: tuple[str, ...]


def announced(contributions: Iterable[Contribution]) -> list[Coming]:
    """Return every announced meeting, by date."""
    by_day: defaultdict[dt.date, list[Contribution]] = defaultdict(list)
    said: defaultdict[tuple[str, str, dt.date], list[tuple[Contribution, int, Announced]]]
    said = defaultdict(list)
    for own in contributions:
        for day in {own.date, own.proposed} - {None}:
            assert day
            by_day[day].append(own)
        for number, coming in enumerate(own.announced):
            said[own.group or own.title, own.home, coming.date].append((own, number, coming))
    found = [
        Coming(
            group,
            home,
            day,
            tuple(sorted(sources, key=lambda s: s[0].likely or dt.date.min, reverse=True)),
            _held(group, home, day, by_day, sources),
        )
        for (group, home, day), sources in said.items()
    ]
    return sorted(found, key=lambda own: (own.date, own.group))


def _held(
    group: str,
    home: str,
    day: dt.date,
    by_day: Mapping[dt.date, Sequence[Contribution]],
    sources: Sequence[tuple[Contribution, int, Announced]],
) -> tuple[str, ...]:
    """Return the documents of a meeting: of that day, group and municipality."""
    announcing = {own.path for own, _, _ in sources}
    return tuple(
        own.path
        for own in by_day.get(day, ())
        if (own.group or own.title).casefold() == group.casefold()
        and (not home or not own.home or own.home == home)
        and own.path not in announcing
    )
