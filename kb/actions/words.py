"""Corrections of words: the right reading of a word of a document."""

from __future__ import annotations

from kb import corrections
from kb.actions.desk import Desk, Done
from kb.actions.permissions import Right
from kb.library import log
from kb.library.notes import now
from kb.model import Correction


def correct_word(
    desk: Desk, doc_id: str, text: str, original: str, corrected: str, *, start: int | None = None
) -> Done[Correction]:
    """Save the right reading of a word, replacing an earlier correction of it.

    Args:
        desk: Who does it, and where.
        doc_id: The document.
        text: Its source text.
        original: The word as read.
        corrected: The right reading.
        start: Its place, or None for every occurrence.

    Raises:
        NotFoundError: There is no such document.
        UserError: The person may not, the word does not fit, or it cannot be saved.
    """
    desk.require(Right.CORRECT)
    file = desk.original(doc_id)
    wanted = Correction(original, corrected, start, desk.person.name, now())
    correction = corrections.checked(wanted, text)
    corrections.add(file, correction)
    said = f"{correction.original} → {correction.corrected}"
    desk.record(log.Act.CORRECT, doc_id, said)
    return Done(correction, desk.rebuild())


def undo_word(
    desk: Desk, doc_id: str, original: str, *, start: int | None = None, everywhere: bool = False
) -> Done[None]:
    """Delete the correction of a word.

    Args:
        desk: Who does it, and where.
        doc_id: The document.
        original: The word as read.
        start: The place that the correction is for, or None if it is for all places.
        everywhere: Whether to delete every correction of the word, whatever its place.

    Raises:
        NotFoundError: There is no such document.
        UserError: The person may not, there is no such correction, or it cannot be taken out.
    """
    desk.require(Right.CORRECT)
    file = desk.original(doc_id)
    said = [Correction(original, "", start)]
    if everywhere:
        held = corrections.load(file).corrections
        said = [one for one in held if one.original == original] or said
    for one in said:
        corrections.undo(file, one)
    desk.record(log.Act.UNDO, doc_id, original)
    return Done(None, desk.rebuild())
