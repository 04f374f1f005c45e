"""Corrections of facts, hidden sections among them."""

from __future__ import annotations

from collections.abc import Mapping

from kb import corrections
from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.corrections import wording
from kb.corrections.facts import decode
from kb.errors import UserError
from kb.library import log
from kb.library.notes import now
from kb.model import Document, Fact, FactCorrection


def correct_fact(
    desk: Desk, doc_id: str, document: Document, entry: Mapping[str, object]
) -> Done[FactCorrection]:
    """Save the right value of a fact, or that a section is hidden.

    Args:
        desk: Who does it, and where.
        doc_id: The document.
        document: The same, with the corrections it already has.
        entry: The correction as in a sidecar, without who and when.

    Raises:
        NotFoundError: There is no such document.
        UserError: The person may not, the correction does not fit, or it cannot be saved.
    """
    desk.require(_right(Fact.HIDDEN in entry))
    file = desk.original(doc_id)
    said = {**entry, "by": desk.person.name, "at": now()}
    fact = corrections.checked_fact(said, document)
    corrections.add_fact(file, fact)
    desk.record(log.Act.CORRECT, doc_id, f"{wording.subject(fact)}: {wording.verdict(fact)}")
    return Done(fact, desk.rebuild())


def hide_instead(
    desk: Desk, doc_id: str, before: FactCorrection, heading: str
) -> Done[FactCorrection]:
    """Hide another section instead of one whose heading is no longer there.

    The text is not available, since the whole document is hidden until then. If no section has
    this heading either, it stays hidden, and the build reports that.

    Raises:
        NotFoundError: There is no such document.
        UserError: The person may not, the heading is none, or it cannot be saved.
    """
    desk.require(Right.HIDE)
    file = desk.original(doc_id)
    entry = {Fact.HIDDEN.value: heading, "by": desk.person.name, "at": now()}
    try:
        fact = decode(entry)
    except ValueError as error:
        raise UserError(f"Rättningen gick inte att spara: {error}.") from error
    corrections.replace_fact(file, before, fact)
    said = f"{wording.subject(before)} → {wording.subject(fact)}: {wording.verdict(fact)}"
    desk.record(log.Act.CORRECT, doc_id, said)
    return Done(fact, desk.rebuild())


def undo_fact(desk: Desk, doc_id: str, fact: FactCorrection) -> Done[None]:
    """Delete the correction of the fact that `fact` is about.

    Raises:
        NotFoundError: There is no such document.
        UserError: The person may not, there is no such correction, or it cannot be taken out.
    """
    desk.require(_right(fact.fact is Fact.HIDDEN))
    file = desk.original(doc_id)
    corrections.undo_fact(file, fact)
    desk.record(log.Act.UNDO, doc_id, wording.subject(fact))
    return Done(None, desk.rebuild())


def _right(hides: bool) -> Right:
    return Right.HIDE if hides else Right.CORRECT
