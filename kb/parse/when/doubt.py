"""Confidence of the stated date: evidence for and against it, and a likelier date.

Dates are typed by people, who most often mistype the year. A stated date is checked against other
evidence: announced meetings with their year, things that did not exist yet, the stated weekday,
other dates in the text, the file's name. It is never replaced.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from kb.model import DateFinding
from kb.parse.text.labels import Label
from kb.parse.text.reading import ParsedText
from kb.parse.what.ahead import MeetingMention
from kb.parse.what.header import Header
from kb.parse.when.dates import WEEKDAYS, exists, swedish_date
from kb.parse.when.objections import HORIZON, DateEvidence, Objection, objections, year_confirmed
from kb.parse.when.stated import Sources, find_month, find_stated, find_statements

_FLOOR = 0.05


def find_date(
    reading: ParsedText,
    header: Header,
    labels: Mapping[int, Label],
    announced: Sequence[MeetingMention],
) -> DateFinding:
    """Return the stated date with its confidence, the reasons, and a likelier date."""
    sources = Sources(reading, header, labels)
    stated = find_stated(sources)
    if stated is None:
        month, why = find_month(sources) or (None, "Inget datum hittades för mötet.")
        return DateFinding(None, 0.0, (why,), month)
    day, mention = stated.date, stated.mention
    others = [each for each in find_statements(sources) if each.date != day]
    case = DateEvidence(reading, stated, others, announced)
    found = objections(case)
    span = reading.source(mention.start, mention.end) if mention else None
    reasons = [stated.reason, *(objection.reason for objection in found)]
    if not found:
        return DateFinding(day, stated.confidence, tuple(reasons), None, span)
    proposed = _proposed(case, found)
    if proposed:
        if mention is None or mention.weekday is None:
            reasons += _weekend(day, proposed)
        reasons.append(_why(proposed, announced))
    left = math.prod(objection.left for objection in found)
    sure = max(_FLOOR, round(stated.confidence * left, 2))
    return DateFinding(day, sure, tuple(reasons), proposed, span)


def _proposed(case: DateEvidence, found: Sequence[Objection]) -> dt.date | None:
    """Return the same day of the year that answers every objection: the year is no_lead.

    Among the years possible, the one with fewest digits changed, then one the text
    speaks of, then the nearest. Where
    one of the objections names the day, that is it, if no other forbids it.
    """
    stated, mention = case.day, case.stated.mention
    earliest = max((o.earliest for o in found if o.earliest), default=None)
    latest = min((o.latest for o in found if o.latest), default=None)
    weekday = mention.weekday if mention else None
    if earliest and earliest == latest:
        return earliest
    no_lead = weekday in (None, stated.weekday()) or year_confirmed(case)
    if earliest is None and latest is None and no_lead:
        return None
    if latest is None and weekday is None:
        latest = (earliest or stated) + dt.timedelta(days=365 * 4)
    possible = []
    for year in range(stated.year - 25, stated.year + 25):
        if year == stated.year or not exists(year, stated.month, stated.day):
            continue
        day = stated.replace(year=year)
        if (earliest and day < earliest) or (latest and day > latest):
            continue
        if weekday is not None and day.weekday() != weekday:
            continue
        changed = sum(a != b for a, b in zip(str(year), str(stated.year), strict=True))
        unspoken = str(year) not in case.reading.text
        possible.append((changed, unspoken, abs(year - stated.year), day))
    return min(possible)[3] if possible else None


def _weekend(stated: dt.date, proposed: dt.date) -> list[str]:
    """If the date is doubted, a stated weekend day is evidence for a weekday."""
    if stated.weekday() < 5 or proposed.weekday() >= 5:
        return []
    return [
        f"Den {swedish_date(stated)} var en {WEEKDAYS[stated.weekday()]}, "
        f"den {swedish_date(proposed)} en {WEEKDAYS[proposed.weekday()]}."
    ]


def _why(proposed: dt.date, announced: Sequence[MeetingMention]) -> str:
    coming = [each.on(proposed) for each in announced]
    close = any(day and dt.timedelta(0) < day - proposed < HORIZON for day in coming)
    end = ": närmast före det första kommande mötet." if close else "."
    return f"Troligen avses {swedish_date(proposed)}{end}"
