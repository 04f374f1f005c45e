"""The text of a document, its table of contents, and a citation of one of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from kb.model import Document, Minutes, OffsetMap, Section, SourceText, Span
from kb.search.query import Query
from kb.web.document.reading import (
    Layers,
    LinkedPlace,
    PageHeading,
    RenderedBlock,
    Repair,
    Run,
    arrange,
    build_layers,
)
from kb.web.urls import cite_url, document_url, paragraph_anchor, section_anchor

Mark = tuple[int, int, str]

LONGEST = 600
"""Most characters of a citation; longer paragraphs are cut."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A line of the table of contents."""

    anchor: str
    text: str
    level: int


def contents(minutes: Minutes) -> tuple[Contents, ...]:
    """Return the table of contents."""
    return tuple(
        Contents(
            section_anchor(index),
            f"{section.number} {section.heading}" if section.number else section.heading,
            section.level,
        )
        for index, section in enumerate(minutes.sections, 1)
        if section.heading
    )


def readable(
    document: Document,
    marks: Iterable[Mark],
    places: Sequence[tuple[Span, LinkedPlace]],
    query: Query,
) -> tuple[tuple[RenderedBlock, ...], tuple[Repair, ...]]:
    """Return the repaired text as blocks, and its repairs."""
    layers = build_layers(document.repaired, marks, places)
    offsets = OffsetMap(document.repaired.changes)
    headings = [
        _heading(section, index, offsets)
        for index, section in enumerate(document.minutes.sections, 1)
        if section.heading
    ]
    headings.sort(key=lambda heading: heading.span)
    blocks: dict[str, RenderedBlock] = {}
    for block in arrange(layers, headings):
        anchor = paragraph_anchor(offsets.to_source(block.start, block.start).start)
        while anchor in blocks:  # after repair, two may come from one place
            anchor += "a"
        blocks[anchor] = RenderedBlock(block, anchor, cite_url(document.id, query, anchor))
    return tuple(blocks.values()), layers.repairs


def untouched(
    source: SourceText, marks: Iterable[Mark], places: Iterable[tuple[Span, LinkedPlace]] = ()
) -> tuple[Run, ...]:
    """Return the text exactly as it was read, with marks, places and pages."""
    layers = Layers(
        source.text,
        marks=[(Span(start, end), kind) for start, end, kind in marks],
        places=((span.start, place) for span, place in places),
        pages=(page.start for page in source.pages),
    )
    return tuple(layers.runs(0, len(source.text)))


def _heading(section: Section, index: int, offsets: OffsetMap) -> PageHeading:
    span = offsets.to_repaired(section.heading_span.start, section.heading_span.end)
    return PageHeading(span, section.level, section_anchor(index), section.number)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation to copy.

    Attributes:
        text: The words in quotes, the document, its date and the address.
        url: The paragraph in the document.
        address: The same, with the name of the site.
    """

    text: str
    url: str
    address: str


def citation(
    doc_id: str, heading: str, anchor: str, blocks: Iterable[RenderedBlock]
) -> Citation | None:
    """Return the citation of the paragraph at `anchor`, or None if there is none."""
    said = next(
        (rendered.block.text for rendered in blocks if anchor and rendered.anchor == anchor), None
    )
    if said is None:
        return None
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(" ", 1)[0] + " …"
    url = document_url(doc_id, anchor=anchor)
    address = url_for("search.start", _external=True).rstrip("/") + url
    return Citation(f"”{said}” ({heading}) {address}", url, address)
