"""Aligned pages cut into short documents, so that there are enough of them to search among."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.lab.evaluate.pages import Aligned, word_spans

WORDS = 80
"""Words from which a passage ends with its sentence; a page's last one may have half of them."""

_SENTENCE_ENDS = ".!?:;"


@dataclass(frozen=True, slots=True)
class AlignedPassage:
    """The same stretch of a page as it was printed and as it was read.

    Attributes:
        id: Name of the page and number of the passage.
        clean: As it was printed.
        read: As it was read.
    """

    id: str
    clean: str
    read: str


def cut(
    name: str, clean: str, read: str, aligned: Aligned, words: int = WORDS
) -> list[AlignedPassage]:
    """Cut a page and its reading at the same words.

    Where is decided by the clean text alone, so that every reading of a page is cut alike.

    Args:
        name: Name of the page.
        clean: The page as it was printed.
        read: The page as it was read.
        aligned: All words of both, in order.
        words: Words of the clean text from which a passage ends with its sentence or line.
    """
    ends = list(_ends(clean, words))
    if ends and len(clean[ends[-1] :].split()) < words / 2:
        ends.pop()  # too little is left for a passage
    read_ends = _read_ends(clean, read, aligned, ends)
    pairs = zip(_slices(clean, ends), _slices(read, read_ends), strict=True)
    return [AlignedPassage(f"{name}/{number}", *texts) for number, texts in enumerate(pairs)]


def _ends(clean: str, words: int) -> Iterator[int]:
    """Yield where passages of the clean text end."""
    count = 0
    for span in word_spans(clean):
        count += 1
        last = clean[span.end - 1] in _SENTENCE_ENDS or clean[span.end :].startswith("\n")
        if count >= words and last:
            yield span.end
            count = 0


def _read_ends(clean: str, read: str, aligned: Aligned, ends: Sequence[int]) -> list[int]:
    """Return where the reading has come to when the clean text has come to each of `ends`."""
    clean_spans, read_spans = word_spans(clean), word_spans(read)
    found: list[int] = []
    clean_end = read_end = 0
    for printed, seen in aligned:
        for _ in printed:
            clean_end = next(clean_spans).end
        for _ in seen:
            read_end = next(read_spans).end
        while len(found) < len(ends) and clean_end >= ends[len(found)]:
            found.append(read_end)
    return found


def _slices(text: str, ends: Sequence[int]) -> list[str]:
    return [text[a:b].strip() for a, b in pairwise((0, *ends, len(text)))]
