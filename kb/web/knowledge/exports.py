"""Exports: the meeting pack as Markdown, announced meetings as iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar

from kb.knowledge.answers import ComingMeeting, Pack, Quote, Stated
from kb.model import STATEMENT_KINDS
from kb.web import phrases
from kb.web.formats import long_date
from kb.web.knowledge.page import quote_url, source_date
from kb.web.urls import document_url, pack_url

_HERE = ZoneInfo("Europe/Stockholm")
_LENGTH = dt.timedelta(hours=2)  # minutes seldom say when a coming meeting ends


def pack_markdown(pack: Pack, today: dt.date, root: str) -> str:
    """Return a meeting pack as Markdown; `root` is the address of the site."""
    return "\n".join(_lines(pack, today, root)) + "\n"


def _lines(pack: Pack, today: dt.date, root: str) -> Iterator[str]:
    yield f"# Mötesunderlag: {_plain(pack.group.name)}"
    yield ""
    yield f"Framtaget {long_date(today)}."
    following = pack.following(today)
    if following:
        place = f", {following.place}" if following.place else ""
        yield f"Nästa möte: {long_date(following.date)}{place}."
    for kind in STATEMENT_KINDS.values():
        if kind.state:
            stated = pack.open[kind.name]
            yield from _section(
                kind.state.heading, (_statement(statement, root) for statement in stated)
            )
    yield from _section(
        "Vad kommunerna sa senast",
        (
            f"- **{name}** ({_link(round_.quotes[0], root)}): "
            + " ".join(_plain(quote.text) for quote in round_.quotes)
            for name, round_ in pack.rounds
        ),
    )
    yield from _section(
        "Nytt sedan förra mötet",
        (
            f"- {source_date(source).text} "
            f"[{_plain(source.title)}]({root}{document_url(source.path)})"
            for source in pack.new
        ),
    )


def _section(heading: str, items: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    found = list(items)
    yield from found or ["Inget i anteckningarna."]


def _statement(statement: Stated, root: str) -> str:
    who = ", ".join(_plain(person.name) for person in statement.who)
    due = f" (senast {long_date(statement.due)})" if statement.due else ""
    text, link = _plain(statement.text), _link(statement.quote, root)
    return f"- {f'**{who}**: ' if who else ''}{text}{due} – {link}"


def _link(quote: Quote, root: str) -> str:
    return f"[{source_date(quote.source).text}]({root}{quote_url(quote)})"


def _plain(text: str) -> str:
    """Return text with Markdown syntax escaped."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in text)


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
        today: The day after which a meeting is a coming one.
        root: The address of the site, without a slash at its end.
        stamp: When the index was built.
    """
    made = icalendar.Calendar()
    made.add("prodid", f"-//{phrases.SITE}//kommande moten//SV")
    made.add("version", "2.0")
    made.add("x-wr-calname", phrases.COMING_MEETINGS)
    for meeting in meetings:
        pack = packs.get(meeting.group)
        if pack and pack.following(today) != meeting:
            pack = None
        made.add_component(
            _event(meeting, root, stamp, pack_markdown(pack, today, root) if pack else "")
        )
    packed: bytes = made.to_ical()
    return packed


def _event(meeting: ComingMeeting, root: str, stamp: dt.datetime, pack: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{meeting.group}/{meeting.date}')}@minnesbanken")
    event.add("dtstamp", stamp)
    event.add("summary", meeting.group)
    if meeting.time:
        start = dt.datetime.combine(meeting.date, meeting.time, _HERE)
        event.add("dtstart", start)
        event.add("dtend", start + _LENGTH)
    else:
        event.add("dtstart", meeting.date)
    if meeting.place:
        event.add("location", meeting.place)
    quote = meeting.quotes[0]
    address = root + quote_url(quote)
    told = [
        f"”{quote.text}”\n{quote.source.title}\n{address}",
        root + pack_url(meeting.group),
        pack,
    ]
    event.add("description", "\n\n".join(part for part in told if part))
    event.add("url", address)
    return event
