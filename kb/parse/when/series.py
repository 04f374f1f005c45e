"""Series of meetings: evidence about dates from the other minutes of the same group.

A second pass, after every document is parsed. It needs little of each (`SeriesInput`), so a library
of any size fits in memory, and a build that parses only some documents can keep the inputs of the
others. No date is replaced: it is doubted, a likelier one is proposed, or its confidence rises.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from kb.model import DateFinding, Minutes
from kb.parse.when.dates import exists, swedish_date
from kb.parse.when.filename import date_in_name
from kb.parse.when.objections import CONTRADICTED, is_slip
from kb.parse.who.bodies import find_body

TRUSTED = 0.97
"""Confidence of a date that was announced beforehand."""

_FEWEST = 4
"""Number of undoubted dates needed to tell in which years a group met."""

_GAP = dt.timedelta(days=400)
"""A meeting this far from all others of its group may be misdated."""

_NEAR = dt.timedelta(days=60)
"""A meeting this close to another of its group is not misdated."""

_RARE = 4
"""A gap of so many times the median interval is far."""


@dataclass(frozen=True, slots=True)
class SeriesInput:
    """The facts of a document that the second pass needs.

    Attributes:
        path: The document.
        group: The body that met, as its minutes name it.
        date: The date as parsed from its text alone.
        announced: The days of the meetings it announces.
    """

    path: str
    group: str | None
    date: DateFinding
    announced: tuple[dt.date, ...]

    @property
    def day(self) -> dt.date | None:
        """The stated day, unless it is doubtful."""
        return None if self.date.is_doubtful else self.date.stated


@dataclass(frozen=True, slots=True)
class SeriesResult:
    """Result of the second pass: the group's usual name, and the date with new confidence."""

    group: str | None
    date: DateFinding


def keep(path: str, minutes: Minutes) -> SeriesInput:
    """Return the input of the second pass from `minutes`."""
    return SeriesInput(path, minutes.group, minutes.date, tuple(m.date for m in minutes.meetings))


def weigh_neighbours(kept: Iterable[SeriesInput]) -> dict[str, SeriesResult]:
    """Return by path the results that change a document; the others are left out.

    The result of a document depends only on the documents of its group.
    """
    library = list(kept)
    names = _usual_names(library)
    groups: dict[str, list[SeriesInput]] = defaultdict(list)
    found: dict[str, SeriesResult] = {}
    for one in library:
        if one.group is not None:
            groups[names[one.group]].append(one)
    for name, series in groups.items():
        for one, date in _weighed(series):
            if name != one.group or date != one.date:
                found[one.path] = SeriesResult(name, date)
    return found


def with_neighbours(minutes: Minutes, weighed: SeriesResult | None) -> Minutes:
    """Return `minutes` with the result of the second pass."""
    if weighed is None:
        return minutes
    title = minutes.title
    if minutes.group and weighed.group and title.startswith(minutes.group):
        title = weighed.group + title[len(minutes.group) :]
    return replace(minutes, title=title, group=weighed.group, date=weighed.date)


def _usual_names(library: Sequence[SeriesInput]) -> dict[str, str]:
    """Return for each name of a group the form that the library uses most.

    "LiTHe Kod" is "LiTHe kod", and "Stacken" is "Datorföreningen Stacken" if it is that of
    one association only.
    """
    counts = Counter(one.group for one in library if one.group is not None)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        alike[name.casefold()].append(name)
    full = defaultdict(set)
    for name in alike:
        first, _, rest = name.partition(" ")
        if rest in alike and find_body(first):
            full[rest].add(name)
    usual = {}
    for key, names in alike.items():
        longer = full.get(key, set())
        forms = alike[next(iter(longer))] if len(longer) == 1 else names
        best = max(forms, key=lambda form: (counts[form], form))
        usual.update(dict.fromkeys(names, best))
    return usual


@dataclass(frozen=True)
class _Series:
    """The documents of one group, and their undoubted dates."""

    documents: Sequence[SeriesInput]
    days: Mapping[dt.date, Sequence[str]]  # paths by undoubted day
    announced: Mapping[dt.date, Sequence[SeriesInput]]  # the documents that announce a day

    @cached_property
    def _ordered(self) -> Sequence[dt.date]:
        return sorted(self.days)

    def is_amid(self, one: SeriesInput, day: dt.date) -> bool:
        """Tell whether a day is at most `_GAP` outside the range of the others' days.

        Asked of every document, so it must not take longer in a long series.
        """
        first = next((other for other in self._ordered if set(self.days[other]) != {one.path}), day)
        last = next(
            (other for other in reversed(self._ordered) if set(self.days[other]) != {one.path}), day
        )
        return first - _GAP <= day <= last + _GAP


def _weighed(documents: Sequence[SeriesInput]) -> Iterator[tuple[SeriesInput, DateFinding]]:
    days: dict[dt.date, list[str]] = defaultdict(list)
    announced: dict[dt.date, list[SeriesInput]] = defaultdict(list)
    for one in documents:
        if one.day:
            days[one.day].append(one.path)
            for day in one.announced:
                announced[day].append(one)
    series = _Series(documents, days, announced)
    for one in documents:
        date = one.date
        for rule in _RULES:
            date = rule(one, date, series) or date
        yield one, date


def _announced(one: SeriesInput, date: DateFinding, series: _Series) -> DateFinding | None:
    """An earlier meeting announced this day, or the one that is proposed for it."""
    for day in (date.stated, date.proposed):
        earlier = [o for o in series.announced.get(day, ()) if o.path != one.path] if day else []
        earlier_day = earlier[0].date.stated if earlier else None
        if day is None or earlier_day is None or earlier_day >= day:
            continue
        reason = f"Mötet den {swedish_date(earlier_day)} aviserade {swedish_date(day)}."
        sure = date.confidence
        if day == date.stated:
            sure = sure if date.is_doubtful else max(sure, TRUSTED)
        return replace(date, confidence=sure, reasons=(*date.reasons, reason))
    return None


def _other_was_announced(
    one: SeriesInput, date: DateFinding, series: _Series
) -> DateFinding | None:
    """An announced day has no minutes, and this date is that day with a typing error."""
    stated = date.stated
    if stated is None or date.proposed or stated in series.announced:
        return None
    if any(abs(day - stated) <= _NEAR for day, by in series.days.items() if by != [one.path]):
        return None  # it fits among its neighbours
    for day, by in series.announced.items():
        earlier_day = by[0].date.stated
        month_only = day.year == stated.year and day.day == stated.day  # meetings are moved
        slipped = is_slip(day, stated) and not month_only
        if slipped and day not in series.days and earlier_day and earlier_day < day:
            reason = f"Mötet den {swedish_date(earlier_day)} aviserade {swedish_date(day)}."
            return _doubted(date, day, reason)
    return None


def _twice(one: SeriesInput, date: DateFinding, series: _Series) -> DateFinding | None:
    """Other minutes of the group are of the same day, and this file is named for another."""
    if date.stated is None or date.proposed:
        return None
    others = [path for path in series.days.get(date.stated, ()) if path != one.path]
    named = date_in_name(one.path) if others else None
    if named is None or named == date.stated:
        return None
    if not any(date_in_name(path) == date.stated for path in others) or named in series.days:
        return None
    return _doubted(date, named, "Gruppen har ett annat protokoll från samma dag.")


def _out_of_line(one: SeriesInput, date: DateFinding, series: _Series) -> DateFinding | None:
    """The group met in other years; the same day of one of them is likelier."""
    stated = date.stated
    if stated is None or date.proposed or series.is_amid(one, stated):
        return None
    others = sorted(day for day, paths in series.days.items() if set(paths) != {one.path})
    if len(others) < _FEWEST:
        return None
    gaps = [(b - a).days for a, b in pairwise(others)]
    far = max(_GAP, dt.timedelta(days=max(_RARE * median(gaps), *gaps, sum(gaps) / 2)))
    if others[0] - far <= stated <= others[-1] + far:
        return None  # a library seldom has all the minutes of a group: a gap is no evidence
    possible = []
    for year in range(others[0].year, others[-1].year + 1):
        if exists(year, stated.month, stated.day):
            day = stated.replace(year=year)
            changed = sum(a != b for a, b in zip(str(year), str(stated.year), strict=True))
            near = min(abs(day - other) for other in others if other != day)
            if day not in series.days and near <= far:
                possible.append((changed, near, day))
    reason = (
        f"Gruppens övriga möten hölls mellan {swedish_date(others[0])} "
        f"och {swedish_date(others[-1])}."
    )
    return _doubted(date, min(possible)[2] if possible else None, reason)


def _unstated(one: SeriesInput, date: DateFinding, series: _Series) -> DateFinding | None:
    """Only one document has no date, and only one announced day has no minutes."""
    if date.stated or date.proposed:
        return None
    undated = [o for o in series.documents if o.date.stated is None]
    left = [day for day in series.announced if day not in series.days]
    if len(undated) != 1 or len(left) != 1:
        return None
    earlier_day = series.announced[left[0]][0].date.stated
    if earlier_day is None:
        return None
    reason = f"Mötet den {swedish_date(earlier_day)} aviserade {swedish_date(left[0])}."
    return replace(date, proposed=left[0], reasons=(*date.reasons, reason))


def _doubted(date: DateFinding, proposed: dt.date | None, reason: str) -> DateFinding:
    reasons = [*date.reasons, reason]
    if proposed:
        reasons.append(f"Troligen avses {swedish_date(proposed)}.")
    sure = round(date.confidence * CONTRADICTED, 2)
    return replace(date, confidence=sure, reasons=tuple(reasons), proposed=proposed)


_RULES: tuple[Callable[[SeriesInput, DateFinding, _Series], DateFinding | None], ...] = (
    _announced,
    _other_was_announced,
    _twice,
    _out_of_line,
    _unstated,
)
