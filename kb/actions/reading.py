"""Reading that requires a right: the log, receipts, inbox, bin, originals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kb import corrections
from kb.actions.desk import Desk
from kb.actions.permissions import Right
from kb.errors import NotFoundError
from kb.library import inbox, log, receipts, trash
from kb.library.inbox import Held
from kb.library.receipts import Sending
from kb.library.trash import Removed
from kb.model import Corrected, Document, Fact


def events(desk: Desk) -> list[log.Event]:
    """Return the log, oldest first; raises `NotAllowedError`."""
    desk.require(Right.SEE_LOG)
    return list(log.events(desk.folder))


def held(desk: Desk) -> list[Held]:
    """Return what is in the inbox, latest first; raises `NotAllowedError`."""
    desk.require(Right.SEE_SENDINGS)
    return inbox.held(desk.folder)


def sending(desk: Desk, key: str) -> Sending:
    """Return the receipt of files sent in together.

    Raises:
        NotFoundError: It is not kept.
        NotAllowedError: The person may not.
    """
    desk.require(Right.SEE_SENDINGS)
    found = receipts.find(desk.folder, key)
    if found is None:
        raise NotFoundError("Kvittot finns inte.")
    return found


def removed(desk: Desk) -> list[Removed]:
    """Return what is in the bin, latest first; raises `NotAllowedError`."""
    desk.require(Right.SEE_BIN)
    return trash.removed(desk.folder)


def original(desk: Desk, doc_id: str, same: Iterable[str] = ()) -> Path:
    """Return the file of an original.

    Args:
        desk: Who reads, and where.
        doc_id: Its library path.
        same: Its duplicates: what is hidden in one of them is hidden in this one too.

    Raises:
        NotFoundError: There is none.
        NotAllowedError: Something in it is hidden, and the person may not see that.
    """
    desk.require(Right.READ)
    file = desk.original(doc_id)
    if hides(desk, (doc_id, *same)):
        desk.require(Right.SEE_HIDDEN)
    return file


def shown(desk: Desk, document: Document) -> Document:
    """Return a document of the index as the person may read it.

    What has been hidden since the index was built is hidden already.

    Raises:
        NotFoundError: Something in it is to be hidden but its place is not known, and the
            person may not see what is hidden.
    """
    desk.require(Right.READ)
    file = desk.library.locate(document.id)
    said = corrections.load(file).facts if file else ()
    hidings = [fact for fact in said if fact.fact is Fact.HIDDEN]
    sees = desk.person.may(Right.SEE_HIDDEN)
    if not sees and corrections.unfit_hidings(document, hidings):
        raise NotFoundError("Anteckningen är dold tills någon har sett på den.")
    document, _ = corrections.apply(document, hidings)
    if sees:
        return document
    return replace(document, corrected=tuple(map(_unnamed, document.corrected)))


def _unnamed(one: Corrected) -> Corrected:
    """Return a correction without the heading of the section that it hides."""
    if one.correction.fact is not Fact.HIDDEN:
        return one
    return replace(one, correction=replace(one.correction, value="", details={}))


def hides(desk: Desk, paths: Iterable[str]) -> bool:
    """Tell whether something is hidden in one of these originals."""
    files = filter(None, map(desk.library.locate, paths))
    return any(fact.fact is Fact.HIDDEN for file in files for fact in corrections.load(file).facts)
