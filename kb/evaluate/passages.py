"""Aligned pages cut into short documents, so that there are enough of them to search among."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.evaluate.pages import Aligned, word_spans

WORDS = 80
"""Words from which a passage ends with its sentence; a page's last one may have half of them."""

_SENTENCE_ENDS = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class Passage:
    """The same stretch of a page as it was printed and as it was read.

    Attributes:
        id: Name of the page and number of the passage.
        clean: As it was printed.
        read: As it was read.
    """

    id: str
    clean: str
    read: str


def cut(name: str, clean: str, read: str, aligned: Aligned, words: int = WORDS) -> list[Passage]:
    """Cut a page and its reading at the same words.

    Args:
        name: Name of the page.
        clean: The page as it was printed.
        read: The page as it was read.
        aligned: All words of both, in order.
        words: Words of the clean text from which a passage ends with its sentence or line.
    """
    clean_ends, read_ends = [0], [0]
    for clean_end, read_end in _ends(clean, read, aligned, words):
        clean_ends.append(clean_end)
        read_ends.append(read_end)
    if len(clean_ends) > 1 and len(clean[clean_ends[-1] :].split()) < words / 2:
        # Too little is left to stand by itself.
        clean_ends.pop()
        read_ends.pop()
    pairs = zip(_slices(clean, clean_ends), _slices(read, read_ends), strict=True)
    return [Passage(f"{name}/{number}", *texts) for number, texts in enumerate(pairs)]


def _ends(clean: str, read: str, aligned: Aligned, words: int) -> Iterator[tuple[int, int]]:
    """Yield where passages end in both texts."""
    clean_spans, read_spans = word_spans(clean), word_spans(read)
    clean_end = read_end = count = 0
    for printed, seen in aligned:
        for _ in printed:
            clean_end = next(clean_spans).end
        for _ in seen:
            read_end = next(read_spans).end
        count += len(printed)
        whole = clean[:clean_end].endswith(_SENTENCE_ENDS) or clean[clean_end:].startswith("\n")
        if count >= words and whole:
            yield clean_end, read_end
            count = 0


def _slices(text: str, starts: Sequence[int]) -> list[str]:
    return [text[a:b].strip() for a, b in pairwise((*starts, len(text)))]
