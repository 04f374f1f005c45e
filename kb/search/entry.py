"""A document as it goes into an index: its word stream and what it is filtered by."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from kb.model import COUNTED_PARTS, Document
from kb.search.fields import STREAM, Field
from kb.search.results import Card
from kb.swedish.analysis import Analyzer, Token, Word

POSITION_GAP = 100
"""Positions between the text and the facts added after it, so that no phrase spans both."""

FACET_CONFIDENCE = 0.5
"""A fact less sure than this is shown but not filtered by."""

Posting = tuple[str, int]
"""A term and its position."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine stores of a document.

    Attributes:
        card: What lists show.
        persons: Values of the person facet.
        dates: The dates it is found under: the stated one and a proposed one.
        postings: Terms with their positions by field.
        words: The analyses of its words.
    """

    card: Card
    persons: tuple[str, ...]
    dates: tuple[dt.date, ...]
    postings: dict[Field, list[Posting]]
    words: frozenset[Word]


def entry(document: Document, analyzer: Analyzer) -> Entry:
    """Return what goes into the index for `document`."""
    minutes = document.minutes
    card = Card(
        document.id,
        minutes.title,
        minutes.date.stated,
        minutes.date.proposed,
        minutes.group,
        tuple(m.name for m in minutes.municipalities if m.part in COUNTED_PARTS),
    )
    persons = dict.fromkeys(
        p.name for p in minutes.participants if p.confidence >= FACET_CONFIDENCE
    )
    dates = dict.fromkeys(d for d in (minutes.date.stated, minutes.date.proposed) if d)
    postings = {field: list[Posting]() for field in Field}
    words: set[Word] = set()
    base = 0
    for text in (document.repaired.text, *_facts(document)):
        last = base
        for token in analyzer.tokens(text):
            last = base + token.position
            words.add(token.word)
            _post(postings, token, last)
        base = last + POSITION_GAP
    headings = " ".join(section.heading for section in minutes.sections)
    for field, text in ((Field.TITLE, _title(document)), (Field.HEADING, headings)):
        postings[field] = [(t.word.key, t.position) for t in analyzer.tokens(text)]
    return Entry(card, tuple(persons), tuple(dates), postings, frozenset(words))


def _facts(document: Document) -> list[str]:
    """Return the facts in their true spelling, so that damaged ones are found too."""
    minutes = document.minutes
    return [
        _title(document),
        *(municipality.name for municipality in minutes.municipalities),
        *(participant.name for participant in minutes.participants),
    ]


def _title(document: Document) -> str:
    return f"{document.minutes.title}. {document.minutes.group or ''}"


def _post(postings: dict[Field, list[Posting]], token: Token, position: int) -> None:
    for field, terms in stream_terms(token).items():
        postings[field].extend((term, position) for term in terms)


def stream_terms(token: Token) -> dict[Field, tuple[str, ...]]:
    """Return the terms a word stands under in each field of the stream."""
    word = token.word
    parts = tuple(dict.fromkeys(itertools.chain((word.key,), word.part_keys)))
    as_written = (token.text,) if token.name or _is_abbreviation(token.text) else ()
    terms = (word.form,), (word.lemma,), (word.key,), parts, as_written
    return dict(zip(STREAM, terms, strict=True))


def _is_abbreviation(text: str) -> bool:
    return sum(letter.isupper() for letter in text) > 1
