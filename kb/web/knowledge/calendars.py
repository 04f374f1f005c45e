"""Announced meetings as iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar

from kb.knowledge.answers import ComingMeeting, Pack
from kb.web import phrases
from kb.web.knowledge.pack import pack_markdown
from kb.web.knowledge.page import quote_url
from kb.web.urls import pack_url

_HERE = ZoneInfo("Europe/Stockholm")
_LENGTH = dt.timedelta(hours=2)  # minutes seldom say when a coming meeting ends


def calendar(
    meetings: Iterable[ComingMeeting],
    packs: Mapping[str, Pack],
    today: dt.date,
    root: str,
    *,
    stamp: dt.datetime,
) -> bytes:
    """Return meetings as a calendar.

    Args:
        meetings: The meetings.
        packs: What groups need for their next meeting, by their names.
        today: Which meeting of a group is its next one depends on this.
        root: The address of the site, without a slash at its end.
        stamp: When the index was built.
    """
    made = icalendar.Calendar()
    made.add("prodid", f"-//{phrases.SITE}//kommande moten//SV")
    made.add("version", "2.0")
    made.add("x-wr-calname", phrases.COMING_MEETINGS)
    for own in meetings:
        pack = packs.get(own.group)
        if pack and pack.following(today) != own:
            pack = None
        made.add_component(
            _event(own, root, stamp, pack_markdown(pack, today, root) if pack else "")
        )
    packed: bytes = made.to_ical()
    return packed


def _event(own: ComingMeeting, root: str, stamp: dt.datetime, pack: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{own.group}/{own.date}')}@minnesbanken")
    event.add("dtstamp", stamp)
    event.add("summary", own.group)
    if own.time:
        start = dt.datetime.combine(own.date, own.time, _HERE)
        event.add("dtstart", start)
        event.add("dtend", start + _LENGTH)
    else:
        event.add("dtstart", own.date)
    if own.place:
        event.add("location", own.place)
    quote = own.quotes[0]
    address = root + quote_url(quote)
    told = [f"”{quote.text}”\n{quote.source.title}\n{address}", root + pack_url(own.group), pack]
    event.add("description", "\n\n".join(part for part in told if part))
    event.add("url", address)
    return event
