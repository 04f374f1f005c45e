"""How sure the stated date is: what speaks for it, what against, and a likelier one.

Minutes are dated by people, who mistype years most of all. A stated date is weighed
against what the text knows: meetings it announces with their year, things that were
not there yet, the weekday it names, the file's name. It is never replaced.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from kb.model import DateFinding
from kb.parse.ahead import Announced
from kb.parse.dates import WEEKDAYS, DateMention, exists, find_dates, swedish_date
from kb.parse.header import Header, front_matter
from kb.parse.phrases import PACKAGE
from kb.parse.reading import Reading
from kb.swedish.tables import rows

SURE = 0.95
LIKELY = 0.6
DOUBT = 0.3
"""What is left of the confidence after a contradiction."""

WEAK = 0.85
"""What is left of it after a hint: files are also named for the day they were filed."""

_FLOOR = 0.05
_TOP = 20
"""Lines from the top within which a date by itself is that of the minutes."""

_SIX_DIGITS = re.compile(r"(?<!\d)([0-4]\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_HORIZON = dt.timedelta(days=400)
"""How far ahead meetings are announced with their year."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that speaks against a date.

    Attributes:
        reason: A Swedish sentence.
        earliest: The meeting cannot have been held before this day.
        latest: Nor after this.
        left: What is left of the confidence.
    """

    reason: str
    earliest: dt.date | None = None
    latest: dt.date | None = None
    left: float = DOUBT


def find_date(reading: Reading, header: Header, announced: Sequence[Announced]) -> DateFinding:
    """Return the stated date with its confidence, the reasons, and a likelier date."""
    stated, confidence, reason, mention = _stated(reading, header)
    if stated is None:
        return DateFinding(None, 0.0, ("Inget datum hittades för mötet.",))
    objections = list(_objections(reading, stated, mention, announced))
    span = reading.source(mention.start, mention.end) if mention else None
    reasons = [reason, *(objection.reason for objection in objections)]
    if not objections:
        return DateFinding(stated, confidence, tuple(reasons), None, span)
    proposed = _proposed(stated, objections, mention)
    if proposed:
        if mention is None or mention.weekday is None:
            reasons += _weekend(stated, proposed)
        reasons.append(_why(proposed, announced))
    left = math.prod(objection.left for objection in objections)
    sure = max(_FLOOR, round(confidence * left, 2))
    return DateFinding(stated, sure, tuple(reasons), proposed, span)


def _stated(
    reading: Reading, header: Header
) -> tuple[dt.date | None, float, str, DateMention | None]:
    """Return the date by the most trusted statement of it, and where that stands."""
    if header.date and header.date.date:
        where = f"på raden ”{header.date_label}”" if header.date_label else "i rubriken"
        return header.date.date, SURE, f"Datumet står {where}.", header.date
    if written := front_matter(reading):
        return written, SURE, "Datumet står i filens huvud.", None
    named = _in_name(reading.repaired.source.path)
    if header.date:
        near = dt.date(named.year, 1, 1) if named else None
        day = header.date.after(near) if near else None
        if day:
            return day, 0.8, "Dag och månad står i rubriken, året i filens namn.", header.date
    if named:
        return named, LIKELY, "Datumet står bara i filens namn.", None
    for line in reading.lines[:_TOP]:
        for mention in reading.dates_in(line.start, line.end):
            alone = len(line.text) <= 2 * (mention.end - mention.start)
            if mention.date and alone and line.text[-1] not in ".,":
                return mention.date, LIKELY, "Datumet står för sig självt i början.", mention
    return None, 0.0, "", None


def _in_name(path: str) -> dt.date | None:
    """Return the date in a file's name, if it holds exactly one."""
    stem = PurePosixPath(path).stem.replace("_", " ")
    stem = _SIX_DIGITS.sub(r"20\1-\2-\3", stem)
    days = {each.date for each in find_dates(stem) if each.date}
    return days.pop() if len(days) == 1 else None


def _objections(
    reading: Reading,
    stated: dt.date,
    mention: DateMention | None,
    announced: Sequence[Announced],
) -> Iterator[Objection]:
    yield from _late_meeting(stated, announced)
    yield from _anachronisms(reading.text, stated)
    if mention and mention.weekday not in (None, stated.weekday()):
        yield Objection(
            f"Den {swedish_date(stated)} var en {WEEKDAYS[stated.weekday()]}, "
            f"inte en {WEEKDAYS[mention.weekday or 0]}."
        )
    named = _in_name(reading.repaired.source.path)
    if named and (named.month, named.day) == (stated.month, stated.day) and named != stated:
        yield Objection(f"Filens namn anger {swedish_date(named)}.", named, named)
    elif named and named != stated:
        yield Objection(f"Filens namn anger {swedish_date(named)}.", left=WEAK)


def _late_meeting(stated: dt.date, announced: Sequence[Announced]) -> Iterator[Objection]:
    """A meeting to come is announced for a year long after, or before, the stated date."""
    days = [each.on(None) for each in announced if each.year is not None]
    coming = min((day for day in days if day), default=None)
    if coming is None:
        return
    years = (coming - stated).days // 365
    if coming - stated > _HORIZON:
        yield Objection(
            f"Texten talar om ett kommande möte den {swedish_date(coming)}, "
            f"{years} år efter det angivna datumet.",
            earliest=coming - dt.timedelta(days=365),
            latest=coming,
        )
    elif coming < stated:
        yield Objection(
            f"Texten talar om ett kommande möte den {swedish_date(coming)}, "
            "före det angivna datumet.",
            earliest=coming - dt.timedelta(days=365),
            latest=coming,
        )


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, tuple[dt.date, str, str]]]:
    """Return one pattern for all terms that date a text, and what each tells."""
    known: dict[str, tuple[dt.date, str, str]] = {}
    for terms, first, name, why in rows(PACKAGE, "anachronisms.tsv"):
        for term in terms.split("|"):
            known[term] = (dt.date.fromisoformat(first), name, why)
    longest = sorted(known, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"), known


def _anachronisms(text: str, stated: dt.date) -> Iterator[Objection]:
    pattern, known = _terms()
    seen = set()
    for match in pattern.finditer(text):
        first, name, why = known[match.group()]
        if name not in seen and stated < first:
            seen.add(name)
            yield Objection(f"Texten nämner {name}, {why}.", earliest=first)


def _proposed(
    stated: dt.date, objections: Sequence[Objection], mention: DateMention | None
) -> dt.date | None:
    """Return the same day of the year that answers every objection: the year is mistyped.

    Among the years possible, the one with fewest digits changed, then the nearest.
    """
    earliest = max((o.earliest for o in objections if o.earliest), default=None)
    latest = min((o.latest for o in objections if o.latest), default=None)
    weekday = mention.weekday if mention else None
    if earliest and earliest == latest:
        return earliest
    if earliest is None and latest is None and weekday is None:
        return None
    if latest is None and weekday is None:
        latest = (earliest or stated) + dt.timedelta(days=365 * 4)
    possible = []
    for year in range(stated.year - 12, stated.year + 25):
        if year == stated.year or not exists(year, stated.month, stated.day):
            continue
        day = stated.replace(year=year)
        if (earliest and day < earliest) or (latest and day > latest):
            continue
        if weekday is not None and day.weekday() != weekday:
            continue
        changed = sum(a != b for a, b in zip(str(year), str(stated.year), strict=True))
        possible.append((changed, abs(year - stated.year), day))
    return min(possible)[2] if possible else None


def _weekend(stated: dt.date, proposed: dt.date) -> list[str]:
    """A stated day in a weekend speaks for one that is not, once there is doubt."""
    if stated.weekday() < 5 or proposed.weekday() >= 5:
        return []
    return [
        f"Den {swedish_date(stated)} var en {WEEKDAYS[stated.weekday()]}, "
        f"den {swedish_date(proposed)} en {WEEKDAYS[proposed.weekday()]}."
    ]


def _why(proposed: dt.date, announced: Sequence[Announced]) -> str:
    coming = [each.on(proposed) for each in announced]
    close = any(day and dt.timedelta(0) < day - proposed < _HORIZON for day in coming)
    end = ": närmast före det första kommande mötet." if close else "."
    return f"Troligen avses {swedish_date(proposed)}{end}"
