"""The page of a document: its facts, its text, and the meetings around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from kb.corrections import Sidecar
from kb.model import Document, Fact, Minutes, Span
from kb.search.engine import Engine
from kb.search.query import Query
from kb.search.results import Card, RelatedDocument
from kb.web import phrases
from kb.web.corrections.fact_forms import FactForms, fact_forms
from kb.web.corrections.fact_rows import FactRow, fact_rows
from kb.web.corrections.page import RepairRow, repair_rows
from kb.web.document.facts import DocumentFactsView, bare, facts, section_spots, spots
from kb.web.document.findings import FindingList, findings
from kb.web.document.reading import LinkedPlace, html, raw_html
from kb.web.document.text import (
    Citation,
    Contents,
    citation,
    contents,
    readable,
    untouched,
)
from kb.web.formats import enumeration, file_size, long_date
from kb.web.search.results import Choice
from kb.web.search.start import CardView, card_view
from kb.web.urls import (
    PLACE,
    correct_fact_url,
    correct_url,
    document_url,
    search_url,
    undo_fact_url,
    undo_url,
)


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A document and why it is shown."""

    card: CardView
    reason: str


@dataclass(frozen=True, slots=True)
class OriginalView:
    """The file a document was read from.

    Attributes:
        open: The reader may open it, though it contains what is hidden.
    """

    path: str
    size: str | None
    encoding: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """The content of a document's page.

    Attributes:
        heading: Group and date.
        title: The title of the minutes, if it differs from the heading.
        reading: "", "rattningar" or "original".
        readings: The ways to read the text.
        damage: A description of the damage of the text as read, or None.
        marked: The number of marked places of searched words.
        sought: The search whose words are marked.
        back_url: The search the reader came from, or None.
        corrected: People's corrections of the facts.
        forms: The forms that correct them, for editors.
        problems: What of the sidecar cannot be used, for editors.
        findings: Decisions, undertakings and so on, each list with its places.
        citation: The citation of the requested paragraph, ready to be copied.
        correct_url: The address corrections of words are sent to; they are undone at `undo_url`.
        correct_fact_url: The same for facts, with `undo_fact_url`.
        text: The text in the requested reading.
    """

    id: str
    heading: str
    title: str | None
    facts: DocumentFactsView
    corrected: tuple[FactRow, ...]
    forms: FactForms | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    damage: str | None
    reading: str
    readings: tuple[Choice, ...]
    marked: int
    sought: str
    back_url: str | None
    unmarked_url: str
    original: OriginalView
    contents: tuple[Contents, ...]
    findings: tuple[FindingList, ...]
    citation: Citation | None
    text: Markup
    repairs: tuple[RepairRow, ...]
    correct_url: str
    undo_url: str
    correct_fact_url: str
    undo_fact_url: str
    repairs_heading: str
    previous: CardView | None
    next: CardView | None
    related: tuple[RelatedView, ...]


def document_page(
    engine: Engine,
    document: Document,
    query: Query,
    *,
    reading: str,
    original: Path | None,
    sidecar: Sidecar,
    editor: bool,
    people: Mapping[str, str],
    cited: str = "",
    asked: Span | None = None,
) -> DocumentPage:
    """Arrange a document for the page.

    Args:
        engine: The current index.
        document: The document in it.
        query: The search whose words are marked.
        reading: "", "rattningar" or "original".
        original: The file the document was read from, if it is there.
        sidecar: People's corrections of it up to now.
        editor: Whether the reader may correct it.
        people: The keys of its people by the names they have here.
        cited: The anchor of a paragraph to be cited.
        asked: Characters of the original that the address points to.
    """
    document, corrected = fact_rows(document, sidecar.facts, editor=editor)
    hidden = sorted(span for one in document.corrected for span in one.spans)
    marks = [
        mark
        for mark in (engine.marks(document.id, query) if query.text else [])
        if not any(span.start <= mark[0] < span.end for span in hidden)
    ]
    found = findings(document)
    places = tuple((item.span, item.place) for group in found for item in group.items)
    places += spots(document.minutes)
    notes = _hidden_places(hidden)
    if asked and asked.start < len(document.source.text):
        notes += ((asked, LinkedPlace(PLACE, phrases.PLACE)),)
    blocks, repairs = readable(document, marks, places + notes, query)
    previous, following = engine.neighbours(document.id)
    source = document.source
    damage = phrases.damage(document.repaired.quality)
    heading = _heading(document)
    return DocumentPage(
        id=document.id,
        heading=heading,
        title=_other_title(document.minutes, heading),
        facts=facts(document.minutes, people),
        corrected=corrected,
        forms=fact_forms(document) if editor else None,
        problems=sidecar.problems if editor else (),
        notes=source.notes,
        damage=damage,
        reading=reading,
        readings=_readings(document.id, query, reading),
        marked=len(marks),
        sought=query.text,
        back_url=search_url(query) if query.to_params() else None,
        unmarked_url=document_url(document.id),
        original=_original(document, original, sidecar, editor=editor),
        contents=contents(document.minutes),
        findings=found,
        citation=citation(document.id, heading, cited, blocks),
        text=raw_html(
            untouched(source, marks, bare(places) + section_spots(document.minutes) + notes)
        )
        if reading == "original"
        else html(blocks, spell_out=reading == "rattningar"),
        repairs=repair_rows(repairs, sidecar.corrections, source),
        correct_url=correct_url(query, reading),
        undo_url=undo_url(query, reading),
        correct_fact_url=correct_fact_url(query, reading),
        undo_fact_url=undo_fact_url(query, reading),
        repairs_heading=phrases.repairs(sum(repair.changed for repair in repairs)),
        previous=card_view(previous) if previous else None,
        next=card_view(following) if following else None,
        related=related_views(engine.related(document.id), (previous, following)),
    )


def _original(
    document: Document, file: Path | None, sidecar: Sidecar, *, editor: bool
) -> OriginalView:
    hidden = any(fact.fact is Fact.HIDDEN for fact in sidecar.facts)
    size = file_size(file.stat().st_size) if file else None
    return OriginalView(document.source.path, size, document.source.encoding, editor or not hidden)


def _hidden_places(hidden: list[Span]) -> tuple[tuple[Span, LinkedPlace], ...]:
    outer = [
        span
        for n, span in enumerate(hidden)
        if not any(span.end <= earlier.end for earlier in hidden[:n])
    ]
    return tuple((s, LinkedPlace(f"dolt-{n}", phrases.HIDDEN)) for n, s in enumerate(outer, 1))


def _heading(document: Document) -> str:
    minutes = document.minutes
    date = minutes.date.stated or minutes.date.proposed
    if minutes.group and date:
        return f"{minutes.group}, {long_date(date)}"
    return minutes.title or Path(document.id).name


def _other_title(minutes: Minutes, heading: str) -> str | None:
    """Return the title of the minutes, unless the heading says the same."""
    said = {heading.replace(",", "")}
    if minutes.group and minutes.date.stated:
        said.add(f"{minutes.group} {minutes.date.stated.isoformat()}")
    return None if minutes.title.replace(",", "") in said else minutes.title or None


def _readings(doc_id: str, query: Query, current: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(label, document_url(doc_id, query, reading=name, anchor="text"), name == current)
        for name, label in phrases.READINGS.items()
    )


def related_views(
    found: Iterable[RelatedDocument], neighbours: Iterable[Card | None]
) -> tuple[RelatedView, ...]:
    """Return related documents; those shown as the group's next meetings are left out."""
    shown = {card.id for card in neighbours if card}
    return tuple(
        RelatedView(card_view(document.card), _reason(document))
        for document in found
        if document.card.id not in shown
    )


def _reason(document: RelatedDocument) -> str:
    reasons = [phrases.SAME_GROUP] if document.group else []
    if document.people:
        reasons.append(phrases.same_people(enumeration(list(document.people))))
    if document.words:
        reasons.append(phrases.same_words(enumeration(list(document.words))))
    return "; ".join(reasons)
