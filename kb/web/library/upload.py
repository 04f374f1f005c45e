"""The receipt of an upload: the outcome of each file, and whether it can be searched yet."""

from __future__ import annotations

from dataclasses import dataclass

from kb.build.background import BuildState
from kb.build.status import Status
from kb.library.receipts import IntakeOutcome, Receipt, Sending
from kb.search.engine import Engine
from kb.web import phrases
from kb.web.urls import document_url


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """The outcome of one file.

    Attributes:
        receipt: Its stored receipt.
        outcome: Its outcome, in words.
        good: Nobody needs to do anything about it.
        url: The document's page, if it can be searched.
        pending: Why it cannot be searched yet, if that is so.
        asks: It waits for the sender's answer.
    """

    receipt: Receipt
    outcome: str
    good: bool
    url: str | None
    pending: str | None
    asks: bool


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The content of a receipt's page."""

    sending: Sending
    rows: tuple[ReceiptRow, ...]
    follow: bool


_GOOD = frozenset({IntakeOutcome.ADDED, IntakeOutcome.DUPLICATE, IntakeOutcome.TAKEN_BACK})


def receipt_page(
    sending: Sending, engine: Engine | None, status: Status, build: BuildState | None
) -> ReceiptPage:
    """Arrange a receipt for the page.

    Args:
        sending: The upload.
        engine: The current index, if there is one.
        status: The state of the index.
        build: The state of the last build.
    """
    runs = bool(build and build.runs)
    rows = tuple(_row(receipt, engine, status, runs) for receipt in sending.receipts)
    waits = any(row.pending for row in rows) and not any(row.asks for row in rows)
    return ReceiptPage(sending, rows, follow=runs and waits)


def _row(receipt: Receipt, engine: Engine | None, status: Status, runs: bool) -> ReceiptRow:
    url, pending = None, None
    if receipt.outcome is IntakeOutcome.RECEIVED:
        pending = phrases.READ_SOON if runs else phrases.READ_LATER
    elif receipt.path:
        shown = status.duplicates.get(receipt.path, receipt.path)
        if engine and engine.document(shown):
            url = document_url(shown)
        elif receipt.outcome is not IntakeOutcome.WAITING:
            pending = phrases.SOON_FOUND if runs else phrases.NOT_FOUND_YET
    return ReceiptRow(
        receipt=receipt,
        outcome=phrases.OUTCOMES[receipt.outcome],
        good=receipt.outcome in _GOOD,
        url=url,
        pending=pending,
        asks=receipt.outcome is IntakeOutcome.ASKED,
    )
