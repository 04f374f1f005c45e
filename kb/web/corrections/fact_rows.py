"""Corrections of a document's facts beside the values read from its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb import corrections
from kb.corrections import wording
from kb.model import Corrected, Document, Fact, FactCorrection
from kb.web import phrases
from kb.web.formats import long_date


@dataclass(frozen=True, slots=True)
class FactRow:
    """A corrected fact.

    Attributes:
        correction: The correction.
        subject: What it is about: "Datum", "Kommun Bjuv".
        read: The value read from the text, None if it is not to be shown.
        verdict: What it was corrected to, by whom and when.
        remark: Why it cannot be searched yet, or does not fit at all; "" if neither.
        misfit: It does not fit the document.
        undone: It has been undone, which the index does not reflect yet.
    """

    correction: FactCorrection
    subject: str
    read: str | None
    verdict: str
    remark: str = ""
    misfit: bool = False
    undone: bool = False


def fact_rows(
    document: Document, held: Sequence[FactCorrection], *, editor: bool
) -> tuple[Document, tuple[FactRow, ...]]:
    """Return a document with the newest corrections in it, and all of them as rows.

    Args:
        document: The document in the index.
        held: The corrections in its sidecar now.
        editor: Whether the reader may see the headings of hidden sections.
    """
    indexed = {one.correction.subject: one for one in document.corrected}
    rows = []
    for fact in held:
        before = indexed.pop(fact.subject, None)
        if before and before.correction == fact:
            rows.append(_row(before, editor=editor))
            continue
        document, misfits = corrections.apply(document, [fact])
        made = next((one for one in document.corrected if one.correction == fact), None)
        remark = misfits[0] if misfits else phrases.NOT_BUILT
        row = _row(made or Corrected(fact, None), remark, editor=editor)
        rows.append(replace(row, misfit=True, read=None) if misfits else row)
    for one in indexed.values():
        rows.append(replace(_row(one, phrases.UNDONE_NOT_BUILT, editor=editor), undone=True))
    return document, tuple(rows)


def row_of(document: Document | None, fact: FactCorrection, *, editor: bool) -> FactRow:
    """Return one correction as a row, for a list apart from its document."""
    if document is None:
        return _row(Corrected(fact, None), editor=editor)
    _, rows = fact_rows(document, [fact], editor=editor)
    return rows[0]


def _row(one: Corrected, remark: str = "", *, editor: bool) -> FactRow:
    fact = one.correction
    hidden = fact.fact is Fact.HIDDEN
    return FactRow(
        fact,
        phrases.A_SECTION if hidden and not editor else wording.subject(fact),
        None if hidden else one.read or phrases.NOTHING_READ,
        phrases.corrected_fact(wording.verdict(fact), fact.by, when(fact)),
        remark,
    )


def when(correction: FactCorrection) -> str:
    """Return the day of a correction, or "" if it has none."""
    return long_date(correction.at.astimezone().date()) if correction.at else ""
