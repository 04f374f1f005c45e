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
from kb.search.fields import REPAIRED_TERM, Field
from kb.search.repaired import is_guess, readings


def postings(document, analyzer):
    """Return {(field, term): positions}."""
    found = {}

    def post(placed, base):
        placed = list(placed)
        for token, own in placed:
            for field, terms in own.items():
                for term in terms:
                    found.setdefault((field, term), []).append(base + token.position)
        return base + len(placed) + POSITION_GAP - 1

    base = post(_words(document.repaired, analyzer), 0)
    for fact in facts(document):
        base = post(((token, _terms(token)) for token in analyzer.tokens(fact)), base)
    for field, text in ((Field.TITLE, title(document)), (Field.HEADING, headings(document))):
        for token in analyzer.tokens(text):
            found.setdefault((field, token.word.key), []).append(token.position)
    return found


def _words(repaired, analyzer):
    """Yield each word of a repaired text with its terms by field."""
    damaged = repaired.quality.damage is not Damage.NONE
    for token in analyzer.tokens(repaired.text):
        terms = _terms(token)
        change = _change_at(repaired, token)
        if change or damaged:
            terms[Field.READING] = readings(token.text, token.word.form, change, analyzer)
        if change and is_guess(change):
            terms[Field.REPAIRED] = (REPAIRED_TERM,)
        yield token, terms


def _terms(token):
    word = token.word
    named = token.name or sum(letter.isupper() for letter in token.text) > 1
    return {
        Field.FORM: (word.form,),
        Field.LEMMA: (word.lemma,),
        Field.KEY: (word.key,),
        Field.PART: tuple(dict.fromkeys((word.key, *word.part_keys))),
        Field.NAME: (token.text,) if named else (),
    }


def _change_at(repaired, token):
    """Return the repair that gave the beginning of a word, else the first one inside it."""
    drift, touching = 0, []
    for change in repaired.changes:
        start = change.span.start + drift
        end = start + len(change.repaired)
        drift += len(change.repaired) - (change.span.end - change.span.start)
        if change.repaired.strip() and start < token.end and token.start < end:
            touching.append((start, change))
    if not touching:
        return None
    before = [change for start, change in touching if start <= token.start]
    return before[-1] if before else touching[0][1]


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
