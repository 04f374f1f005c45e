"""The log of actions on documents: JSON lines, append-only."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from kb import durable, layout
from kb.errors import UserError, because
from kb.library import notes


class Act(StrEnum):
    """What can be done; the values are what the log says."""

    ADD = "tillagd"
    REFUSE = "avvisad"
    HOLD = "väntar på svar"
    TAKE_BACK = "tillbakatagen"
    MASK = "maskerad"
    CONFIRM = "behållen med personnummer"
    REMOVE = "borttagen"
    RESTORE = "återställd"
    EMPTY = "papperskorgen tömd"
    CORRECT = "rättad"
    UNDO = "rättning ångrad"
    WRITE = "skriven"
    DECIDE = "namn avgjorda"
    BUILD = "bygge startat"
    CANCEL_BUILD = "bygge avbrutet"
    CONFIGURE = "inställning ändrad"
    KEEP_MISSING = "saknade behållna"
    REMOVE_MISSING = "saknade borttagna"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log.

    Attributes:
        at: When, UTC.
        by: Who.
        act: What was done.
        path: To which document; empty if to none in particular.
        detail: More about it, in Swedish.
    """

    at: dt.datetime
    by: str
    act: Act
    path: str = ""
    detail: str = ""


def record(folder: Path, by: str, act: Act, path: str = "", detail: str = "") -> None:
    """Add an event to the log of the library in `folder`.

    Raises:
        UserError: It cannot be written.
    """
    event = Event(notes.now(), by, act, path, detail)
    file = folder / layout.LOG
    try:
        file.parent.mkdir(exist_ok=True)
        durable.append(file, msgspec.json.encode(event) + b"\n")
    except OSError as error:
        raise UserError(f"Händelseloggen går inte att skriva i: {because(error)}.") from error


def events(folder: Path) -> Iterator[Event]:
    """Yield the events, oldest first; an incomplete line is skipped."""
    try:
        with (folder / layout.LOG).open("rb") as lines:
            for line in lines:
                try:
                    yield msgspec.json.decode(line, type=Event)
                except (msgspec.DecodeError, json.JSONDecodeError):
                    continue  # the machine stopped while it was written
    except FileNotFoundError:
        return
