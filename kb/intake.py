"""Taking files into the library: unpacked, looked at, and stored so that they cannot be lost.

A file is stored only when it can be read (or will be once text recognition is installed) and
nobody's identity number stands in it; otherwise it is kept aside and the sender told why.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path, PurePosixPath

from kb import durable, read
from kb.errors import UserError, Waiting
from kb.library import Library, inbox, log, naming
from kb.library.receipts import Outcome, Receipt
from kb.model import SourceText
from kb.swedish.identity_numbers import find_identity_numbers, mask


class Answer(StrEnum):
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
    try:
        members = list(read.unpack(name, data))
        packed = PurePosixPath(name).suffix.lower() == ".zip"
    except UserError as error:
        yield _refuse(library, name, data, by, str(error))
        return
    if packed:
        if not members:
            yield _refuse(library, name, data, by, "Det finns inga filer i arkivet.")
    else:
        yield _take_one(library, name, data, by, texts)
    for member in members:
        if member.refused:
            yield _refuse(library, member.name, member.data, by, member.refused)
        else:
            yield _take_one(library, member.name, member.data, by, texts)


def answer(library: Library, key: str, what: Answer, by: str) -> Receipt:
    """Do with a file that waits what its sender says.

    Raises:
        UserError: It no longer waits.
    """
    one = inbox.find(library.folder, key)
    data = inbox.content(library.folder, one)
    if what is Answer.TAKE_BACK:
        inbox.drop(library.folder, one)
        log.record(library.folder, by, log.Act.TAKE_BACK, detail=one.name)
        return Receipt(one.name, Outcome.TAKEN_BACK, message="Filen är borttagen.")
    name = one.name
    if what is Answer.MASK:
        name, data = _masked(one, data)
    receipt = _store(library, name, data, by)
    if what is Answer.MASK:
        log.record(library.folder, by, log.Act.MASK, receipt.path)
    inbox.drop(library.folder, one)
    return receipt


def _take_one(
    library: Library, name: str, data: bytes, by: str, texts: read.Cache | None
) -> Receipt:
    known = _same_bytes(library, data)
    if known:
        return Receipt(name, Outcome.DUPLICATE, known, f"Samma fil finns som ”{known}”.")
    try:
        source = _read(name, data, texts)
    except Waiting as error:
        receipt = _store(library, name, data, by)
        return Receipt(name, Outcome.WAITING, receipt.path, str(error))
    except UserError as error:
        return _refuse(library, name, data, by, str(error))
    found = find_identity_numbers(source.text)
    if found:
        if texts:
            texts.drop(source.sha256)  # it may be taken back, and nothing of it may stay then
        count = "ett personnummer" if len(found) == 1 else f"{len(found)} personnummer"
        reason = f"Filen innehåller {count}."
        kept = inbox.hold(library.folder, naming.safe_name(name), data, by, reason, asks=True)
        log.record(library.folder, by, log.Act.HOLD, detail=f"{kept.name}: {reason}")
        return Receipt(name, Outcome.ASKED, message=reason, key=kept.key)
    return _store(library, name, data, by)


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
    return f"{pure.stem} (maskerad){suffix}", mask(source.text).encode()


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
        raise UserError(f"”{name}” gick inte att spara: {error.strerror}.") from error
    log.record(library.folder, by, log.Act.ADD, candidate)
    return Receipt(name, Outcome.ADDED, candidate)


def _refuse(library: Library, name: str, data: bytes, by: str, reason: str) -> Receipt:
    kept = inbox.hold(library.folder, naming.safe_name(name), data, by, reason, asks=False)
    log.record(library.folder, by, log.Act.REFUSE, detail=f"{kept.name}: {reason}")
    return Receipt(name, Outcome.REFUSED, message=reason, key=kept.key)
