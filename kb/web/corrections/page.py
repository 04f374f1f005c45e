"""Repaired and corrected words of a document, and the list of all corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kb.corrections import Register, SidecarProblem, wording
from kb.model import Correction, Fact, FactCorrection, SourceText, occurrences
from kb.search.engine import Engine
from kb.web import phrases
from kb.web.corrections.fact_rows import FactRow, row_of
from kb.web.document.reading import Repair
from kb.web.formats import long_date, percent
from kb.web.urls import document_url

PAGE = 100
"""Corrections on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRow:
    """A word of the table of repaired words.

    Attributes:
        repair: What was done.
        anchor: The row's name in the address.
        certainty: How sure the reading is, or who decided it.
        correction: The correction that holds for the word now, or None.
        decided: Who corrected it to what and when, or None.
        count: How often the word occurs in the document.
        alike: All occurrences have the same reading.
    """

    repair: Repair
    anchor: str
    certainty: str
    correction: Correction | None
    decided: str | None
    count: int
    alike: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A line of the list of all corrections.

    Attributes:
        correction: The correction, of a word or of a fact.
        stated: The word as read, or the fact and its value as read.
        corrected: The right reading or value.
        scope: Where it applies, if not everywhere.
        document: The library path of the original, which is the document's id.
        url: The document's page, or None if it is not in the index.
        misfit: Why it does not fit the document, or "".
        fact: The row of a fact, for undoing it; None for a word.
        lost: It is to hide a section that is not there; another one may be chosen.
    """

    correction: Correction | FactCorrection
    stated: str
    corrected: str
    scope: str
    document: str
    url: str | None
    when: str
    misfit: str
    fact: FactRow | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """A page of the list of all corrections."""

    total: int
    rows: tuple[CorrectionRow, ...]
    problems: tuple[SidecarProblem, ...]
    previous: int | None
    next: int | None


def repair_rows(
    repairs: Sequence[Repair], corrections: Iterable[Correction], source: SourceText
) -> tuple[RepairRow, ...]:
    """Return the table of repaired words.

    Args:
        repairs: The repairs in the index.
        corrections: The corrections in the sidecar now.
        source: The text as it was read.
    """
    held = _by_place(corrections, source.text)
    read_as: dict[str, set[str]] = {}
    for repair in repairs:
        read_as.setdefault(repair.original, set()).add(repair.text)
    counts = {word: len(occurrences(word, source.text)) for word in read_as}
    return tuple(
        _row(
            repair,
            held.get((repair.start, repair.original)),
            counts[repair.original],
            len(read_as[repair.original]) == 1,
        )
        for repair in repairs
    )


def row_anchor(start: int) -> str:
    """Return the name of the row of the word at `start`."""
    return f"ord-{start}"


def _row(repair: Repair, correction: Correction | None, count: int, alike: bool) -> RepairRow:
    certainty = percent(repair.probability)
    if repair.corrected:
        certainty = phrases.DECIDED if repair.probability == 1 else phrases.DECIDED_ELSEWHERE
    anchor = row_anchor(repair.start)
    decided = None
    if correction:
        done = repair.corrected and repair.text.strip() == correction.corrected
        decided = phrases.decided(correction.corrected, correction.by, _when(correction))
        decided = decided if done else f"{decided} {phrases.NOT_BUILT}"
    return RepairRow(
        repair=repair,
        anchor=anchor,
        certainty=certainty,
        correction=correction,
        decided=decided,
        count=count,
        alike=alike,
    )


def _by_place(corrections: Iterable[Correction], text: str) -> dict[tuple[int, str], Correction]:
    """Return which correction applies where, as the next build will decide."""
    ordered = sorted(corrections, key=lambda correction: correction.start is not None)
    return {
        (span.start, correction.original): correction
        for correction in ordered
        for span in correction.places(text)
    }


def _when(correction: Correction | FactCorrection) -> str:
    return long_date(correction.at.astimezone().date()) if correction.at else ""


def corrections_page(
    register: Register,
    engine: Engine,
    number: int,
    withheld: Collection[str] = (),
    *,
    editor: bool,
) -> CorrectionsPage:
    """Arrange page `number` of all corrections, newest first.

    Args:
        register: The corrections.
        engine: The current index.
        number: The page, from 1.
        withheld: Documents that readers may not see.
        editor: Whether the reader may see what is hidden.
    """
    held: list[tuple[str, Correction | FactCorrection]] = [
        (path, correction)
        for by_path in (register.by_path, register.facts)
        for path, of_document in by_path.items()
        for correction in of_document
        if editor or path not in withheld
    ]
    held.sort(key=lambda pair: pair[1].at.timestamp() if pair[1].at else 0.0, reverse=True)
    pages = max(1, -(-len(held) // PAGE))
    here = min(max(number, 1), pages)
    return CorrectionsPage(
        total=len(held),
        rows=tuple(
            _fact(path, correction, engine, editor=editor, withheld=path in withheld)
            if isinstance(correction, FactCorrection)
            else _word(path, correction, engine, editor=editor)
            for path, correction in held[(here - 1) * PAGE : here * PAGE]
        ),
        problems=register.problems,
        previous=here - 1 if here > 1 else None,
        next=here + 1 if here < pages else None,
    )


def _word(path: str, correction: Correction, engine: Engine, *, editor: bool) -> CorrectionRow:
    document = engine.document(path)
    fits = document is None or bool(correction.places(document.source.text))
    # A word that is not found may be in a hidden section.
    hidden = not fits and document and any(one.spans for one in document.corrected)
    said = (correction.original, correction.corrected)
    stated, corrected = (phrases.HIDDEN_WORD, "") if hidden and not editor else said
    return CorrectionRow(
        correction,
        stated=stated,
        corrected=corrected,
        scope=phrases.ONE_PLACE if correction.start is not None else "",
        document=path,
        url=document_url(path) if document else None,
        when=_when(correction),
        misfit="" if fits or hidden else phrases.NOT_THERE,
    )


def _fact(
    path: str, fact: FactCorrection, engine: Engine, *, editor: bool, withheld: bool
) -> CorrectionRow:
    document = engine.document(path)
    row = row_of(document, fact, editor=editor)
    lost = fact.fact is Fact.HIDDEN and (withheld or row.misfit)
    return CorrectionRow(
        fact,
        stated=f"{row.subject}: {row.read}" if row.read else row.subject,
        corrected=wording.outcome(fact),
        scope="",
        document=path,
        url=document_url(path) if document else None,
        when=_when(fact),
        misfit=phrases.HIDDEN_ENTIRELY if lost else row.remark if row.misfit else "",
        fact=row,
        lost=lost,
    )
