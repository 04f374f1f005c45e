"""What minutes point to: links, attachments, slides, case numbers, other minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Reference
from kb.parse.text.cues import cues
from kb.parse.text.phrases import kinds
from kb.parse.text.reading import ParsedText

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>”\"’)\]]+")
_LABELLED = re.compile(r"\s+([A-ZÅÄÖ]|\d{1,2})\b")
_CASE = re.compile(
    r"(?:\b(?:dnr|diarienr|diarienummer|ärendenummer|ärendenr)\b\.?:?\s*)"
    r"((?:[A-ZÅÄÖ]{1,6}[- /])?[A-ZÅÄÖ]{0,6}-?\d{2,4}[-/.:]\d[\w:/.-]*\w)",
    re.IGNORECASE,
)
_CASES = ("dnr", "diarien", "ärenden")
"""What the words for them begin with."""

_PARAGRAPH = re.compile(r",?[^\S\n]*(?:\n[^\S\n]*)?§{1,2}\s*\d+")
_MINUTES = re.compile(
    r"\b([^\W\d_]{8,25})\s+(?:från|av|för)\s+(?:mötet\s+|sammanträdet\s+)?(?:den\s+)?"
    r"(?:[^\W\d_]{3,8}dag(?:en)?\s+(?:den\s+)?)?$"
)
"""Before the date of other minutes: "protokollet från mötet den"."""

_NEAR = 60
_POINTING = ("se", "enligt")
_LINKED, _NUMBERED, _CUED = 0.95, 0.9, 0.8


def find_references(reading: ParsedText) -> tuple[Reference, ...]:
    """Return the references in the order of the text."""
    found: dict[tuple[int, int], float] = {}
    for start, end, sure in (*_links(reading), *_cases(reading), *_cued(reading)):
        found.setdefault((start, end), sure)
    return tuple(
        Reference(reading.words(*place), reading.source(*place), found[place])
        for place in sorted(found)
    )


def _links(reading: ParsedText) -> Iterator[tuple[int, int, float]]:
    for match in _LINK.finditer(reading.text):
        yield match.start(), match.start() + len(match.group().rstrip(".,;:")), _LINKED


def _cases(reading: ParsedText) -> Iterator[tuple[int, int, float]]:
    """Case numbers after a word for them, and paragraphs of dated minutes."""
    if any(word in reading.folded for word in _CASES):
        for match in _CASE.finditer(reading.text):
            yield match.start(1), match.end(1), _NUMBERED
    for date in reading.dates:
        paragraph = _PARAGRAPH.match(reading.text, date.end)
        if paragraph and date.year is not None:
            yield date.start, paragraph.end(), _NUMBERED
            continue
        minutes = _MINUTES.search(reading.text, max(0, date.start - _NEAR), date.start)
        if minutes and _is_other(minutes.group(1)):
            yield minutes.start(1), date.end, _CUED


def _is_other(word: str) -> bool:
    """Tell whether a word for minutes means others: a title has capitals and no article."""
    plain = word.removesuffix("na") if word.endswith("arna") else word.removesuffix("et")
    return (plain != word or word.islower()) and kinds().exact(plain) is not None


def _cued(reading: ParsedText) -> Iterator[tuple[int, int, float]]:
    text = reading.text
    for sentence, _, said in reading.said:
        for cue in cues("reference_cues.tsv").find(said):
            start, end = sentence.start + cue.start, sentence.start + cue.end
            pattern = cue.row[0].split()
            if pattern[0] in _POINTING:  # "Se bildspel" points to the slides
                start += len(pattern[0])
                start += len(text[start:end]) - len(text[start:end].lstrip())
            label = _LABELLED.match(text, end)
            if pattern[-1] == "bilaga" and label is None:
                continue
            yield start, label.end() if label and pattern[-1] == "bilaga" else end, _CUED
