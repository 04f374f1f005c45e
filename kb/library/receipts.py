"""Receipts: the outcome of each uploaded file, kept for later reading.

A receipt says where a file went; the files themselves are in the library or the inbox.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import msgspec
from filelock import FileLock

from kb import durable, layout
from kb.library import notes

_KEY = re.compile(r"\d{8}T\d{6}-[0-9a-f]{21}")
_KEPT = 500


class IntakeOutcome(StrEnum):
    """The outcome of an uploaded file."""

    RECEIVED = "received"  # safely here; looked into in a while
    ADDED = "added"
    WAITING = "waiting"  # stored; its text is read once text recognition is installed
    DUPLICATE = "duplicate"  # the same bytes lie in the library already
    ASKED = "asked"  # kept aside until the sender answers
    REFUSED = "refused"  # kept aside
    TAKEN_BACK = "taken back"  # thrown away because the sender said so


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of one uploaded file.

    Attributes:
        name: The name it was sent under.
        outcome: The outcome.
        path: Where it lies in the library; of a duplicate, where the first one lies.
        message: More about it, in Swedish.
        key: Its name in the inbox, if it is kept aside.
    """

    name: str
    outcome: IntakeOutcome
    path: str = ""
    message: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """Files that were uploaded together.

    Attributes:
        key: Its name.
        by: The sender.
        at: When, UTC.
        receipts: The outcome of each file.
    """

    key: str
    by: str
    at: dt.datetime
    receipts: tuple[Receipt, ...]


def sending(by: str) -> Sending:
    """Return a new sending, without files and not saved yet."""
    at = notes.now()
    # Long enough that nobody guesses what somebody else sent.
    return Sending(notes.new_key(at, 8), by, at, ())


def keep(library: Path, one: Sending) -> None:
    """Save a sending, replacing an earlier one of the same name; the oldest are deleted.

    Raises:
        OSError: It cannot be written.
    """
    folder = library / layout.RECEIPTS
    folder.mkdir(parents=True, exist_ok=True)
    durable.replace(folder / f"{one.key}.json", msgspec.json.encode(one))
    for old in sorted(folder.glob("*.json"))[:-_KEPT]:
        old.unlink(missing_ok=True)


@contextmanager
def changing(library: Path) -> Iterator[None]:
    """Lock the receipts for changes by one process at a time."""
    folder = library / layout.RECEIPTS
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / layout.RECEIPTS_LOCK):
        yield


def tell(library: Path, sending: str, key: str, became: Sequence[Receipt]) -> None:
    """Record the outcome of the file `key` of the inbox in its receipt, if that is kept.

    Raises:
        OSError: It cannot be written.
    """
    with changing(library):
        if one := find(library, sending):
            told = (
                new
                for receipt in one.receipts
                for new in (became if receipt.key == key else (receipt,))
            )
            keep(library, replace(one, receipts=tuple(told)))


def find(library: Path, key: str) -> Sending | None:
    """Return the sending of that name, or None if it is not kept."""
    if not _KEY.fullmatch(key):
        return None
    try:
        content = (library / layout.RECEIPTS / f"{key}.json").read_bytes()
        return msgspec.json.decode(content, type=Sending)
    except (OSError, msgspec.DecodeError):
        return None
