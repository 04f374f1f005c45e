"""An article as a document: found by its words, with a title and sections, but no meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kb.library.folder import ARTICLES
from kb.model import DateFinding, Minutes, RepairedText, Section, SourceText, Span

VERSION = "article 1"
"""Changes whenever an article would be understood differently."""

KIND = "Kunskapssida"
"""What kind of document an article is."""

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)


def is_article(path: str) -> bool:
    """Tell whether a library path is that of an article."""
    pure = PurePosixPath(path)
    return pure.parts[:-1] == (ARTICLES,) and pure.suffix.lower() == ".md"


def title(text: str, path: str) -> str:
    """Return the first heading of the highest rank, or the file's name."""
    found = next((words for _, rank, words in _headings(text) if rank == 1), "")
    return found or PurePosixPath(path).stem


def understand(source: SourceText) -> tuple[RepairedText, Minutes]:
    """Return an article's text, which is whole, and what is known of it."""
    own = title(source.text, source.path)
    nothing = DateFinding(None, 0.0)
    minutes = Minutes(own, KIND, nothing, sections=tuple(_sections(source.text)))
    return RepairedText.untouched(source), minutes


def _headings(text: str) -> Iterator[tuple[re.Match[str], int, str]]:
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    for match in _HEADING.finditer(text):
        if not any(start <= match.start() < end for start, end in fences):
            yield match, len(match[1]), match[2]


def _sections(text: str) -> Iterator[Section]:
    """Yield the stretches under each heading, up to the next one of the same rank or higher."""
    found = list(_headings(text))
    for at, (match, rank, words) in enumerate(found):
        behind = (later.start() for later, other, _ in found[at + 1 :] if other <= rank)
        end = next(behind, len(text))
        span, heading = Span(match.start(), end), Span(*match.span(2))
        yield Section(words, rank, span, heading)
