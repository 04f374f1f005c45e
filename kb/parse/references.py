"""What minutes point to: links, attachments, slides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Reference
from kb.parse.cues import cues
from kb.parse.reading import Reading

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>”\"’)\]]+")
_LABELLED = re.compile(r"\s+([A-ZÅÄÖ]|\d{1,2})\b")
_POINTING = ("se", "enligt")


def find_references(reading: Reading) -> tuple[Reference, ...]:
    """Return the references in the order of the text."""
    places = sorted({*_links(reading), *_cued(reading)})
    return tuple(
        Reference(reading.words(start, end), reading.source(start, end)) for start, end in places
    )


def _links(reading: Reading) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(reading.text):
        yield match.start(), match.start() + len(match.group().rstrip(".,;:"))


def _cued(reading: Reading) -> Iterator[tuple[int, int]]:
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
            yield start, label.end() if label and pattern[-1] == "bilaga" else end
