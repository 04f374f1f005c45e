"""Search results as Atom (RFC 4287), CSV and JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

import msgspec
from flask import url_for

from kb.search.engine import Engine
from kb.search.query import Query, Sort
from kb.search.results import Card, HitList
from kb.web import phrases
from kb.web.formats import enumeration
from kb.web.urls import document_url, feed_url, search_url

MOST_EXPORTED = 10_000
"""Documents that are sent at once."""

_TITLE = 2  # column of the title

ENTRIES = 30
"""Documents of a feed."""

_LOOKED_AT = 2_000
"""Number of newest meetings among which a feed selects the latest files."""

_ATOM = "http://www.w3.org/2005/Atom"
_UNKNOWN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A document of a feed, and when its file was added to the library or last replaced."""

    card: Card
    updated: dt.datetime


def newest(
    engine: Engine, query: Query, original: Callable[[str], Path | None]
) -> tuple[FeedEntry, ...] | None:
    """Return the documents of a search that were added last, the newest first; None if it was cut.

    Old minutes may be added today, so the order is that of the files, not of the meetings. A
    relaxed search gives no entries.
    """
    listed = engine.listing(replace(query, sort=Sort.NEWEST, page=1), _LOOKED_AT)
    if listed.total is None:
        return None
    cards = () if listed.relaxed else listed.cards
    entries = [FeedEntry(card, _came(original(card.id))) for card in cards]
    return tuple(sorted(entries, key=lambda entry: entry.updated, reverse=True)[:ENTRIES])


def _came(file: Path | None) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC) if file else _UNKNOWN
    except OSError:  # it has just been deleted
        return _UNKNOWN


def atom_feed(query: Query, entries: tuple[FeedEntry, ...]) -> bytes:
    """Return a search as an Atom feed."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "sv"})
    page = _absolute(search_url(query))
    _add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, query.to_url_query())}")
    _add(feed, "title", f"{phrases.SITE}: {query.text or phrases.ALL_MINUTES}")
    _add(feed, "updated", max((entry.updated for entry in entries), default=_UNKNOWN).isoformat())
    _add(_add(feed, "author"), "name", phrases.SITE)
    _link(feed, page, "alternate", "text/html")
    _link(feed, _absolute(feed_url(query)), "self", "application/atom+xml")
    for entry in entries:
        element = _add(feed, "entry")
        address = _absolute(document_url(entry.card.id))
        _add(element, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, entry.card.id)}")
        _add(element, "title", entry.card.title)
        _add(element, "updated", entry.updated.isoformat())
        _link(element, address, "alternate", "text/html")
        _add(element, "summary", _summary(entry.card))
    packed: bytes = ET.tostring(feed, "utf-8", xml_declaration=True)
    return packed


def csv_table(listed: HitList) -> str:
    """Return a listing for a spreadsheet: semicolons and a byte order mark, as Excel wants."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(phrases.CSV_HEADINGS)
    if listed.total is None:  # a table without rows would mean that nothing was found
        writer.writerow([*[""] * _TITLE, *listed.notes])
    for card in listed.cards:
        row = (
            card.date.isoformat() if card.date else "",
            card.proposed_date.isoformat() if card.proposed_date else "",
            card.title,
            card.group or "",
            ", ".join(card.municipalities),
            card.kind,
            card.id,
            _absolute(document_url(card.id)),
        )
        writer.writerow(map(phrases.cell, row))
    return "\ufeff" + out.getvalue()


def exported_json(listed: HitList) -> bytes:
    """Return a listing as JSON; keys as in the API."""
    return msgspec.json.encode(
        {
            "query": listed.query.text,
            "address": listed.query.to_url_query(),
            "total": listed.total,
            "relaxed": listed.relaxed,
            "notes": listed.notes,
            "hits": [
                {
                    "id": card.id,
                    "title": card.title,
                    "date": card.date,
                    "date_proposed": card.proposed_date,
                    "group": card.group,
                    "municipalities": card.municipalities,
                    "kind": card.kind,
                    "url": _absolute(document_url(card.id)),
                }
                for card in listed.cards
            ],
        }
    )


def _summary(card: Card) -> str:
    said = (
        card.date.isoformat() if card.date else phrases.NO_DATE,
        card.group,
        enumeration(list(card.municipalities)),
    )
    return " · ".join(part for part in said if part)


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = _clean(text) or None
    return element


def _link(parent: ET.Element, address: str, relation: str, kind: str) -> None:
    attributes = {"rel": relation, "type": kind, "href": address}
    ET.SubElement(parent, f"{{{_ATOM}}}link", attributes)


def _clean(text: str) -> str:
    """Return text without characters that XML 1.0 does not know."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def _absolute(address: str) -> str:
    return url_for("search.start", _external=True).rstrip("/") + address
