"""What an index must hold, worked out word by word."""

from __future__ import annotations

from kb.model import (
    Change,
    Damage,
    DateFinding,
    Document,
    Minutes,
    MunicipalityPart,
    Part,
    Quality,
    Reading,
    RepairedText,
    Section,
    SourceText,
    Span,
)
from kb.search.entry import POSITION_GAP, facts, headings, title
from kb.search.fields import Field
from kb.search.stream import plain_stream, stream


def postings(document, analyzer):
    """Return {(field, term): positions}."""
    found = {}

    def post(placed, base):
        placed = list(placed)
        for one in placed:
            for field, terms in one.terms.items():
                for term in terms:
                    found.setdefault((field, term), []).append(base + one.token.position)
        return base + len(placed) + POSITION_GAP - 1

    base = post(stream(document.repaired, analyzer), 0)
    for fact in facts(document):
        base = post(plain_stream(fact, analyzer), base)
    for field, text in ((Field.TITLE, title(document)), (Field.HEADING, headings(document))):
        for token in analyzer.tokens(text):
            found.setdefault((field, token.word.key), []).append(token.position)
    return found


def document(doc_id, text, *, group=None, day=None, damaged=False, guess=None):
    """Return a document; `guess` is (start, end, reading) of a word read as something else."""
    source = SourceText.of(text, doc_id)
    changes, repaired = (), text
    if guess:
        start, end, reading = guess
        others = (Reading("annat", 0.2),)
        span = Span(start, end)
        changes = (Change(span, text[start:end], reading, 0.6, alternatives=others),)
        repaired = text[:start] + reading + text[end:]
    quality = Quality(0.9, 0.05, Damage.SEVERE if damaged else Damage.NONE)
    minutes = Minutes(
        title=f"Möte {doc_id}",
        kind="protokoll",
        date=DateFinding(day, 1.0),
        group=group,
        municipalities=(MunicipalityPart("Klippan", Part.HOST, ()),) if group else (),
        sections=(Section("Nästa möte", 1, Span(0, 1), Span(0, 1)),) if day else (),
    )
    return Document(RepairedText(source, repaired, changes, quality), minutes)
