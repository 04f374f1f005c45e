"""Uploaded files, and answers about those that contain identity numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.build import intake
from kb.build.intake import IdentityNumberAnswer
from kb.library import receipts
from kb.library.receipts import IntakeOutcome, Receipt, Sending

__all__ = ["Answered", "IdentityNumberAnswer", "Sent", "add_file", "answer", "send_files"]

_STORED = frozenset({IntakeOutcome.ADDED, IntakeOutcome.WAITING})


@dataclass(frozen=True, slots=True)
class Sent:
    """Files that were received; `kept` says whether their receipt can be read again later."""

    sending: Sending
    kept: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A file that was answered about; `noted` says whether the receipt of its upload shows that."""

    receipt: Receipt
    noted: bool


def send_files(desk: Desk, files: Iterable[tuple[str, bytes]]) -> Done[Sent]:
    """Receive files, safely on disk before this returns; the build examines them.

    Args:
        desk: Who sends them, and where.
        files: Name and content of each.

    Raises:
        UserError: The person may not.
    """
    desk.require(Right.ADD_FILES)
    sending = intake.receive(desk.library, files, desk.person.name)
    received = any(one.outcome is IntakeOutcome.RECEIVED for one in sending.receipts)
    unbuilt = desk.rebuild() if received else ""
    kept = receipts.find(desk.folder, sending.key) is not None
    return Done(Sent(sending, kept), unbuilt)


def add_file(desk: Desk, name: str, data: bytes) -> Iterator[Receipt]:
    """Take in a file, and those inside it, while the sender waits.

    Yields:
        A receipt for each, as soon as it is safely on disk; the build is started after the last.

    Raises:
        UserError: The person may not, or it cannot be saved.
    """
    desk.require(Right.ADD_FILES)
    return _added(desk, name, data)


def _added(desk: Desk, name: str, data: bytes) -> Iterator[Receipt]:
    stored = False
    by, texts = desk.person.name, desk.workspace.texts()
    for receipt in intake.take_in(desk.library, name, data, by, texts):
        stored |= receipt.outcome in _STORED
        yield receipt
    if stored:
        desk.rebuild()


def answer(desk: Desk, key: str, what: IdentityNumberAnswer, sending: str = "") -> Done[Answered]:
    """Carry out the sender's answer about a pending file.

    Args:
        desk: Who answers, and where.
        key: The file's name in the inbox.
        what: The answer.
        sending: The upload that the file belongs to, if known.

    Raises:
        UserError: The person may not, or the file no longer waits.
    """
    desk.require(Right.ANSWER)
    receipt = intake.answer(desk.library, key, what, desk.person.name)
    unbuilt = desk.rebuild() if receipt.outcome in _STORED else ""
    noted = receipts.find(desk.folder, sending) is not None
    if noted:
        receipts.tell(desk.folder, sending, key, [receipt])
    return Done(Answered(receipt, noted), unbuilt)
