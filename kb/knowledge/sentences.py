"""A document's sentences with their places and the conflation classes of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from kb.knowledge.topics import Topics, keys_of
from kb.model import Document, OffsetMap, Span
from kb.swedish.sentences import split

# No sentence continues across a colon before a capital, an empty line that no small letter follows
# (a text may be double-spaced), the start of a list item, or its number.
_BREAK = re.compile(
    r"(?<=:)\s+(?=[A-ZÅÄÖ”\"(])"
    r"|\n\s*\n(?!\s*[a-zåäö])|\f|\n(?=\s*(?:[-–—•·*]|(?:\d{1,2}|[a-zåäö])[.)])\s)"
    r"|^[ \t]*(?:\d{1,2}|[a-zåäö])\.\s+(?=[A-ZÅÄÖ”\"(\d])",
    re.MULTILINE,
)
# Markup that is left among the words: list bullets, and commands of LaTeX and Typst.
_BULLET = re.compile(r"^(?:[-–—•·*}\])]\s*)+")
_COMMAND = re.compile(
    r"\\(?:begin|end)\{\w+\*?\}|\\(?:sub)*section\*?\{|\\(?:item|newpage)\b|#\w+\(?"
)

LONGEST = 600
"""Characters of a sentence that are kept."""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a document.

    Attributes:
        text: Its words, repaired, on one line.
        start: First character in the original.
        end: The character after its last.
        keys: The conflation classes of its content words, and of the parts of compounds.
        topic: The same of the heading that it stands under.
        points: The same of the points of a list that it stands under.
        municipality: The municipality it speaks for, or its section is about.
    """

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    topic: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    municipality: str | None = None


def sentences(document: Document, offsets: OffsetMap) -> Iterator[Sentence]:
    """Yield the sentences of a document that have letters."""
    text = document.repaired.text
    edges = {0, len(text)}
    about: list[tuple[int, int, str]] = []
    headings: set[int] = set()
    for section in document.minutes.sections:
        head = offsets.to_repaired(section.heading_span.start, section.heading_span.end)
        edges |= {head.start, head.end}
        headings.add(head.start)
        if section.municipality:
            whole = offsets.to_repaired(section.span.start, section.span.end)
            about.append((head.end, whole.end, section.municipality))
    edges |= {match.end() for match in _BREAK.finditer(text)}
    begins = [begin for piece in pairwise(sorted(edges)) for begin, _ in split(text, *piece)]
    topics = Topics(document, offsets)
    told = [
        (offsets.to_repaired(voice.span.start, voice.span.end), voice.municipality)
        for voice in document.minutes.voices
        if not voice.is_doubtful
    ]
    for start, end in pairwise([*begins, len(text)]):
        words = " ".join(_COMMAND.sub(" ", text[start:end]).split())
        words = _BULLET.sub("", words)
        if not any(c.isalpha() for c in words):
            continue
        span = offsets.to_source(start, end)
        middle = start + len(text[start:end].rstrip()) // 2
        spoken = () if start in headings else told
        owner = next((name for place, name in spoken if place.start <= middle < place.end), None)
        owner = owner or next((name for a, b, name in about if a <= start < b), None)
        place = start + _first_letter(text[start:end])
        yield Sentence(
            text=words[:LONGEST],
            start=span.start,
            end=span.end,
            keys=tuple(keys_of(words)),
            topic=topics.heading_at(place),
            points=topics.points_at(place),
            municipality=owner,
        )


def _first_letter(text: str) -> int:
    return next(at for at, letter in enumerate(text) if letter.isalpha())


def holding(said: Sequence[Sentence], span: Span) -> str:
    """Return the text of the sentences that a span overlaps."""
    return " ".join(
        sentence.text
        for sentence in said
        if sentence.start < span.end and span.start < sentence.end
    )
