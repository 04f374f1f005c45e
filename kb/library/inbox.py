"""Uploads that are not in the library: unread, refused, or waiting for an answer.

No upload is lost: it is kept here under its name until the sender decides about it, or until an
administrator deletes it.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from kb import durable, layout
from kb.errors import UserError, because
from kb.library import notes


@dataclass(frozen=True, slots=True)
class Held:
    """An uploaded file.

    Attributes:
        key: Its name in the inbox.
        name: The name it was sent under, made safe.
        by: The sender.
        at: When, UTC.
        reason: Why it is not in the library (Swedish, safe to show).
        asks: Whether it waits for an answer.
        unread: Whether it was not examined yet; one that neither asks nor is unread was refused.
        sending: Key of the upload that it belongs to.
    """

    key: str
    name: str
    by: str
    at: dt.datetime
    reason: str
    asks: bool
    unread: bool = False
    sending: str = ""


def hold(
    library: Path, name: str, data: bytes, by: str, reason: str = "", *,
    asks: bool = False, sending: str | None = None,
) -> Held:  # fmt: skip
    """Keep a file, safely on disk before this returns.

    Args:
        library: The folder of originals.
        name: The name it was sent under, made safe.
        data: Its content.
        by: The sender.
        reason: Why it is not in the library.
        asks: Whether it waits for an answer.
        sending: Key of the upload that it belongs to, if it was not examined yet.

    Raises:
        UserError: It cannot be written.
    """
    at = notes.now()
    unread = sending is not None
    held = Held(
        key=notes.new_key(at),
        name=name,
        by=by,
        at=at,
        reason=reason,
        asks=asks,
        unread=unread,
        sending=sending or "",
    )
    place = library / layout.INBOX / held.key
    try:
        place.mkdir(parents=True)
        durable.create(place / notes.beside_note(name), data)
        durable.create(place / notes.NOTE, msgspec.json.encode(held))
        for folder in (place.parent, library):
            durable.sync(folder)
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        raise UserError(f"”{name}” gick inte att spara: {because(error)}.") from error
    return held


@contextmanager
def taking(library: Path) -> Iterator[bool]:
    """Tell whether nobody else takes in what lies here; as long as this lasts nobody will."""
    folder = library / layout.INBOX
    lock = FileLock(folder / layout.INBOX_LOCK, blocking=False)
    try:
        if folder.is_dir():
            lock.acquire()
    except (OSError, Timeout):  # a library that cannot be written to takes nothing in either
        pass
    try:
        if lock.is_locked:
            notes.sweep(folder)
        yield lock.is_locked
    finally:
        lock.release()


def held(library: Path) -> list[Held]:
    """List the files, latest first; incomplete ones are left out."""
    return notes.latest_first(library / layout.INBOX, Held)


def find(library: Path, key: str) -> Held:
    """Return the file with a key.

    Raises:
        UserError: It does not exist any longer.
    """
    for one in held(library):
        if one.key == key:
            return one
    raise UserError("Filen väntar inte längre: den är redan tagen om hand.")


def content(library: Path, one: Held) -> bytes:
    """Return the content of a file.

    Raises:
        UserError: They cannot be read, as when somebody else has just answered for it.
    """
    try:
        return (library / layout.INBOX / one.key / notes.beside_note(one.name)).read_bytes()
    except OSError as error:
        raise UserError(f"”{one.name}” går inte att läsa: {because(error)}.") from error


def drop(library: Path, one: Held) -> None:
    """Delete a file."""
    notes.drop(library / layout.INBOX / one.key)
