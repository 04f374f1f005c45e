"""The health of the library: every file accounted for, and what needs attention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.build.status import Status
from kb.library.inbox import Held
from kb.web import phrases
from kb.web.urls import document_url, original_url

SHOWN = 200
"""Lines of a list; `kb status` shows all."""


@dataclass(frozen=True, slots=True)
class HealthEntry:
    """A line of a list.

    Attributes:
        path: Library path of the file it is about.
        url: The page of its document, if it has one.
        text: The remark about it.
    """

    path: str
    url: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileList:
    """A list of files that have something in common; `more` is how many are left out."""

    anchor: str
    title: str
    lead: str
    entries: tuple[HealthEntry, ...]
    more: int
    removable: bool = False


@dataclass(frozen=True, slots=True)
class HealthTerm:
    """A term of the sum of all files; `anchor` is the list of them, if there is one."""

    label: str
    count: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPage:
    """The content of the library's health page."""

    status: Status
    age: float | None
    terms: tuple[HealthTerm, ...]
    total: int
    lists: tuple[FileList, ...]
    unread: tuple[Held, ...]
    asking: tuple[Held, ...]
    refused: tuple[Held, ...]
    removed: int


def health_page(
    status: Status, held: Iterable[Held], removed: int, *, sees_hidden: bool
) -> HealthPage:
    """Arrange the state of the library for the page.

    Args:
        status: The state of the index.
        held: The inbox: uploads that are not in the library.
        removed: Documents in the bin.
        sees_hidden: Whether the reader may see what is hidden.
    """
    tally = status.tally
    doubtful = {path: " ".join(said) for path, said in status.doubts.items()}
    same = {path: phrases.says_the_same(first) for path, first in status.duplicates.items()}
    # Their reasons may name what is hidden.
    remarks = [HealthEntry(remark.path, None, remark.text) for remark in status.remarks]
    withheld = [HealthEntry(path, original_url(path), why) for path, why in status.withheld.items()]
    lists = (
        _listing("dolda", withheld if sees_hidden else []),
        _listing("nya", [HealthEntry(path, None, "") for path in status.new]),
        _listing("vantar", _failures(status, waiting=True)),
        _listing("fel", _failures(status, waiting=False), removable=True),
        _listing("osakra", _linked(doubtful)),
        _listing("dubbletter", _linked(same)),
        _listing("rattningar", remarks if sees_hidden else []),
    )
    held = tuple(held)
    built = status.built
    return HealthPage(
        status=status,
        age=(dt.datetime.now(dt.UTC) - built).total_seconds() if built else None,
        terms=(
            _term("sokbara", tally.searchable, listed=False),
            _term("dubbletter", tally.duplicates),
            _term("vantar", tally.waiting),
            *([_term("dolda", tally.withheld, listed=sees_hidden)] if tally.withheld else ()),
            _term("fel", tally.failed),
            _term("nya", tally.new),
        ),
        total=tally.total,
        lists=tuple(listing for listing in lists if listing.entries),
        unread=tuple(one for one in held if one.unread),
        asking=tuple(one for one in held if one.asks),
        refused=tuple(one for one in held if not one.asks and not one.unread),
        removed=removed,
    )


def _term(name: str, count: int, *, listed: bool = True) -> HealthTerm:
    return HealthTerm(phrases.TALLY[name], count, name if listed else "")


def _listing(anchor: str, entries: list[HealthEntry], *, removable: bool = False) -> FileList:
    title, lead = phrases.LISTINGS[anchor]
    more = max(0, len(entries) - SHOWN)
    return FileList(
        anchor=anchor,
        title=title,
        lead=lead,
        entries=tuple(entries[:SHOWN]),
        more=more,
        removable=removable,
    )


def _failures(status: Status, *, waiting: bool) -> list[HealthEntry]:
    return [
        HealthEntry(failure.path, None, failure.reason)
        for failure in status.failures
        if failure.waiting is waiting and not failure.withheld
    ]


def _linked(said: Mapping[str, str]) -> list[HealthEntry]:
    return [HealthEntry(path, document_url(path), text) for path, text in sorted(said.items())]
