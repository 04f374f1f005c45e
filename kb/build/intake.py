"""Taking files into the library: unpacked, looked at, and stored so that they cannot be lost.

What is sent to the pages is kept at once and looked into afterwards, by the build, since
recognising the text of a scan takes longer than a browser waits.

A file is stored only when it can be read (or will be once text recognition is installed) and
nobody's identity number stands in it; otherwise it is kept aside and the sender told why.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from kb import durable, read
from kb.errors import AwaitsRecognition, UserError, because
from kb.library import Library, inbox, log, naming, receipts
from kb.library.receipts import IntakeOutcome, Receipt, Sending
from kb.model import SourceText
from kb.swedish.identity_numbers import find_identity_numbers, mask

_log = logging.getLogger(__name__)


class IdentityNumberAnswer(StrEnum):
    """What to do with a file in which identity numbers stand; the values are form values."""

    CONFIRM = "behall"
    MASK = "maskera"
    TAKE_BACK = "ta-tillbaka"


def take_in(
    library: Library, name: str, data: bytes, by: str, texts: read.Cache | None = None
) -> Iterator[Receipt]:
    """Take in a file, and the files inside it if it is an archive or a message.

    Each receipt is given when its file is safely on disk.

    Args:
        library: Where to.
        name: The name it was sent under.
        data: What is in it.
        by: Who sends it.
        texts: Where what is read is kept for the build.
    """
    yield from _take(library, read.Member(name, data), by, texts, read.Room())


def _take(
    library: Library,
    one: read.Member,
    by: str,
    texts: read.Cache | None,
    room: read.Room,
    depth: int = 0,
) -> Iterator[Receipt]:
    """Take in a file and those inside it, which lie inside `depth` others."""
    name, data, why = one.name, one.data, one.refused
    if not why:
        try:
            inside = read.unpack(name, data, room, depth)
        except UserError as error:
            why = str(error)
    if why:
        yield _refuse(library, name, data, by, why)
        return
    packed = PurePosixPath(name).suffix.lower() == ".zip"
    if not packed:
        yield _take_one(library, name, data, by, texts)
    for member in inside:
        packed = False
        yield from _take(library, member, by=by, texts=texts, room=room, depth=depth + 1)
    if packed:
        yield _refuse(library, name, data, by, "Det finns inga filer i arkivet.")


def receive(library: Library, files: Iterable[tuple[str, bytes]], by: str) -> Sending:
    """Keep files that are to be taken in, safely on disk before this returns.

    Args:
        library: Where to.
        files: Name and content of each.
        by: Who sends them.

    Returns:
        What became of each; it may not be kept, but the files are.
    """
    # Nobody tells what became of a file before it is said here that it came.
    with receipts.changing(library.folder):
        sending = receipts.sending(by)
        rows = tuple(_receive(library, name, data, by, sending.key) for name, data in files)
        sending = replace(sending, receipts=rows)
        try:
            receipts.keep(library.folder, sending)
        except OSError:
            _log.exception("the receipt of a sending cannot be kept")
        return sending


def _receive(library: Library, name: str, data: bytes, by: str, sending: str) -> Receipt:
    try:
        kept = inbox.hold(library.folder, naming.safe_name(name), data, by, sending=sending)
    except UserError as error:  # it costs no other
        return Receipt(name, IntakeOutcome.REFUSED, message=f"{error} Den är inte mottagen.")
    return Receipt(name, IntakeOutcome.RECEIVED, key=kept.key)


def take_received(
    library: Library, texts: read.Cache | None = None, told: Callable[[str], None] | None = None
) -> int:
    """Take in the files that were received, in order; return how many.

    One that is cut off on the way, or finds no room, is taken in anew the next time. Where
    another process does it already nothing is done.

    Args:
        library: Where to.
        texts: Where what is read is kept for the build.
        told: Told the name of each file before it is looked into.
    """
    taken = 0
    with inbox.taking(library.folder) as is_ours:
        waiting = [one for one in inbox.held(library.folder) if one.unread] if is_ours else []
        for one in reversed(waiting):
            if told:
                told(one.name)
            try:
                became = _become(library, one, texts)
                receipts.tell(library.folder, one.sending, one.key, became)
                inbox.drop(library.folder, one)
                taken += 1
            except (UserError, OSError) as error:
                _log.warning("%s waits to be taken in: %s", one.name, error)
    return taken


def _become(library: Library, one: inbox.Held, texts: read.Cache | None) -> list[Receipt]:
    data = inbox.content(library.folder, one)
    try:
        return list(take_in(library, one.name, data, one.by, texts))
    except (UserError, OSError):
        raise
    except Exception as error:  # it must not keep those behind it out
        _log.exception("%s could not be taken in", one.name)
        reason = f"Internt fel ({type(error).__name__}), se loggen."
        return [_refuse(library, one.name, data, one.by, reason)]


def answer(library: Library, key: str, what: IdentityNumberAnswer, by: str) -> Receipt:
    """Do with a file that waits what its sender says.

    Raises:
        UserError: It no longer waits.
    """
    one = inbox.find(library.folder, key)
    data = inbox.content(library.folder, one)
    if what is IdentityNumberAnswer.TAKE_BACK:
        inbox.drop(library.folder, one)
        log.record(library.folder, by, log.Act.TAKE_BACK, detail=one.name)
        return Receipt(one.name, IntakeOutcome.TAKEN_BACK, message="Filen är borttagen.")
    name = one.name
    if what is IdentityNumberAnswer.MASK:
        name, data = _masked(one, data)
    receipt = _store(library, name, data, by)
    act = log.Act.MASK if what is IdentityNumberAnswer.MASK else log.Act.CONFIRM
    log.record(library.folder, by, act, receipt.path)
    inbox.drop(library.folder, one)
    return receipt


def _take_one(
    library: Library, name: str, data: bytes, by: str, texts: read.Cache | None
) -> Receipt:
    known = _same_bytes(library, data)
    if known:
        return Receipt(name, IntakeOutcome.DUPLICATE, known, f"Samma fil finns som ”{known}”.")
    try:
        source = _read(name, data, texts)
    except AwaitsRecognition as error:
        receipt = _store(library, name, data, by)
        return Receipt(name, IntakeOutcome.WAITING, receipt.path, str(error))
    except UserError as error:
        return _refuse(library, name, data, by, str(error))
    reason = _identifying("Filen", source.text) or _identifying("Filens namn", name)
    if reason:
        if texts:
            texts.drop(source.sha256)  # it may be taken back, and nothing of it may stay then
        kept = inbox.hold(library.folder, naming.safe_name(name), data, by, reason, asks=True)
        log.record(library.folder, by, log.Act.HOLD, detail=f"{kept.name}: {reason}")
        return Receipt(name, IntakeOutcome.ASKED, message=reason, key=kept.key)
    return _store(library, name, data, by)


def _identifying(what: str, text: str) -> str:
    """Return in Swedish how many identity numbers stand in something, nothing if none do."""
    found = len(find_identity_numbers(text))
    count = "ett" if found == 1 else str(found)
    return f"{what} innehåller {count} personnummer." if found else ""


def _read(name: str, data: bytes, texts: read.Cache | None = None) -> SourceText:
    """Read a file that is not in the library yet, from beside it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, naming.safe_name(name))
        file.write_bytes(data)
        return read.read_original(file, file.name, texts)


def _masked(one: inbox.Held, data: bytes) -> tuple[str, bytes]:
    """Return the text of a file, masked, and a name for it: only text can be masked safely."""
    source = _read(one.name, data)
    pure = PurePosixPath(one.name)
    suffix = pure.suffix if pure.suffix.lower() in {".txt", ".md"} else ".md"
    return f"{mask(pure.stem)} (maskerad){suffix}", mask(source.text).encode()


def _same_bytes(library: Library, data: bytes) -> str | None:
    digest = hashlib.sha256(data).digest()
    for one in library.originals():
        if one.size == len(data) and hashlib.sha256(one.file.read_bytes()).digest() == digest:
            return one.path
    return None


def _store(library: Library, name: str, data: bytes, by: str) -> Receipt:
    try:
        for candidate in naming.numbered(naming.safe_name(name)):
            try:
                durable.create(library.folder / candidate, data)
            except FileExistsError:
                continue
            break
    except OSError as error:
        raise UserError(f"”{name}” gick inte att spara: {because(error)}.") from error
    log.record(library.folder, by, log.Act.ADD, candidate)
    return Receipt(name, IntakeOutcome.ADDED, candidate)


def _refuse(library: Library, name: str, data: bytes, by: str, reason: str) -> Receipt:
    kept = inbox.hold(library.folder, naming.safe_name(name), data, by, reason, asks=False)
    log.record(library.folder, by, log.Act.REFUSE, detail=f"{kept.name}: {reason}")
    return Receipt(name, IntakeOutcome.REFUSED, message=reason, key=kept.key)
