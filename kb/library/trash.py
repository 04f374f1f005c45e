"""Removing documents, and restoring them until the bin is emptied."""

from __future__ import annotations

import datetime as dt
import filecmp
import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kb import durable, layout
from kb.errors import UserError, because
from kb.library import log, notes
from kb.library.folder import Library, has_sidecar, history, sidecar


@dataclass(frozen=True, slots=True)
class Removed:
    """A document in the bin.

    Attributes:
        key: Its name in the bin.
        path: Its path in the library before.
        by: Who removed it.
        at: When, UTC.
    """

    key: str
    path: str
    by: str
    at: dt.datetime


def remove(library: Library, path: str, by: str) -> Removed:
    """Move a document and its sidecar to the bin.

    Raises:
        UserError: It does not exist, or cannot be moved.
    """
    file = library.locate(path)
    if file is None:
        raise UserError(f"Dokumentet ”{path}” finns inte i biblioteket.")
    # Looked at before anything moves: the name of a sidecar may be longer than names can be.
    with_it = [sidecar(file)] if has_sidecar(file) else []
    at = notes.now()
    removed = Removed(notes.new_key(at), path, by, at)
    place = library.folder / layout.BIN / removed.key
    try:
        place.mkdir(parents=True)
        durable.create(place / notes.NOTE, msgspec.json.encode(removed))
        # The document first: cut off between the two, it must not be shown without what is said
        # of it, as what is to be hidden.
        for each in (file, *with_it):
            each.rename(place / notes.beside_note(each.name))
        for folder in (place, file.parent):
            durable.sync(folder)
    except OSError as error:
        raise UserError(f"”{path}” gick inte att ta bort: {because(error)}.") from error
    log.record(library.folder, by, log.Act.REMOVE, path)
    return removed


def removed(library: Path) -> list[Removed]:
    """List the documents in the bin of the library in a folder, latest first."""
    return notes.latest_first(library / layout.BIN, Removed)


def restore(library: Library, key: str, by: str) -> str:
    """Restore a document to its place; return its path.

    Raises:
        UserError: It is not in the bin, or its place is taken.
    """
    one = next((one for one in removed(library.folder) if one.key == key), None)
    if one is None:
        raise UserError("Dokumentet finns inte längre i papperskorgen.")
    place, target = library.folder / layout.BIN / key, library.folder / one.path
    name = target.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lying = {file.name for file in place.iterdir()}
        for each in (name, sidecar(target).name):
            here, there = place / notes.beside_note(each), target.with_name(each)
            # It may lie there already, if an earlier try was cut off.
            if here.name in lying and not (
                there.exists() and filecmp.cmp(here, there, shallow=False)
            ):
                durable.place(here, there)
        durable.sync(target.parent)
        notes.drop(place)
    except FileExistsError as error:
        raise UserError(f"Det finns redan ett annat dokument med namnet ”{one.path}”.") from error
    except OSError as error:
        raise UserError(f"”{one.path}” gick inte att återställa: {because(error)}.") from error
    log.record(library.folder, by, log.Act.RESTORE, one.path)
    return one.path


def empty(library: Library, by: str) -> int:
    """Delete the documents in the bin for good; return their number."""
    gone = removed(library.folder)
    for one in gone:
        notes.drop(library.folder / layout.BIN / one.key)
        if not (file := library.folder / one.path).exists():
            shutil.rmtree(history(file), ignore_errors=True)
            if has_sidecar(file):  # left behind if removing was cut off
                sidecar(file).unlink(missing_ok=True)
        log.record(library.folder, by, log.Act.EMPTY, one.path)
    notes.sweep(library.folder / layout.BIN)
    return len(gone)
